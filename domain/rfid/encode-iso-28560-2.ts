/**
 * ISO 28560-2, writing side: elements in the order of the standard's example (identifier, content
 * parameter, the rest by OID, lockable ones last), padded so that what may be locked fills whole
 * blocks and shares none.
 */
import { hasControlCharacter } from '../words/code-text.ts'
import { chooseCompaction, compact, COMPACTION } from './compaction.ts'
import type { Compaction, TextCompaction } from './compaction.ts'
import { encodeIsil } from './isil-code.ts'
import { ISIL_OIDS, OID_CONTENT_PARAMETER, OID_PRIMARY } from './iso-28560-2.ts'
import { ELEMENT_OIDS, elementNames, encodeContentParameter } from './tag-elements.ts'
import type { ElementName, TagElements } from './tag-elements.ts'
import { readTypeOfUsage } from './type-of-usage.ts'

/** A longer one would need the two-byte length, which field readers take for something else. */
const CONTENT_LENGTH_MAX = 127

export interface TagLayout {
  /** Elements that shall be lockable: the identifier and the owner in the standard's example. */
  readonly lockable: readonly ElementName[]
  readonly blockBytes: number
  /** null: as long as it gets. */
  readonly memoryBytes: number | null
}

export const usualLayout: TagLayout = {
  lockable: ['primaryItemId', 'ownerIsil'],
  blockBytes: 4,
  memoryBytes: null,
}

export type EncodeRefusal =
  | 'no-primary-item-id'
  | 'empty'
  | 'control-character'
  | 'malformed-text'
  | 'unknown-usage'
  | 'too-long'
  | 'does-not-fit'

export type Encoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: EncodeRefusal; readonly element: ElementName | null }

interface Piece {
  readonly oid: number
  readonly compaction: Compaction
  readonly content: Uint8Array
  readonly isLockable: boolean
}

const refused = (reason: EncodeRefusal, element: ElementName | null): Encoded => ({
  ok: false,
  reason,
  element,
})

/** Content and compaction of one text; a reason where it cannot be written. */
const contentOf = (
  name: ElementName,
  text: string,
): Pick<Piece, 'compaction' | 'content'> | EncodeRefusal => {
  if (text === '') return 'empty'
  if (hasControlCharacter(text)) return 'control-character'
  const oid = ELEMENT_OIDS[name]
  if (name === 'typeOfUsage') {
    // An octet: the form that every known writer's tags have, and every known reader reads.
    return readTypeOfUsage(text) === null
      ? 'unknown-usage'
      : {
          compaction: COMPACTION.octets,
          content: Uint8Array.of(Number.parseInt(text, 16)),
        }
  }
  const isil = ISIL_OIDS.has(oid) ? encodeIsil(text) : null
  if (isil !== null) return { compaction: COMPACTION.applicationDefined, content: isil }
  const compaction: TextCompaction = chooseCompaction(text)
  const content = compact(compaction, text)
  return content === null ? 'malformed-text' : { compaction, content }
}

/** `padBytes` is what the element grows by: the pad count itself is the first of them. */
export const encodeElement = (
  oid: number,
  compaction: Compaction,
  content: Uint8Array,
  padBytes: number,
): Uint8Array => {
  const isExtended = oid >= 15
  const precursor = (padBytes > 0 ? 0x80 : 0) | (compaction << 4) | (isExtended ? 15 : oid)
  return Uint8Array.of(
    precursor,
    ...(isExtended ? [oid - 15] : []),
    ...(padBytes > 0 ? [padBytes - 1] : []),
    content.length,
    ...content,
    ...Array.from({ length: Math.max(0, padBytes - 1) }, () => 0),
  )
}

const lengthOf = ({ oid, content }: Piece): number => content.length + (oid >= 15 ? 3 : 2)

const inOrder = (pieces: readonly Piece[]): Piece[] =>
  pieces.toSorted((a, b) => rank(a) - rank(b) || a.oid - b.oid)

const rank = ({ oid, isLockable }: Piece): number => {
  if (oid === OID_PRIMARY) return 0
  if (oid === OID_CONTENT_PARAMETER) return 1
  return isLockable ? 3 : 2
}

/** Pads the last piece before each change between lockable and not, and a lockable last one. */
const lay = (pieces: readonly Piece[], blockBytes: number): number[] => {
  const bytes: number[] = []
  for (const [n, piece] of pieces.entries()) {
    const next = pieces[n + 1]
    const isEdge = next === undefined ? piece.isLockable : piece.isLockable !== next.isLockable
    const over = (bytes.length + lengthOf(piece)) % blockBytes
    const padBytes = isEdge && over > 0 ? blockBytes - over : 0
    bytes.push(...encodeElement(piece.oid, piece.compaction, piece.content, padBytes))
  }
  while (bytes.length % blockBytes !== 0) bytes.push(0)
  return bytes
}

const piecesOf = (
  elements: TagElements,
  lockable: readonly ElementName[],
): { readonly pieces: Piece[] } | Extract<Encoded, { ok: false }> => {
  const pieces: Piece[] = []
  for (const name of elementNames) {
    const text = elements[name]
    if (text === null) continue
    const found = contentOf(name, text)
    if (typeof found === 'string') return { ok: false, reason: found, element: name }
    if (found.content.length > CONTENT_LENGTH_MAX) {
      return { ok: false, reason: 'too-long', element: name }
    }
    pieces.push({ oid: ELEMENT_OIDS[name], ...found, isLockable: lockable.includes(name) })
  }
  const content = encodeContentParameter(pieces.map(({ oid }) => oid))
  if (content.length > 0) {
    const compaction = COMPACTION.applicationDefined
    pieces.push({ oid: OID_CONTENT_PARAMETER, compaction, content, isLockable: false })
  }
  return { pieces: inOrder(pieces) }
}

/** The memory of an HF tag: whole blocks, the unused rest of `memoryBytes` zero. */
export const encodeLibraryElements = (elements: TagElements, layout: TagLayout): Encoded => {
  if (elements.primaryItemId === null) return refused('no-primary-item-id', 'primaryItemId')
  const found = piecesOf(elements, layout.lockable)
  if (!('pieces' in found)) return found
  const bytes = lay(found.pieces, layout.blockBytes)
  const length = layout.memoryBytes ?? bytes.length
  if (bytes.length > length) return refused('does-not-fit', null)
  const memory = new Uint8Array(length)
  memory.set(bytes)
  return { ok: true, bytes: memory }
}
