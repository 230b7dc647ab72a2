import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { NOW } from '../../test/builders/city.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { readJournal } from './journal.ts'
import type { JournalEntry } from './journal-lines.ts'
import { mergeJournal } from './merge-journal.ts'
import { mirrored } from './mirrored-outbox.ts'
import { openOutbox } from './outbox.ts'
import type { DeskIdentity } from './outbox.ts'

const key = randomBytes(32)
const identity: DeskIdentity = {
  deviceId: 'desk-a',
  epoch: 1,
  branchId: 'branch',
  libraryId: 'library',
  deskName: 'Desk',
  isSampleCity: false,
  serverUrl: null,
  serverEpoch: null,
}
let folder = ''
let journal = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-mirror-'))
  journal = join(folder, 'journal')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})
const path = (name = 'outbox.db') => join(folder, name)
const open = (name?: string) => mirrored(openOutbox(path(name), key), journal, key)
const linesOf = (kind: JournalEntry['line']) => {
  const lines: JournalEntry[] = []
  readJournal(journal, key, (entry) => {
    if (entry.line === kind) lines.push(entry)
  })
  return lines
}
const seqsMirrored = () =>
  linesOf('operation').map((entry) => (entry.line === 'operation' ? entry.operation.seq : 0))

test('an operation is in the mirror before append returns, and so is who the desk is', () => {
  const outbox = open()
  outbox.saveIdentity(identity)
  outbox.append(anOperation(1), null)
  expect(seqsMirrored()).toEqual([1])
  expect(linesOf('identity')).not.toHaveLength(0)
  outbox.saveOutcomes([{ seq: 1, outcome: 'applied', positions: {}, findings: [] }])
  outbox.settle([1])
  expect(linesOf('outcomes')).toMatchObject([{ epoch: 1, outcomes: [{ seq: 1 }] }])
  expect(linesOf('settled')).toMatchObject([{ epoch: 1, seqs: [1] }])
  expect(outbox.mirror()).toBe('kept')
  outbox.close()
})

test('what the database refuses is not in the mirror either', () => {
  const outbox = open()
  outbox.saveIdentity(identity)
  outbox.append(anOperation(1), null)
  const unchained = anOperation(2, { body: { prevHash: 'f'.repeat(64) } })
  expect(() => outbox.append(unchained, null)).toThrow('does not follow')
  expect(() => outbox.append(anOperation(1), null)).toThrow('does not follow')
  expect(seqsMirrored()).toEqual([1])
  expect(outbox.mirror()).toBe('kept')
  for (let seq = 2; seq <= 40; seq += 1) outbox.append(anOperation(seq), null)
  expect(() => outbox.append(unchained, null)).toThrow('does not follow')
  outbox.append(anOperation(41), null)
  outbox.close()
  expect(seqsMirrored()).toEqual(Array.from({ length: 41 }, (_, index) => index + 1))
})

test('a journal that cannot be written holds nothing up, says so, and is filled later', () => {
  writeFileSync(journal, 'a file where the folder should be')
  const without = open()
  without.saveIdentity(identity)
  for (const seq of [1, 2, 3]) without.append(anOperation(seq), null)
  expect(without.mirror()).toBe('behind')
  without.close()
  rmSync(journal)
  const outbox = open()
  expect(outbox.mirror()).toBe('kept')
  outbox.append(anOperation(4), null)
  expect(seqsMirrored()).toEqual([1, 2, 3, 4])
  outbox.close()
})

test('an older outbox begins its mirror with what the server may not have', () => {
  const plain = openOutbox(path(), key)
  plain.saveIdentity(identity)
  for (const seq of [1, 2, 3]) plain.append(anOperation(seq), null)
  plain.saveOutcomes([{ seq: 1, outcome: 'applied', positions: {}, findings: [] }])
  plain.settle([1])
  plain.close()
  open().close()
  expect(seqsMirrored()).toEqual([2, 3])
})

test('a lost write-ahead log, or an old copy of the file, is filled from the mirror', () => {
  const outbox = open()
  outbox.saveIdentity(identity)
  outbox.append(anOperation(1), null)
  outbox.copyInto(path('old.db'))
  outbox.append(anOperation(2), null)
  outbox.append(anOperation(3), 'desk-a.1.2')
  outbox.close()
  const old = openOutbox(path('old.db'), key)
  expect(mergeJournal(old, journal, key)).toEqual({
    operations: 2,
    isDiverged: false,
    hasGap: false,
  })
  expect(old.lastSeq()).toBe(3)
  expect(old.byId('desk-a.1.2')?.undoneBy).toBe('desk-a.1.3')
  expect(mergeJournal(old, journal, key)).toMatchObject({ operations: 0, isDiverged: false })
  old.close()
})

test('an outbox that forgot who it is takes its name from the mirror', () => {
  const outbox = open()
  outbox.saveIdentity({ ...identity, epoch: 2 })
  outbox.append(anOperation(1, { epoch: 2, id: 'desk-a.2.1' }), null)
  outbox.close()
  const empty = openOutbox(path('empty.db'), key)
  expect(mergeJournal(empty, journal, key).operations).toBe(1)
  expect(empty.identity()).toEqual({ ...identity, epoch: 2 })
  empty.close()
})

test('a mirror that went another way is not merged', () => {
  const outbox = open()
  outbox.saveIdentity(identity)
  for (const seq of [1, 2]) outbox.append(anOperation(seq), null)
  outbox.close()
  const other = openOutbox(path('other.db'), key)
  other.saveIdentity(identity)
  const another = 'f'.repeat(64)
  other.append(anOperation(1, { id: 'another', hash: another }), null)
  expect(mergeJournal(other, journal, key)).toEqual({
    operations: 0,
    isDiverged: true,
    hasGap: false,
  })
  other.close()
})

test('pruning keeps the head, leaves no gap, and takes the mirror along', () => {
  mkdirSync(journal)
  const outbox = open()
  outbox.saveIdentity(identity)
  const days = (n: number) => NOW + n * 86_400_000
  for (const seq of [1, 2, 3, 4, 5]) outbox.append(anOperation(seq, { at: days(seq) }), null)
  const answer = (seq: number, at: number, outcome: 'applied' | 'quarantined' = 'applied') => {
    outbox.saveOutcomes([{ seq, outcome, positions: {}, findings: [] }], at)
    outbox.settle([seq])
  }
  answer(1, days(10))
  answer(2, days(10))
  answer(3, days(20))
  answer(5, days(10))
  expect(outbox.prune(days(10), 100)).toBe(0)
  // 4 is unsent: 5 stays behind it, however old its answer is.
  expect(outbox.prune(days(15), 1)).toBe(1)
  expect(outbox.prune(days(15), 100)).toBe(1)
  expect(outbox.firstSeq()).toBe(3)
  answer(4, days(10))
  expect(outbox.prune(days(30), 100)).toBe(2)
  expect([outbox.firstSeq(), outbox.lastSeq()]).toEqual([5, 5])
  expect(outbox.headHash()).toBe(anOperation(5).hash)
  expect(outbox.prune(days(300), 100)).toBe(0)
  expect(seqsMirrored()).toEqual([5])
  expect(() => outbox.append(anOperation(7), null)).toThrow('does not follow')
  outbox.append(anOperation(6, { at: days(6) }), null)
  expect(outbox.lastSeq()).toBe(6)
  outbox.close()
})

test('an operation in quarantine is kept', () => {
  const outbox = open()
  outbox.saveIdentity(identity)
  for (const seq of [1, 2]) outbox.append(anOperation(seq), null)
  const outcomes = [
    { seq: 1, outcome: 'quarantined', positions: {}, findings: [] },
    { seq: 2, outcome: 'applied', positions: {}, findings: [] },
  ] as const
  outbox.saveOutcomes(outcomes, NOW)
  outbox.settle([1, 2])
  expect(outbox.prune(NOW + 1, 100)).toBe(0)
  outbox.close()
})
