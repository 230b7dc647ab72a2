/**
 * ISO 28560-3, the fixed "Danish" model, reading side:
 *   0 version and usage · 1 parts · 2 part · 3–18 item id · 19–20 CRC, low byte first
 *   21–22 country · 23–31 (a 32-byte tag) or 23–33 owner · 34 … extension blocks
 * Makers differ in the order of the bytes in a block and of the nibbles in byte 0; the checksum
 * tells the first, the version (1) the second.
 */
import { hasControlCharacter } from '../words/code-text.ts'
import { latin1Text } from '../marc/latin-1.ts'
import { crc16 } from './crc-16.ts'
import { noElements, setInfoText } from './tag-elements.ts'
import type { TagElements } from './tag-elements.ts'
import type { TagProblem } from './tag-problem.ts'

export type BlockOrder = 'forward' | 'reversed'

export interface DanishTag {
  readonly blockOrder: BlockOrder
  readonly elements: TagElements
  readonly problems: readonly TagProblem[]
}

const MEMORY_MIN = 32
const CRC_AT = 19
const COUNTRY_AT = 21
const EXTENSIONS_AT = 34
const TITLE_BLOCK = 4

const reversedBlocks = (memory: Uint8Array): Uint8Array => {
  const whole = memory.length - (memory.length % 4)
  return Uint8Array.from(memory, (byte, n) =>
    n < whole ? (memory[(n & ~3) + 3 - (n & 3)] ?? 0) : byte,
  )
}

/** Over 32 bytes always: what a short tag has not counts as 00. */
const checksumOf = (memory: Uint8Array): number => {
  const covered = Array.from({ length: EXTENSIONS_AT }, (_, n) => memory[n] ?? 0)
  return crc16([...covered.slice(0, CRC_AT), ...covered.slice(COUNTRY_AT)])
}

const isSound = (memory: Uint8Array): boolean =>
  memory.length >= MEMORY_MIN &&
  ((memory[CRC_AT] ?? 0) | ((memory[CRC_AT + 1] ?? 0) << 8)) === checksumOf(memory) &&
  usageNibble(memory[0] ?? 0) !== null

/** The nibble that is not the version; null: neither is version 1. */
const usageNibble = (byte: number): number | null => {
  if (byte >> 4 === 1) return byte & 0x0f
  return (byte & 0x0f) === 1 ? byte >> 4 : null
}

const textAt = (memory: Uint8Array, from: number, end: number): string => {
  const field = memory.subarray(from, Math.min(end, memory.length))
  const nul = field.indexOf(0)
  return latin1Text(nul === -1 ? field : field.subarray(0, nul)).trim()
}

/** Some writers repeat the country in the owner, as the full ISIL has it. */
const ownerOf = (memory: Uint8Array): string | null => {
  const country = textAt(memory, COUNTRY_AT, COUNTRY_AT + 2)
  const owner = textAt(memory, COUNTRY_AT + 2, memory.length < EXTENSIONS_AT ? 32 : EXTENSIONS_AT)
  if (owner === '') return null
  return country === '' || owner.startsWith(`${country}-`) ? owner : `${country}-${owner}`
}

/** The title's block: `[length][id low][id high][xor][text …]`; xor of all its bytes is 0. */
const titleOf = (memory: Uint8Array): string | null => {
  for (let at = EXTENSIONS_AT; at + 4 <= memory.length;) {
    const length = memory[at] ?? 0
    const block = memory.subarray(at, at + length)
    const isWhole = length > 4 && block.length === length
    if (!isWhole || block.reduce((xor, byte) => xor ^ byte, 0) !== 0) return null
    const id = (block[1] ?? 0) | ((block[2] ?? 0) << 8)
    if (id === TITLE_BLOCK) {
      const title = textAt(block, 4, length)
      return title === '' || hasControlCharacter(title) ? null : title
    }
    at += length
  }
  return null
}

const readTag = (memory: Uint8Array, blockOrder: BlockOrder): DanishTag => {
  const problems: TagProblem[] = []
  const id = textAt(memory, 3, CRC_AT)
  const isReadable = id !== '' && !hasControlCharacter(id)
  if (!isReadable) {
    const code = id === '' ? 'no-primary-item-id' : 'unreadable-text'
    problems.push({ code, offset: 3, oid: 1 })
  }
  const owner = ownerOf(memory)
  const isOwnerReadable = owner !== null && !hasControlCharacter(owner)
  if (owner !== null && !isOwnerReadable) {
    problems.push({ code: 'unreadable-text', offset: COUNTRY_AT, oid: 3 })
  }
  const parts = memory[1] ?? 0
  const part = memory[2] ?? 0
  const isSet = parts > 1 && part >= 1 && part <= parts
  if (!isSet && !(parts <= 1 && part <= 1)) {
    problems.push({ code: 'set-info-form', offset: 1, oid: 4 })
  }
  return {
    blockOrder,
    elements: {
      ...noElements,
      primaryItemId: isReadable ? id : null,
      ownerIsil: isOwnerReadable ? owner : null,
      setInfo: isSet ? setInfoText({ parts, part }) : null,
      typeOfUsage: `${(usageNibble(memory[0] ?? 0) ?? 0).toString(16).toUpperCase()}0`,
      title: titleOf(memory),
    },
    problems,
  }
}

/** null where the checksum fits in neither order, or the version is not 1. */
export const decodeDanishTag = (memory: Uint8Array): DanishTag | null => {
  if (isSound(memory)) return readTag(memory, 'forward')
  const turned = reversedBlocks(memory)
  return isSound(turned) ? readTag(turned, 'reversed') : null
}

const ID_MIN = 4

/**
 * The form without the checksum: a tag of this model that was torn while it was written. Its first
 * bytes would pass for an identifier of ISO 28560-2, the number of its parts.
 */
export const isTornDanishTag = (memory: Uint8Array): boolean =>
  [memory, reversedBlocks(memory)].some((turned) => {
    const [, parts = 0, part = 0] = turned
    if (turned.length < MEMORY_MIN || usageNibble(turned[0] ?? 0) === null) return false
    if (part < 1 || part > parts) return false
    const field = turned.subarray(3, CRC_AT)
    const nul = field.indexOf(0)
    const id = nul === -1 ? field : field.subarray(0, nul)
    const isPadded = nul === -1 || field.subarray(nul).every((byte) => byte === 0)
    return isPadded && id.length >= ID_MIN && id.every((byte) => byte > 0x20 && byte < 0x7f)
  })
