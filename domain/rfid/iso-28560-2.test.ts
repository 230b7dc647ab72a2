import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { decodeTag } from './decode-tag.ts'
import type { TagReading } from './decode-tag.ts'
import { encodeLibraryElements, usualLayout } from './encode-iso-28560-2.ts'
import type { TagLayout } from './encode-iso-28560-2.ts'
import { decodeLibraryElements, walkElements } from './iso-28560-2.ts'
import { ELEMENT_OIDS, elementNames, GivenElements, noElements } from './tag-elements.ts'
import type { ElementName, TagElements } from './tag-elements.ts'

const unhex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const read = (text: string): TagReading =>
  decodeTag({ memory: unhex(text), dsfid: null, afi: null })
/** Only what is there. */
const present = (elements: TagElements) =>
  Object.fromEntries(Object.entries(elements).filter(([, text]) => text !== null))
const codes = (reading: TagReading) => reading.problems.map(({ code }) => code)
const given = (elements: Partial<Record<ElementName, string>>): TagElements => ({
  ...noElements,
  ...elements,
})
const encoded = (elements: TagElements, layout: TagLayout = usualLayout): string => {
  const found = encodeLibraryElements(elements, layout)
  return found.ok ? hex(found.bytes) : `refused: ${found.reason}`
}

/** The worked example of ISO 28560-2 / GB/T 35660.2. */
const EXAMPLE = '9100051cbe991a140201d0140204b34607441cb6e2e335d6830207acc09ebaa06f6b0000'
const example = given({
  primaryItemId: '123456789012',
  ownerIsil: 'US-InU-Mu',
  setInfo: '1203',
  shelfLocation: 'QA268.L55',
})

describe('ISO 28560-2', () => {
  it('reads and writes the example of the standard', () => {
    const reading = read(EXAMPLE)
    expect(reading).toMatchObject({
      model: 'iso-28560-2',
      problems: [],
      set: { parts: 12, part: 3 },
    })
    expect(reading.elements).toEqual(example)
    expect(encoded(example)).toBe(EXAMPLE)
    expect(encoded(given({ primaryItemId: '123456789012' }))).toBe(EXAMPLE.slice(0, 16))
  })

  it('reads and writes an element beyond OID 14, and pads so that locks share no block', () => {
    const memory =
      '9100051cbe991a140202d002140204b3c60207441cb6e2e335d600000307acc09ebaa06f6b7f020474657374'
    const layout: TagLayout = {
      ...usualLayout,
      lockable: ['primaryItemId', 'ownerIsil', 'title'],
    }
    expect(encoded({ ...example, title: 'test' }, layout)).toBe(memory)
    expect(present(read(memory).elements)).toEqual({ ...present(example), title: 'test' })
  })

  const file = join(import.meta.dirname, '../../../shared/data/rfid/rfid-28560-2-vectors.json')
  describe.skipIf(!existsSync(file))(
    'the shared vectors (skipped where ../shared is absent)',
    () => {
      const names: Readonly<Record<string, ElementName>> = {
        PII: 'primaryItemId',
        SetInformation: 'setInfo',
        ShelfLocation: 'shelfLocation',
        OwnerInstitution: 'ownerIsil',
      }
      it('both ways', () => {
        const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
          vectors: { elements: Record<string, string>; hex: string }[]
        }
        expect(vectors.length).toBeGreaterThan(0)
        for (const vector of vectors) {
          const elements = given(
            Object.fromEntries(Object.entries(vector.elements).map(([k, v]) => [names[k], v])),
          )
          expect(read(vector.hex).elements).toEqual(elements)
          expect(encoded(elements)).toBe(vector.hex.replaceAll(' ', ''))
        }
      })
    },
  )

  // Tags met in Chinese libraries: dp2 `test_logicChip_*` (Apache-2.0).
  test.each<[string, string, Partial<TagElements>, string[]]>([
    [
      'zhiyan',
      'C102071100B0C30C30CA00000203A80008830203D6593F0000250110370210405F080599A713063F',
      {
        primaryItemId: 'DPB000002',
        ownerIsil: 'ZYLS',
        typeOfUsage: '10',
        onixMediaFormat: 'BA',
        alternativeOwner: 'Lib01',
      },
      ['not-canonical', 'not-canonical'],
    ],
    ['jingyuan', `11030AA8AE${'00'.repeat(35)}`, { primaryItemId: '698542' }, ['owner-missing']],
    [
      'ganchuang',
      `9101040142214B000201B80300650110660100670100${'00'.repeat(90)}`,
      { primaryItemId: '21111115', typeOfUsage: '10' },
      ['empty-element', 'empty-element', 'empty-element', 'owner-missing'],
    ],
    [
      'octets as identifier',
      'E10108303130303136343300 820001A0',
      { primaryItemId: '01001643' },
      ['content-parameter-differs', 'owner-missing'],
    ],
    [
      'numeric identifier',
      '21040000001F020130650110',
      { primaryItemId: '0000001', typeOfUsage: '10' },
      ['content-parameter-differs', 'owner-missing'],
    ],
  ])('reads %s', (_name, memory, elements, problems) => {
    const reading = read(memory)
    expect(reading.model).toBe('iso-28560-2')
    expect(present(reading.elements)).toEqual(elements)
    expect(codes(reading)).toEqual(problems)
  })

  test.each([
    ['garbage from the field', 'E15663223E6C39411062767A', 'truncated-element', 0],
    ['a head cut off', '1f', 'truncated-element', 0],
    ['an OID cut off', '9100051cbe991a147f', 'truncated-element', 8],
    ['a length past the end', '1106123456', 'truncated-element', 0],
    ['pads past the end', '910905123456', 'truncated-element', 0],
    ['the identifier twice', '1102123411021234', 'duplicate-element', 4],
    ['another element first', '140204b3', 'no-primary-item-id', 0],
    ['zeros first, as a torn write leaves', '000000001102123400000000', 'no-primary-item-id', 0],
    ['an identifier of control characters', '610201020000', 'unreadable-text', 0],
    ['an empty identifier', '11000000', 'empty-element', 0],
    ['nothing', '', 'no-primary-item-id', 0],
  ])('refuses %s', (_name, memory, code, offset) => {
    const reading = read(memory)
    expect(reading.model).toBe('garbage')
    expect(reading.elements).toEqual(noElements)
    expect(reading.problems[0]).toMatchObject({ code, offset })
  })

  it('names what is wrong, with its place, and keeps what is right', () => {
    const at = (memory: string) => read(memory).problems.filter(({ offset }) => offset !== null)
    expect(at('9100051234567890 00 ff ff ff')).toEqual([
      { code: 'bytes-after-end', offset: 9, oid: null },
    ])
    expect(at('9101041234567801')).toEqual([{ code: 'pad-not-zero', offset: 0, oid: 1 }])
    expect(at('110212347f020141')).toEqual([])
    expect(at('11021234 6f500141')).toEqual([{ code: 'unknown-element', offset: 4, oid: 95 }])
    expect(at('11021234 06024141')).toEqual([{ code: 'unreadable-text', offset: 4, oid: 6 }])
  })

  it('reads the type of usage in every form makers write it', () => {
    for (const element of ['050110', '650110', '250110', '15010a', '75023130']) {
      expect(read(`11021234${element}`).elements.typeOfUsage, element).toBe('10')
    }
    expect(codes(read('11021234650151'))).toContain('unknown-usage')
  })
})

describe('encodeLibraryElements', () => {
  test.each<[string, Partial<Record<ElementName, string>>, string]>([
    ['no identifier', { title: '活着' }, 'no-primary-item-id'],
    ['an empty text', { primaryItemId: '1234', title: '' }, 'empty'],
    ['a control character', { primaryItemId: '12\u000034' }, 'control-character'],
    ['half a character', { primaryItemId: '1234', title: '\ud800' }, 'malformed-text'],
    ['a usage nobody knows', { primaryItemId: '1234', typeOfUsage: '5x' }, 'unknown-usage'],
    [
      'more than a length byte holds',
      { primaryItemId: '1234', title: '书'.repeat(50) },
      'too-long',
    ],
  ])('refuses %s', (_name, elements, reason) => {
    expect(encoded(given(elements))).toBe(`refused: ${reason}`)
  })

  it('fills the memory with zeros, and refuses what does not fit', () => {
    const layout = { ...usualLayout, memoryBytes: 40 }
    expect(encoded(example, layout)).toBe(`${EXAMPLE}00000000`)
    expect(encoded(example, { ...layout, memoryBytes: 32 })).toBe('refused: does-not-fit')
  })

  it('takes only names it knows', () => {
    expect(GivenElements.safeParse({ primaryItemId: '1', barcode: '1' }).success).toBe(false)
    expect(GivenElements.parse({ primaryItemId: '1' })).toEqual(given({ primaryItemId: '1' }))
  })

  const text = fc
    .oneof(
      fc.stringMatching(/^[0-9]{1,20}$/),
      fc.stringMatching(/^[A-Z0-9./-]{1,20}$/),
      fc.stringMatching(/^[ -~]{1,30}$/),
      fc.stringMatching(/^[\u4e00-\u4e20]{1,10}$/),
    )
    .filter((found) => new TextEncoder().encode(found).length <= 60)
  const elementsArbitrary = fc
    .record(
      Object.fromEntries(
        elementNames.map((name) => [
          name,
          name === 'typeOfUsage' ? fc.constantFrom('10', '13', '80') : text,
        ]),
      ),
      { requiredKeys: ['primaryItemId'] },
    )
    .map((found) => given(found))

  it('gives back every set of elements, whatever is lockable and however long a block is', () => {
    fc.assert(
      fc.property(
        elementsArbitrary,
        fc.subarray([...elementNames]),
        fc.constantFrom(1, 2, 4, 8, 32),
        (elements, lockable, blockBytes) => {
          const found = encodeLibraryElements(elements, { lockable, blockBytes, memoryBytes: null })
          if (!found.ok) throw new Error(found.reason)
          const reading = decodeLibraryElements(found.bytes, true)
          expect(reading.elements).toEqual(elements)
          expect(reading.problems).toEqual([])
          expect(found.bytes.length % blockBytes).toBe(0)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('puts nothing else into a block with a lockable element', () => {
    fc.assert(
      fc.property(elementsArbitrary, fc.subarray([...elementNames]), (elements, lockable) => {
        const found = encodeLibraryElements(elements, {
          lockable,
          blockBytes: 4,
          memoryBytes: null,
        })
        if (!found.ok) throw new Error(found.reason)
        const owner = new Map<number, boolean>()
        const { elements: raw } = walkElements(found.bytes)
        const lockableOids = new Set<number>(lockable.map((name) => ELEMENT_OIDS[name]))
        for (const { oid, offset, end } of raw) {
          for (let block = offset >> 2; block <= (end - 1) >> 2; block += 1) {
            expect(owner.get(block) ?? lockableOids.has(oid)).toBe(lockableOids.has(oid))
            owner.set(block, lockableOids.has(oid))
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
