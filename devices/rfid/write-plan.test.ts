import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16 } from '../../domain/rfid/crc-16.ts'
import { decodeTag } from '../../domain/rfid/decode-tag.ts'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { noElements } from '../../domain/rfid/tag-elements.ts'
import { planWrite } from './write-plan.ts'

const BYTES = 112

const libraryTag = (primaryItemId: string, title: string | null): Uint8Array => {
  const elements = { ...noElements, primaryItemId, ownerIsil: 'CN-440300', title }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: BYTES })
  if (!encoded.ok) throw new Error(encoded.reason)
  return encoded.bytes
}

const danishTag = (id: string): Uint8Array => {
  const memory = new Uint8Array(BYTES)
  memory.set([0x11, 1, 1, ...Buffer.from(id)])
  memory.set(Buffer.from('CN440300'), 21)
  const crc = crc16([...memory.slice(0, 19), ...memory.slice(21, 34)])
  memory.set([crc & 0xff, crc >> 8], 19)
  return memory
}

const idOf = (memory: Uint8Array): string | null =>
  decodeTag({ memory, dsfid: null, afi: null }).elements.primaryItemId

/** What the tag says after each of its writes: the power may go behind any of them. */
const idsOnTheWay = (before: Uint8Array, after: Uint8Array): (string | null)[] => {
  const memory = before.slice()
  return planWrite(before, after, 4).map(({ block, bytes }) => {
    memory.set(bytes, block * 4)
    return idOf(memory)
  })
}

const itemId = fc.stringMatching(/^[0-9]{6,14}$/).filter((id) => !id.startsWith('0'))
const title = fc.option(fc.stringMatching(/^[A-Za-z ]{0,30}[A-Za-z]$/))

describe('planWrite (case 42)', () => {
  it('ends in the new content', () => {
    fc.assert(
      fc.property(itemId, itemId, title, title, (a, b, titleA, titleB) => {
        const memory = libraryTag(a, titleA)
        const after = libraryTag(b, titleB)
        for (const { block, bytes } of planWrite(memory, after, 4)) memory.set(bytes, block * 4)
        expect(memory).toEqual(after)
      }),
    )
  })

  it.each([
    ['ISO 28560-2 over ISO 28560-2', libraryTag],
    ['ISO 28560-3 over ISO 28560-3', danishTag],
  ] as const)('%s: torn anywhere, it is the old, the new, or nobody', (_name, tagOf) => {
    fc.assert(
      fc.property(itemId, itemId, title, title, (a, b, titleA, titleB) => {
        const before = tagOf(a, titleA)
        const after = tagOf(b, titleB)
        const ids = idsOnTheWay(before, after)
        for (const id of ids.slice(0, -1)) expect([a, b, null]).toContain(id)
        // Between the two contents there is no item at all.
        expect(ids.slice(0, -1).filter((id) => id === b && a !== b)).toEqual([])
      }),
    )
  })

  it('a blank tag says nothing until its last block', () => {
    const ids = idsOnTheWay(new Uint8Array(BYTES), libraryTag('04400512345678', 'Title'))
    expect(ids.slice(0, -1).every((id) => id === null)).toBe(true)
    expect(ids.at(-1)).toBe('04400512345678')
  })

  it('writes nothing where nothing differs, and refuses images of another size', () => {
    const memory = libraryTag('04400512345678', null)
    expect(planWrite(memory, memory, 4)).toEqual([])
    expect(() => planWrite(memory, memory.slice(4), 4)).toThrow(RangeError)
  })
})
