import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRecordSplitter } from './record-splitter.ts'
import type { RecordCut } from './record-splitter.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes)

const cut = (file: Uint8Array, sizes: readonly number[]): RecordCut[] => {
  const splitter = createRecordSplitter()
  const cuts: RecordCut[] = []
  let at = 0
  for (const size of sizes) {
    const chunk = file.slice(at, at + size)
    cuts.push(...splitter.push(chunk))
    // A reader may reuse its buffer: nothing of the chunk may live on.
    chunk.fill(0x58)
    at += size
  }
  cuts.push(...splitter.push(file.subarray(at)))
  return [...cuts, ...splitter.end()]
}

const slices = (cuts: readonly RecordCut[]) =>
  cuts.map((entry) =>
    'refused' in entry ? entry : { offset: entry.offset, text: textOf(entry.bytes) },
  )

const record = (title: string): string => {
  const body = `00 \u001fa${title}\u001e`
  const directory = `245${String(body.length).padStart(4, '0')}00000`
  const rest = `nam  2200037   4500${directory}\u001e${body}\u001d`
  return String(rest.length + 5).padStart(5, '0') + rest
}

describe('record splitter', () => {
  it('tolerates CRLF, blanks, NUL, Ctrl+Z and a BOM around records, and counts them in offsets', () => {
    const [one, two] = [record('one'), record('two')]
    const file = bytesOf(`\u00ef\u00bb\u00bf${one}\r\n\u0000  ${two}\r\n\u001a`)
    expect(slices(cut(file, []))).toEqual([
      { offset: 3, text: one },
      { offset: 3 + one.length + 5, text: two },
    ])
  })

  it('gives the same records whatever the chunks', () => {
    const file = bytesOf([record('a'), record('bb'), '\r\n', record('ccc'), 'rest'].join(''))
    const whole = slices(cut(file, []))
    expect(whole).toHaveLength(4)
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 40 }), (sizes) => {
        expect(slices(cut(file, sizes))).toEqual(whole)
      }),
    )
  })

  it('never loops or throws on noise, and loses no byte that is not filler', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat(50), { maxLength: 10 }),
        (noise, sizes) => {
          const cuts = cut(noise, sizes)
          let end = 0
          for (const entry of cuts) {
            if ('refused' in entry) throw new Error('too short to be refused')
            expect(entry.offset).toBeGreaterThanOrEqual(end)
            expect(entry.bytes).toEqual(
              noise.subarray(entry.offset, entry.offset + entry.bytes.length),
            )
            end = entry.offset + entry.bytes.length
          }
        },
      ),
    )
  })

  it('parts a truncated record from the whole one that it swallowed', () => {
    const [one, two, three] = [record('one, cut short here'), record('two'), record('three')]
    const stump = one.slice(0, -8)
    expect(slices(cut(bytesOf(stump + two + three), [10]))).toEqual([
      { offset: 0, text: stump },
      { offset: stump.length, text: two },
      { offset: stump.length + two.length, text: three },
    ])
  })

  it('parts several records that lost their terminators, each with its own offset', () => {
    const framed = (text: string): string => {
      const body = `1 \u001fa${text}\u001e`
      const directory = `200${String(body.length).padStart(4, '0')}00000`
      const total = 24 + 12 + 1 + body.length + 1
      return `${String(total).padStart(5, '0')}nam0 2200037   450 ${directory}\u001e${body}\u001d`
    }
    const open = ['one', 'two, longer', 'three'].map((text) => framed(text).slice(0, -1))
    const last = framed('four')
    // The last one also counts wrongly: its length no longer reaches the end of the slice.
    const lying = `00099${last.slice(5)}`
    const starts = [0, 1, 2, 3].map((count) => open.slice(0, count).join('').length)
    expect(slices(cut(bytesOf(open.join('') + lying), [7, 50]))).toEqual(
      [...open, lying].map((text, index) => ({ offset: starts[index], text })),
    )
  })

  it('refuses 50 MB without a terminator, keeps no more than two records of it, and goes on', () => {
    const splitter = createRecordSplitter()
    const chunk = new Uint8Array(1_000_000).fill(0x41)
    for (let count = 0; count < 50; count += 1) expect(splitter.push(chunk)).toEqual([])
    const next = record('next')
    const cuts = [...splitter.push(bytesOf(`\u001d${next}`)), ...splitter.end()]
    expect(slices(cuts)).toEqual([
      { refused: { offset: 0, reason: 'record-too-long' } },
      { offset: 50_000_001, text: next },
    ])
  })
})
