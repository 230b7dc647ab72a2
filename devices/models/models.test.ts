import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hexToBytes, readCaptures } from '../capture.ts'
import type { HidInfo } from '../hid-port.ts'
import { HONEYWELL_DESCRIPTOR_HEX } from '../replay-port.ts'
import { parseReportDescriptor } from '../report-descriptor.ts'
import { COUNT_LESS_LAYOUT, countLess } from './count-less.ts'
import { hidPos } from './hid-pos.ts'
import { honeywell, HONEYWELL_LAYOUT, honeywellClone } from './honeywell.ts'
import { chooseModel, readerModels } from './index.ts'
import { microscan } from './microscan.ts'
import { newland, NEWLAND_LAYOUT } from './newland.ts'
import { encodePosReports, layoutOf } from './pos-report.ts'
import type { ReaderEvent } from './reader-model.ts'

const report = (length: number, parts: Readonly<Record<number, readonly number[]>>): Uint8Array => {
  const bytes = new Uint8Array(length)
  for (const [at, piece] of Object.entries(parts)) bytes.set(piece, Number(at))
  return bytes
}
const ascii = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0))
const seen = (events: readonly ReaderEvent[]) =>
  events.map((event) =>
    event.kind === 'chunk'
      ? { ...event, bytes: Buffer.from(event.bytes).toString('latin1') }
      : event,
  )
const chunk = (bytes: string, aim: string | null, rest = {}) => ({
  kind: 'chunk',
  bytes,
  aim,
  isContinued: false,
  isFull: false,
  isClamped: false,
  ...rest,
})
const ignored = (reason: string) => ({ kind: 'ignored', reason })

const CARD = '0440050000101'

describe('honeywell, 64 bytes', () => {
  const full = 'x'.repeat(56)
  test.each([
    [
      'a card in Code 128',
      report(64, { 0: [2, 13], 2: ascii(']C0'), 5: ascii(CARD), 61: [0x6a] }),
      chunk(CARD, ']C0'),
    ],
    [
      'a NUL inside a counted text is kept',
      report(64, { 0: [2, 3], 2: ascii(']C0'), 5: [0x30, 0, 0x31] }),
      chunk('0\u00001', ']C0'),
    ],
    [
      'a full piece that continues',
      report(64, { 0: [2, 56], 2: ascii(']Q1'), 5: ascii(full), 63: [1] }),
      chunk(full, ']Q1', { isContinued: true, isFull: true }),
    ],
    [
      'only bit 0 of the last byte means continued',
      report(64, { 0: [2, 1], 2: ascii(']C0'), 5: [0x30], 63: [0xfe] }),
      chunk('0', ']C0'),
    ],
    [
      'count 255 is clamped to 56 and flagged',
      report(64, { 0: [2, 255], 2: ascii(']C0'), 5: ascii(full), 61: ascii('no') }),
      chunk(full, ']C0', { isFull: true, isClamped: true }),
    ],
    [
      'an over-long report is read up to its layout',
      report(100, { 0: [2, 1], 2: ascii(']C0'), 5: [0x30], 64: ascii('junk') }),
      chunk('0', ']C0'),
    ],
    ['an empty last piece', report(64, { 0: [2, 0], 2: ascii(']Q1') }), chunk('', ']Q1')],
    ['no identifier', report(64, { 0: [2, 1], 5: [0x30] }), chunk('0', null)],
    ['an empty report', new Uint8Array(0), ignored('empty-report')],
    ['one byte', Uint8Array.of(2), ignored('short-report')],
    ['nine bytes', report(9, { 0: [2, 4] }), ignored('short-report')],
    ['another report id', report(64, { 0: [4, 1] }), ignored('other-report-id')],
    ['all FF', new Uint8Array(64).fill(0xff), ignored('other-report-id')],
    [
      'the answer to a menu command',
      report(64, { 0: [2, 6], 2: ascii(']Z6'), 5: ascii('P_INFO') }),
      ignored('command-answer'),
    ],
  ])('%s', (_name, bytes, expected) => {
    expect(seen(honeywell.parse(bytes, null))).toEqual([expected])
  })
})

describe('newland, 64 bytes without identifier', () => {
  test.each([
    ['a card', report(64, { 0: [2, 13], 2: ascii(CARD), 62: [7] }), chunk(CARD, null)],
    [
      'a text that looks like an identifier is text',
      report(64, { 0: [2, 6], 2: ascii(']C0123') }),
      chunk(']C0123', null),
    ],
    [
      'a full piece that continues',
      report(64, { 0: [2, 56], 2: ascii('y'.repeat(56)), 63: [1] }),
      chunk('y'.repeat(56), null, { isContinued: true, isFull: true }),
    ],
  ])('%s', (_name, bytes, expected) => {
    expect(seen(newland.parse(bytes, null))).toEqual([expected])
  })
})

describe('count-less, 61 bytes', () => {
  test.each([
    [
      'trailing NULs are padding, inner ones are not',
      report(61, { 0: [2], 1: ascii(']A0'), 4: [0x30, 0, 0x31] }),
      chunk('0\u00001', ']A0'),
    ],
    [
      'continued is the last byte',
      report(61, { 0: [2], 1: ascii(']Q1'), 4: ascii('z'.repeat(56)), 60: [1] }),
      chunk('z'.repeat(56), ']Q1', { isContinued: true, isFull: true }),
    ],
  ])('%s', (_name, bytes, expected) => {
    expect(seen(countLess.parse(bytes, null))).toEqual([expected])
  })
})

describe('microscan, a text protocol', () => {
  test.each([
    [
      'an identifier before the text',
      report(64, { 0: [1, 16], 2: ascii(`]A0${CARD}`) }),
      chunk(CARD, ']A0'),
    ],
    [
      'the identifier as its manual prints it',
      report(64, { 0: [1, 16], 2: ascii(`A]0${CARD}`) }),
      chunk(CARD, ']A0'),
    ],
    ['no identifier', report(64, { 0: [1, 3], 2: ascii('abc') }), chunk('abc', null)],
    [
      'a full report goes on',
      report(64, { 0: [1, 62], 2: ascii('m'.repeat(62)) }),
      chunk('m'.repeat(62), null, { isContinued: true, isFull: true }),
    ],
    [
      'a full report that ends in CR does not',
      report(64, { 0: [1, 62], 2: ascii(`${'m'.repeat(61)}\r`) }),
      chunk(`${'m'.repeat(61)}\r`, null, { isFull: true }),
    ],
    ['nothing', report(64, { 0: [1, 0] }), ignored('nothing-decoded')],
    ['a POS report', report(64, { 0: [2, 1] }), ignored('other-report-id')],
  ])('%s', (_name, bytes, expected) => {
    expect(seen(microscan.parse(bytes, null))).toEqual([expected])
  })
})

describe('hid-pos, by descriptor or by its looks', () => {
  const honeywellDescriptor = parseReportDescriptor(hexToBytes(HONEYWELL_DESCRIPTOR_HEX))

  it('reads the layout a descriptor declares', () => {
    expect(layoutOf(honeywellDescriptor)).toEqual(HONEYWELL_LAYOUT)
  })

  // A made-up layout that no model has: no report id, text first, count last.
  const odd = parseReportDescriptor(
    hexToBytes('058c0902a1010912a102150026ff007508951409fe810295010501093b8102c0c0'),
  )
  it('reads one that no model has', () => {
    expect(layoutOf(odd)).toEqual({
      reportId: null,
      length: 21,
      countAt: 20,
      aimAt: null,
      textAt: 0,
      textLength: 20,
      continued: null,
    })
    const bytes = report(21, { 0: ascii(CARD), 20: [13] })
    expect(seen(hidPos.parse(bytes, odd))).toEqual([chunk(CARD, null)])
  })

  test.each([
    ['honeywell', HONEYWELL_LAYOUT, ']C0'],
    ['newland', NEWLAND_LAYOUT, null],
    ['count-less', COUNT_LESS_LAYOUT, ']C0'],
  ])('guesses the %s layout where no descriptor is shown', (_name, layout, aim) => {
    const bytes = encodePosReports(layout, Buffer.from(CARD), ']C0').at(0)
    expect(seen(hidPos.parse(bytes!, null))).toEqual([chunk(CARD, aim)])
  })
})

describe('chooseModel', () => {
  const captures = readCaptures(new URL('../captures', import.meta.url).pathname)
  const info = (over: Partial<HidInfo>): HidInfo => ({ ...captures.at(0)!.device, ...over })
  const descriptorOf = (folder: string) =>
    parseReportDescriptor(
      hexToBytes(captures.find((c) => c.name.startsWith(`${folder}/`))?.descriptor ?? ''),
    )

  test.each([
    ['honeywell', honeywell],
    ['newland', newland],
    ['count-less', countLess],
    ['clone', honeywellClone],
  ])('knows the device of captures/%s', (folder, model) => {
    const capture = captures.find((c) => c.name.startsWith(`${folder}/`))!
    expect(chooseModel(capture.device, descriptorOf(folder))).toBe(model)
  })

  test.each([
    ['a Honeywell without descriptor', info({ vendorId: 0x0c2e }), null, honeywell],
    ['a Newland without descriptor', info({ vendorId: 0x1eab }), null, newland],
    ['an unknown maker without descriptor', info({ vendorId: 0x4321 }), null, hidPos],
    [
      'a Newland that declares another layout',
      info({ vendorId: 0x1eab }),
      descriptorOf('count-less'),
      countLess,
    ],
    [
      'a Microscan, which is not on the POS page',
      info({ usagePage: 0xff00, usage: 1, manufacturer: 'Microscan Systems' }),
      null,
      microscan,
    ],
    ['a keyboard', info({ vendorId: 0x0c2e, usagePage: 1, usage: 6 }), null, null],
    ['an RFID pad', info({ usagePage: 0xff00, usage: 1, manufacturer: 'FEIG' }), null, null],
  ])('%s', (_name, device, descriptor, model) => {
    expect(chooseModel(device, descriptor)).toBe(model)
  })

  it('never sends Honeywell’s trigger bits to a Newland, whatever it declares', () => {
    for (const folder of ['honeywell', 'newland', 'count-less']) {
      const model = chooseModel(info({ vendorId: 0x1eab }), descriptorOf(folder))
      expect(model?.encodeBeep(true)).toBeNull()
      expect(model?.encodeTrigger(true)).toBeNull()
    }
    expect(honeywell.encodeBeep(true)).toEqual(Uint8Array.of(4, 0x40))
    expect(honeywell.encodeBeep(false)).toEqual(Uint8Array.of(4, 0x20))
    expect(honeywell.encodeTrigger(true)).toEqual(Uint8Array.of(4, 0x04))
    expect(honeywell.encodeTrigger(false)).toEqual(Uint8Array.of(4, 0x02))
  })
})

describe('every model', () => {
  test.each(readerModels.map((model) => [model.name, model] as const))(
    '%s answers any bytes without a throw and never more than the report held',
    (_name, model) => {
      fc.assert(
        fc.property(
          fc.uint8Array({ maxLength: 200 }),
          fc.option(fc.uint8Array({ maxLength: 120 })),
          (bytes, descriptor) => {
            const parsed = descriptor === null ? null : parseReportDescriptor(descriptor)
            const lengths = model
              .parse(bytes, parsed)
              .map((event) => (event.kind === 'chunk' ? event.bytes.length : 0))
            expect(Math.max(...lengths)).toBeLessThanOrEqual(bytes.length)
          },
        ),
      )
    },
  )
})
