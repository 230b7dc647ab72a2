import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { encodeFeigFrame, FeigFrameReader } from './feig-frames.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const uid = [0xe0, 0x04, 0x01, 0x50, 0x12, 0x34, 0x56, 0x78]

describe('FEIG frames (case 29, the vectors of the reference)', () => {
  test.each<[string, number, number[], string]>([
    ['field reset', 0x69, [], '05ff698901'],
    ['version', 0x65, [], '05ff65e5cb'],
    ['inventory', 0xb0, [0x01, 0x00], '07ffb001001c56'],
    ['system information', 0xb0, [0x2b, 0x01, ...uid], '0fffb02b01e00401501234567873d6'],
    ['read 4 at 0', 0xb0, [0x23, 1, ...uid, 0, 4], '11ffb02301e0040150123456780004a46e'],
    ['write AFI C2', 0xb0, [0x27, 1, ...uid, 0xc2], '10ffb02701e004015012345678c2180f'],
    [
      'write one block at 0',
      0xb0,
      [0x24, 1, ...uid, 0, 1, 4, 0x11, 0x01, 0x01, 0x31],
      '16ffb02401e004015012345678000104110101315c09',
    ],
  ])('%s', (_name, command, content, expected) => {
    expect(hex(encodeFeigFrame('standard', command, content))).toBe(expected)
  })

  it('writes the advanced dialect', () => {
    expect(hex(encodeFeigFrame('advanced', 0xb0, [0x01, 0x00]))).toBe('020009ffb001001843')
  })
})

describe('FeigFrameReader (case 34)', () => {
  const version = encodeFeigFrame('standard', 0x65, [0x00, 0x02, 0x03], 0)
  const inventory = encodeFeigFrame('standard', 0xb0, [0x01], 0)
  const broken = Uint8Array.of(...version.slice(0, -1), (version.at(-1) ?? 0) ^ 0x01)

  test.each<[string, Uint8Array[], number[], number]>([
    ['one frame', [version], [0x65], 0],
    [
      'split over three reports',
      [version.slice(0, 2), version.slice(2, 5), version.slice(5)],
      [0x65],
      0,
    ],
    ['two frames in one report', [Uint8Array.of(...version, ...inventory)], [0x65, 0xb0], 0],
    ['a wrong checksum', [broken], [], broken.length],
    ['a wrong checksum, then a right one', [broken, version], [0x65], broken.length],
    ['a length shorter than a frame can be', [Uint8Array.of(4, 1, 2, 3)], [], 4],
    ['a length beyond what came', [Uint8Array.of(200, 1, 2, 3)], [], 0],
    ['an advanced length beyond any stack', [Uint8Array.of(2, 0xff, 0xff, 0)], [], 4],
    ['the advanced dialect', [encodeFeigFrame('advanced', 0xb0, [0x84], 0)], [0xb0], 0],
  ])('%s', (_name, reports, commands, discarded) => {
    const reader = new FeigFrameReader()
    const readings = reports.map((report) => reader.push(report))
    expect(readings.flatMap(({ frames }) => frames.map(({ command }) => command))).toEqual(commands)
    expect(readings.reduce((sum, reading) => sum + reading.discarded, 0)).toBe(discarded)
  })

  it('finds every frame however it is cut, and never throws for what is none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 70 }),
        (contents, cut) => {
          const stream = Uint8Array.from(
            contents.flatMap((content) => [...encodeFeigFrame('standard', 0xb0, content, 0)]),
          )
          const reader = new FeigFrameReader()
          const found: string[] = []
          for (let at = 0; at < stream.length; at += cut) {
            const { frames } = reader.push(stream.subarray(at, at + cut))
            found.push(...frames.map(({ content }) => hex(content)))
          }
          expect(found).toEqual(contents.map(hex))
        },
      ),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const reader = new FeigFrameReader()
        reader.push(bytes)
        reader.reset()
        expect(reader.push(bytesOf('05ff65e5cb')).frames).toHaveLength(1)
      }),
    )
  })
})
