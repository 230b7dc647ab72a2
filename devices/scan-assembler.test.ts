import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { ChunkEvent, ReaderEvent } from './models/reader-model.ts'
import {
  abandon,
  assemble,
  type AssemblerState,
  type AssemblyNotice,
  BYTES_MAX,
  CHUNKS_MAX,
  decodeScan,
  emptyAssembler,
  flush,
  FLUSH_MS,
  holdsPieces,
  type Scan,
} from './scan-assembler.ts'

const READER = '0c2e:0907:HW0001:0:008c.0002'
const bytesOf = (text: string) => new TextEncoder().encode(text)
const chunk = (piece: string | Uint8Array, over: Partial<ChunkEvent> = {}): ChunkEvent => {
  const bytes = typeof piece === 'string' ? bytesOf(piece) : piece
  return {
    kind: 'chunk',
    bytes,
    aim: ']C0',
    isContinued: false,
    isFull: bytes.length >= 56,
    isClamped: false,
    ...over,
  }
}

type Act = readonly [atMs: number, ReaderEvent | 'flush' | 'gone']

const run = (acts: readonly Act[], start = emptyAssembler(READER)) => {
  let state: AssemblerState = start
  const scans: Scan[] = []
  const notices: AssemblyNotice[] = []
  for (const [at, act] of acts) {
    let step
    if (act === 'flush') step = flush(state, at)
    else if (act === 'gone') step = abandon(state)
    else step = assemble(state, act, at)
    state = step[0]
    if (step[1] !== null) scans.push(step[1])
    notices.push(...step[2])
  }
  return { state, scans, texts: scans.map((scan) => scan.text), notices }
}

const A = 'a'.repeat(56)
const B = 'b'.repeat(56)
const long = { aim: ']Q1', isContinued: true }

describe('assemble', () => {
  it('gives one scan for one report, raw bytes kept', () => {
    const { scans, notices } = run([[1000, chunk('04400510000001\r\n')]])
    expect(scans).toEqual([
      {
        text: '04400510000001',
        raw: bytesOf('04400510000001\r\n'),
        aim: ']C0',
        reader: READER,
        at: 1000,
      },
    ])
    expect(notices).toEqual([])
  })

  it('joins 56 + 56 + 8 bytes', () => {
    const { texts } = run([
      [0, chunk(A, long)],
      [8, chunk(B, long)],
      [16, chunk('c'.repeat(8), { aim: ']Q1' })],
    ])
    expect(texts).toEqual([A + B + 'c'.repeat(8)])
  })

  it('accepts a last report of length zero', () => {
    const { texts, notices } = run([
      [0, chunk(A, long)],
      [8, chunk('', { aim: ']Q1' })],
    ])
    expect(texts).toEqual([A])
    expect(notices).toEqual([])
  })

  it('ends a code of exactly 56 bytes by silence (the clones’ bug), not a millisecond early', () => {
    const early = run([
      [0, chunk(A, long)],
      [FLUSH_MS - 1, 'flush'],
    ])
    expect(early.texts).toEqual([])
    expect(holdsPieces(early.state)).toBe(true)
    const { texts, notices, state } = run([
      [0, chunk(A, long)],
      [FLUSH_MS, 'flush'],
    ])
    expect(texts).toEqual([A])
    expect(notices).toEqual([{ kind: 'ended-by-silence' }])
    expect(holdsPieces(state)).toBe(false)
  })

  it('discards a short piece whose continuation never came: no partial barcode', () => {
    const { texts, notices } = run([
      [0, chunk('04400', { isContinued: true })],
      [200, 'flush'],
    ])
    expect(texts).toEqual([])
    expect(notices).toEqual([{ kind: 'partial-discarded', byteCount: 5, reason: 'silence' }])
  })

  it('never joins a piece to one that is older than the silence limit', () => {
    const { texts, notices } = run([
      [0, chunk('04400', { isContinued: true })],
      [500, chunk('04400510000001')],
    ])
    expect(texts).toEqual(['04400510000001'])
    expect(notices).toEqual([{ kind: 'partial-discarded', byteCount: 5, reason: 'silence' }])
  })

  it('never joins pieces of two symbologies', () => {
    const { texts, notices } = run([
      [0, chunk(A, long)],
      [20, chunk('04400510000001')],
    ])
    expect(texts).toEqual(['04400510000001'])
    expect(notices).toEqual([{ kind: 'partial-discarded', byteCount: 56, reason: 'interrupted' }])
  })

  it('discards what was begun when the device goes, and says so', () => {
    const { texts, notices, state } = run([
      [0, chunk(A, long)],
      [5, 'gone'],
    ])
    expect(texts).toEqual([])
    expect(notices).toEqual([{ kind: 'partial-discarded', byteCount: 56, reason: 'gone' }])
    expect(state).toEqual(emptyAssembler(READER))
  })

  it('says nothing when a device without pieces goes', () => {
    expect(run([[0, 'gone']]).notices).toEqual([])
  })

  it('overflows loudly after seven pieces, swallows the rest, and is whole for the next code', () => {
    const { texts, notices } = run([
      ...Array.from({ length: 9 }, (_, n): Act => [n * 8, chunk(A, long)]),
      [80, chunk('tail', { aim: ']Q1' })],
      [90, chunk('04400510000001')],
    ])
    expect(texts).toEqual(['04400510000001'])
    expect(notices).toEqual([{ kind: 'overflow', byteCount: 56 * (CHUNKS_MAX + 1) }])
  })

  it('overflows after 1,024 bytes', () => {
    const { texts, notices } = run([[0, chunk(new Uint8Array(BYTES_MAX + 1).fill(0x30))]])
    expect(texts).toEqual([])
    expect(notices).toEqual([{ kind: 'overflow', byteCount: BYTES_MAX + 1 }])
  })

  it('tells that a count was clamped', () => {
    const { notices } = run([[0, chunk('04400510000001', { isClamped: true })]])
    expect(notices).toEqual([{ kind: 'clamped' }])
  })

  test.each([
    ['nothing', '', {}, 'empty'],
    ['blanks', '   ', {}, 'empty'],
    ['only a terminator', '\r\n', {}, 'empty'],
    ['a NUL', 'a\u0000b', {}, 'control-character'],
    ['a line break inside', 'a\r\nb', {}, 'control-character'],
    ['a GS1 separator inside', '01\u001d21', { aim: ']C1' }, 'control-character'],
    ['65 characters of Code 128', '0'.repeat(65), {}, 'too-long'],
  ])('refuses %s', (_name, text, over, reason) => {
    const { texts, notices } = run([[0, chunk(text, over)]])
    expect(texts).toEqual([])
    expect(notices).toEqual([{ kind: 'refused', reason, byteCount: text.length }])
  })

  test.each([
    ['64 characters of Code 128', '0'.repeat(64), ']C0'],
    ['a long QR code', 'q'.repeat(390), ']Q1'],
    ['a long code of a device without identifiers', 'q'.repeat(390), null],
  ])('accepts %s', (_name, text, aim) => {
    expect(run([[0, chunk(text, { aim })]]).texts).toEqual([text])
  })

  it('folds full-width digits and keeps what was sent', () => {
    const { scans } = run([[0, chunk('０４４００５', { aim: ']Q1' })]])
    expect(scans[0]?.text).toBe('044005')
    expect(scans[0]?.raw).toEqual(bytesOf('０４４００５'))
  })

  it('ignores reports that are no part of a code, even between two pieces', () => {
    const { texts } = run([
      [0, chunk(A, long)],
      [4, { kind: 'ignored', reason: 'command-answer' }],
      [8, chunk('c', { aim: ']Q1' })],
    ])
    expect(texts).toEqual([`${A}c`])
  })

  it('never throws, holds no more than its bounds, and delivers only bytes it was given', () => {
    const event = fc.record({
      kind: fc.constant('chunk' as const),
      bytes: fc.uint8Array({ maxLength: 300 }),
      aim: fc.constantFrom(null, ']C0', ']Q1'),
      isContinued: fc.boolean(),
      isFull: fc.boolean(),
      isClamped: fc.boolean(),
    })
    const act = fc.tuple(
      fc.nat({ max: 400 }),
      fc.oneof({ weight: 6, arbitrary: event }, fc.constantFrom('flush' as const, 'gone' as const)),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (waits) => {
        let at = 0
        let state = emptyAssembler(READER)
        let given = 0
        let delivered = 0
        for (const [waitMs, what] of waits) {
          at += waitMs
          if (what !== 'flush' && what !== 'gone') given += what.bytes.length
          const result = run([[at, what]], state)
          state = result.state
          expect(state.chunks.length).toBeLessThanOrEqual(CHUNKS_MAX)
          expect(state.byteCount).toBeLessThanOrEqual(BYTES_MAX)
          for (const scan of result.scans) {
            delivered += scan.raw.length
            expect(scan.text.length).toBeGreaterThan(0)
            expect(scan.text.isWellFormed()).toBe(true)
          }
        }
        expect(delivered).toBeLessThanOrEqual(given)
      }),
      { numRuns: 300 },
    )
  })
})

describe('decodeScan', () => {
  const gb = Uint8Array.of(0xc9, 0xee, 0xdb, 0xda)
  test.each([
    ['UTF-8', bytesOf('深圳'), undefined, '深圳'],
    ['GB18030 when UTF-8 does not fit', gb, undefined, '深圳'],
    ['Latin-1 when neither fits', Uint8Array.of(0x41, 0xff), undefined, 'Aÿ'],
    ['Latin-1 is not windows-1252', Uint8Array.of(0x80), ['latin-1'] as const, '\u0080'],
    ['by setting: Latin-1 first', gb, ['latin-1'] as const, 'ÉîÛÚ'],
    ['by setting: UTF-8 only', gb, ['utf-8'] as const, null],
  ])('%s', (_name, bytes, encodings, expected) => {
    expect(decodeScan(bytes, encodings ?? ['utf-8', 'gb18030', 'latin-1'])).toBe(expected)
  })

  it('refuses bytes that no chosen encoding fits', () => {
    const step = assemble(emptyAssembler(READER, ['utf-8']), chunk(gb), 0)
    expect(step[1]).toBeNull()
    expect(step[2]).toEqual([{ kind: 'refused', reason: 'undecodable', byteCount: 4 }])
  })
})
