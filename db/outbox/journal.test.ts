import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { NOW } from '../../test/builders/city.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { openJournal, readJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import type { JournalEntry } from './journal-lines.ts'

const DAY_MS = 86_400_000
const key = randomBytes(32)
const secret = 'marker-of-plain-text'
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-journal-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const open = (under: Uint8Array | null = key): Journal => openJournal(folder, under, () => null)
const line = (seq: number): JournalEntry => ({
  line: 'operation',
  operation: anOperation(seq, { summary: { text: secret } }),
  undoes: null,
})
const writtenUpTo = (last: number): string => {
  const journal = open()
  for (let seq = 1; seq <= last; seq += 1) journal.append([line(seq)], NOW)
  journal.close()
  return join(folder, readdirSync(folder)[0] ?? '')
}
const seqsRead = (under: Uint8Array | null = key) => {
  const seqs: number[] = []
  const report = readJournal(folder, under, (entry) => {
    if (entry.line === 'operation') seqs.push(entry.operation.seq)
  })
  return { seqs, report }
}

test('what was appended comes back, in order, and knows its head', () => {
  writtenUpTo(3)
  expect(seqsRead()).toEqual({
    seqs: [1, 2, 3],
    report: { files: 1, lines: 3, damagedLines: 0, tornLines: 0, foreignLines: 0 },
  })
  const journal = open()
  expect(journal.head()).toEqual({ epoch: 1, seq: 3 })
  journal.close()
})

test('no line holds plain text', () => {
  const path = writtenUpTo(1)
  const text = readFileSync(path, 'latin1')
  expect(text).not.toContain(secret)
  expect(Buffer.from(text.split(' ')[3] ?? '', 'base64').includes(secret)).toBe(false)
})

test('another key finds whole lines and reads none', () => {
  writtenUpTo(2)
  const { seqs, report } = seqsRead(randomBytes(32))
  expect(seqs).toEqual([])
  expect(report).toMatchObject({ lines: 0, foreignLines: 2, damagedLines: 0 })
})

describe('damage', () => {
  test.each([9, 20, 200])(
    'a last line that lacks %i bytes is dropped, the next one stands',
    (by) => {
      const path = writtenUpTo(3)
      truncateSync(path, readFileSync(path).length - by)
      expect(seqsRead()).toMatchObject({ seqs: [1, 2], report: { tornLines: 1, damagedLines: 0 } })
      const journal = open()
      expect(journal.head()).toEqual({ epoch: 1, seq: 2 })
      journal.append([line(3)], NOW)
      journal.close()
      expect(seqsRead()).toMatchObject({ seqs: [1, 2, 3], report: { tornLines: 0 } })
    },
  )

  test('a last line that lacks only its end is kept', () => {
    const path = writtenUpTo(2)
    truncateSync(path, readFileSync(path).length - 1)
    const journal = open()
    expect(journal.head()).toEqual({ epoch: 1, seq: 2 })
    journal.append([line(3)], NOW)
    journal.close()
    expect(seqsRead().seqs).toEqual([1, 2, 3])
  })

  test('any flipped byte costs one line, and is counted', () => {
    const path = writtenUpTo(4)
    const whole = readFileSync(path)
    const second = whole.indexOf('\n') + 1
    const third = whole.indexOf('\n', second) + 1
    for (let at = second; at < third; at += 7) {
      const flipped = Buffer.from(whole)
      flipped[at] = (flipped[at] ?? 0) ^ 0x41
      writeFileSync(path, flipped)
      const { seqs, report } = seqsRead()
      expect(seqs.filter((seq) => seq !== 2)).toEqual([1, 3, 4])
      expect(report.damagedLines).toBeGreaterThanOrEqual(1)
    }
    const joined = Buffer.from(whole)
    joined[third - 1] = 0x20
    writeFileSync(path, joined)
    expect(seqsRead().seqs).toEqual([1, 2, 4])
  })

  test('foreign bytes at the end do not stop the next line', () => {
    const path = writtenUpTo(2)
    appendFileSync(path, randomBytes(500))
    const journal = open()
    journal.append([line(3)], NOW)
    journal.close()
    expect(seqsRead().seqs).toEqual([1, 2, 3])
  })
})

describe('files', () => {
  test('a day has its own, begun with who the desk is; a clock that goes back begins none', () => {
    const identity = { deviceId: 'desk-a', epoch: 1 } as never
    const journal = openJournal(folder, key, () => identity)
    journal.append([line(1)], NOW)
    journal.append([line(2)], NOW + DAY_MS)
    journal.append([line(3)], NOW - DAY_MS)
    journal.close()
    expect(readdirSync(folder)).toHaveLength(2)
    const kinds: string[] = []
    readJournal(folder, key, (entry) => kinds.push(entry.line))
    expect(kinds).toEqual(['identity', 'operation', 'identity', 'operation', 'operation'])
  })

  test('one that grew too long is followed by another of the same day', () => {
    const journal = open()
    const long = anOperation(1, { summary: { text: randomBytes(5_000_000).toString('base64') } })
    journal.append([{ line: 'operation', operation: long, undoes: null }], NOW)
    journal.append([{ line: 'operation', operation: { ...long, seq: 2 }, undoes: null }], NOW)
    journal.append([line(3)], NOW)
    journal.close()
    expect(readdirSync(folder)).toEqual([
      expect.stringMatching(/^operations-\d{8}-2\.journal$/),
      expect.stringMatching(/^operations-\d{8}\.journal$/),
    ])
    expect(seqsRead().seqs).toEqual([1, 2, 3])
  })

  test.each([key, null])('what an import writes again and again is written short', (under) => {
    const journal = open(under)
    const text = '{"红楼梦"} '.repeat(50_000)
    const long = anOperation(1, { summary: { text } })
    journal.append([{ line: 'operation', operation: long, undoes: null }], NOW)
    journal.close()
    const [name = ''] = readdirSync(folder)
    expect(statSync(join(folder, name)).size).toBeLessThan(text.length / 20)
    const read: unknown[] = []
    readJournal(folder, under, (entry) => read.push(entry))
    expect(read).toMatchObject([{ operation: { ...long, summary: { text } }, undoes: null }])
  })

  test('an old one goes when all it holds is pruned, and not a day before', () => {
    const journal = open()
    journal.append([line(1), line(2)], NOW)
    journal.append([line(3)], NOW + DAY_MS)
    journal.append([line(4)], NOW + 2 * DAY_MS)
    expect(journal.prune(NOW, () => true)).toBe(0)
    expect(journal.prune(NOW + 9 * DAY_MS, ({ seq }) => seq === 1)).toBe(0)
    expect(journal.prune(NOW + 9 * DAY_MS, ({ seq }) => seq <= 2)).toBe(1)
    expect(journal.prune(NOW + 9 * DAY_MS, () => true)).toBe(1)
    journal.close()
    expect(seqsRead().seqs).toEqual([4])
  })
})
