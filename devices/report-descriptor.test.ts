import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { hexToBytes } from './capture.ts'
import { layoutOf } from './models/pos-report.ts'
import { HONEYWELL_DESCRIPTOR_HEX } from './replay-port.ts'
import {
  DESCRIPTOR_LENGTH_MAX,
  findInput,
  inputReportLength,
  parseReportDescriptor,
} from './report-descriptor.ts'

const parse = (hex: string) => parseReportDescriptor(hexToBytes(hex.replaceAll(' ', '')))

describe('parseReportDescriptor', () => {
  it('reads a scanner’s', () => {
    const descriptor = parse(HONEYWELL_DESCRIPTOR_HEX)
    expect(descriptor.isSound).toBe(true)
    expect(descriptor.applications).toEqual([{ page: 0x8c, usage: 0x02 }])
    expect(inputReportLength(descriptor, 2)).toBe(64)
    expect(findInput(descriptor, 0x8c, 0xfe)).toMatchObject({ bitAt: 32, run: 56 })
    expect(findInput(descriptor, 0x8c, 0xff)).toMatchObject({ bitAt: 496 })
    // An output usage is not an input.
    expect(findInput(descriptor, 0x8c, 0x86)).toBeNull()
  })

  it('reads a boot keyboard’s, ranges kept as ranges', () => {
    const descriptor = parse(
      '0501 0906 a101 0507 19e0 29e7 1500 2501 7501 9508 8102 9501 7508 8101 9506 7508 1500 26ff00 0507 1900 29ff 8100 c0',
    )
    expect(descriptor.isSound).toBe(true)
    expect(descriptor.applications).toEqual([{ page: 1, usage: 6 }])
    expect(inputReportLength(descriptor, null)).toBe(8)
    expect(findInput(descriptor, 7, 0xe2)).toMatchObject({ bitAt: 2 })
    expect(layoutOf(descriptor)).toBeNull()
  })

  test.each([
    ['a four-byte usage carries its page', '7508 9501 0bfe008c00 8102', true, 1],
    ['a long item is skipped', 'fe 03 99 112233 7508 9501 058c 09fe 8102', true, 1],
    ['usages 0 to 65535 cost nothing', '7508 9501 058c 1900 2affff 8102', true, 1],
    ['a maximum below the minimum is no usage', '7508 9501 058c 29fe 19ff 8102', true, 1],
    ['push and pop restore', '058c 7508 9501 a4 0501 7510 b4 09fe 8102', true, 1],
    ['pop of nothing', 'b4 7508', false, 0],
    ['cut in the middle of an item', '7508 9501 058c 09fe 8102 27ff', false, 1],
    ['a long item past the end', '7508 9501 058c 09fe 8102 feff99', false, 1],
    ['a long item cut at its length', 'fe', false, 0],
    ['a report of gigabytes', '77ffffffff 97ffffffff 058c 09fe 8102', false, 0],
    ['nothing at all', '', true, 0],
  ])('%s', (_name, hex, isSound, fieldCount) => {
    const descriptor = parse(hex)
    expect(descriptor.isSound).toBe(isSound)
    expect(descriptor.fields).toHaveLength(fieldCount)
  })

  it('stops at 256 usages, 16 pushes and 4,096 bytes', () => {
    expect(parse('0900'.repeat(257)).isSound).toBe(false)
    expect(parse('a4'.repeat(17)).isSound).toBe(false)
    expect(parseReportDescriptor(new Uint8Array(DESCRIPTOR_LENGTH_MAX + 1)).isSound).toBe(false)
    expect(parseReportDescriptor(new Uint8Array(DESCRIPTOR_LENGTH_MAX)).isSound).toBe(true)
  })

  it('terminates on any bytes with no more fields than bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const descriptor = parseReportDescriptor(bytes)
        expect(descriptor.fields.length).toBeLessThanOrEqual(bytes.length)
        const layout = layoutOf(descriptor)
        const textEnd = layout === null ? 0 : layout.textAt + layout.textLength
        expect(textEnd).toBeLessThanOrEqual(layout?.length ?? 0)
      }),
      { numRuns: 500 },
    )
  })

  it('reads a cut scanner descriptor up to the cut', () => {
    const whole = hexToBytes(HONEYWELL_DESCRIPTOR_HEX)
    const layouts = Array.from({ length: whole.length }, (_, length) =>
      layoutOf(parseReportDescriptor(whole.subarray(0, length))),
    ).filter((layout) => layout !== null)
    expect(layouts.length).toBeGreaterThan(0)
    for (const layout of layouts) {
      expect(layout).toMatchObject({ countAt: 1, aimAt: 2, textAt: 5 })
    }
  })
})
