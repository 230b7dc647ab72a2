import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hexToBytes } from '../capture.ts'
import { CARD_TEXT_BYTES, encodeCardText, readCardText, type IdCard } from './card-text.ts'
import {
  encodeSamAnswer,
  encodeSamCommand,
  SAM_COMMAND,
  SamFrameReader,
  toSamReports,
} from './sam-frames.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'

/** 20,000 before every merge; `CITYDESK_GARBAGE_RUNS=1000000` for the long form. */
const GARBAGE_RUNS = Number(process.env['CITYDESK_GARBAGE_RUNS'] ?? 20_000)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('the bytes of public descriptions', () => {
  test.each([
    ['status', 'aaaaaa9669000311ffed'],
    ['find', 'aaaaaa96690003200122'],
    ['select', 'aaaaaa96690003200221'],
    ['read', 'aaaaaa96690003300132'],
  ] as const)('%s', (name, bytes) => {
    expect(hex(encodeSamCommand(SAM_COMMAND[name]))).toBe(bytes)
  })

  test.each([
    ['a card is there', 'aaaaaa9669000800009f0000000097', 0x9f, 4],
    ['no card', 'aaaaaa9669000400008084', 0x80, 0],
    ['selected', 'aaaaaa9669000c00009000000000000000009c', 0x90, 8],
    ['not selected', 'aaaaaa9669000400008185', 0x81, 0],
    ['not read', 'aaaaaa9669000400004145', 0x41, 0],
  ] as const)('%s', (_, bytes, status, length) => {
    const [answer] = new SamFrameReader().push(hexToBytes(bytes))
    expect(answer).toEqual({ status, content: new Uint8Array(length) })
    expect(hex(encodeSamAnswer({ status, content: new Uint8Array(length) }))).toBe(bytes)
  })
})

describe('SamFrameReader', () => {
  const long = encodeSamAnswer({ status: 0x90, content: new Uint8Array(1_284).fill(7) })

  it('joins the reports of a long answer, and passes over what fills the last one up', () => {
    const reader = new SamFrameReader()
    const answers = toSamReports(long).flatMap((report) => reader.push(report))
    expect(answers.map(({ content }) => content.length)).toEqual([1_284])
    expect(reader.push(encodeSamAnswer({ status: 0x80, content: new Uint8Array() }))).toHaveLength(
      1,
    )
  })

  it('takes a serial stream however it is cut, two answers in one piece among them', () => {
    const both = Uint8Array.of(...long, ...long)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: both.length }), { maxLength: 12 }), (cuts) => {
        const reader = new SamFrameReader()
        const at = [0, ...cuts.toSorted((a, b) => a - b), both.length]
        const pieces = at.slice(1).map((end, n) => both.subarray(at[n], end))
        expect(pieces.flatMap((piece) => reader.push(piece))).toHaveLength(2)
      }),
    )
  })

  it('believes no answer with a bit changed behind its head', () => {
    const frame = encodeSamAnswer({ status: 0x90, content: Uint8Array.of(1, 2, 3) })
    for (let bit = 56; bit < frame.length * 8; bit += 1) {
      const changed = frame.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(new SamFrameReader().push(changed)).toEqual([])
    }
  })

  it('finds the next answer behind one that was broken off', () => {
    const reader = new SamFrameReader()
    const whole = encodeSamAnswer({ status: 0x9f, content: new Uint8Array(4) })
    const answers = [
      ...reader.push(whole.subarray(0, 9)),
      ...reader.push(whole),
      ...reader.push(whole),
    ]
    expect(answers.length).toBeGreaterThanOrEqual(1)
    expect(answers.every(({ status }) => status === 0x9f)).toBe(true)
  })
})

describe('the text of a card', () => {
  const somebody: IdCard = {
    kind: 'resident',
    number: '11010519491231002X',
    name: '范例',
    bornOn: CalendarDate.parse('1949-12-31'),
  }

  test.each([
    ['a date that does not exist', 36, '19490231'],
    ['a number with a letter in the middle', 122, '1101A5194912310021'],
    ['a control character in the name', 0, '\u0007'],
    ['half a surrogate pair in the name', 0, '\ud800'],
    ['an unknown kind', 248, 'Q'],
  ])('is refused with %s', (_, at, text) => {
    const bytes = encodeCardText(somebody)
    for (let n = 0; n < text.length; n += 1) {
      bytes[at + n * 2] = text.charCodeAt(n) & 0xff
      bytes[at + n * 2 + 1] = text.charCodeAt(n) >> 8
    }
    expect(readCardText(encodeCardText(somebody))).toEqual(somebody)
    expect(readCardText(bytes)).toBe(null)
  })

  it(`never throws and never makes a card of garbage: ${GARBAGE_RUNS} texts and streams`, () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: CARD_TEXT_BYTES + 16 })
    fc.assert(
      fc.property(bytes, fc.nat(), (garbage, seed) => {
        expect(readCardText(garbage)).toBe(null)
        const reader = new SamFrameReader()
        const head = Uint8Array.of(0xaa, 0xaa, 0xaa, 0x96, 0x69, seed % 12, seed & 0xff)
        reader.push(Uint8Array.of(...head, ...garbage))
        const whole = encodeSamAnswer({ status: 0x80, content: new Uint8Array() })
        reader.clear()
        expect(reader.push(whole)).toHaveLength(1)
      }),
      { numRuns: GARBAGE_RUNS },
    )
  }, 600_000)
})
