import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readFrame } from '../../../domain/marc/iso2709.ts'
import { frameRecord } from '../../../domain/marc/record-frame.ts'
import { fieldsDecoder, textDecoder } from './text-decoders.ts'

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

/** A record of these bodies, each with its terminator. */
function recordOf(bodies: readonly (readonly number[])[]): Uint8Array {
  const fields = bodies.map((body) => [...body, 0x1e])
  let start = 0
  const directory = fields.flatMap((field, index) => {
    const tag = index === 0 ? '001' : `2${String(index).padStart(2, '0')}`
    const length = String(field.length).padStart(4, '0')
    const entry = ascii(tag + length + String(start).padStart(5, '0'))
    start += field.length
    return entry
  })
  const base = 24 + directory.length + 1
  const length = String(base + start + 1).padStart(5, '0')
  const leader = `${length}nam0 22${String(base).padStart(5, '0')}   450 `
  return Uint8Array.from([...ascii(leader), ...directory, 0x1e, ...fields.flat(), 0x1d])
}

const utf8 = [...new TextEncoder().encode('红楼梦 Dream𠮷')]
const gb = [0xba, 0xec, 0xc2, 0xa5, 0x81, 0x30, 0x81, 0x30, 0xa3, 0xa4]
/** Bytes at random are seldom text: whole characters and cut ones, and separators, among them. */
const piece = fc.oneof(
  { arbitrary: fc.constantFrom(utf8, gb, [0x1f, 0x61], [0x1f]), weight: 4 },
  { arbitrary: fc.constantFrom([0x81], [0xe7, 0xba], [0x1b], [0xef, 0xbb, 0xbf]), weight: 1 },
  fc.array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 4 }),
)
const body = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.flat())

describe('all fields in one go', () => {
  it.each(['utf-8', 'gb18030'] as const)('%s says what piece by piece says', (encoding) => {
    fc.assert(
      fc.property(fc.array(body, { minLength: 1, maxLength: 6 }), (bodies) => {
        const read = (isWhole: boolean) => {
          const frame = frameRecord(recordOf(bodies), 0)
          if ('refused' in frame) throw new Error(frame.refused.reason)
          const reported: string[] = []
          const decode = textDecoder(encoding, ({ tag, code }) => reported.push(`${tag}${code}`))
          const { record, warnings } = readFrame(
            frame,
            decode,
            isWhole ? fieldsDecoder(encoding) : null,
          )
          return { record, warnings, reported }
        }
        expect(read(true)).toEqual(read(false))
      }),
      { numRuns: 2000 },
    )
  })
  it('is not for MARC-8', () => {
    expect(fieldsDecoder('marc-8')).toBeNull()
  })
})
