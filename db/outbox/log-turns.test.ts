import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { BRANCH, NOW } from '../../test/builders/city.ts'
import { anOperation, hashOf } from '../../test/builders/stores.ts'
import { anewAfter, startAnewAfter } from './anew-after.ts'
import { readJournal } from './journal.ts'
import { RECOVERED_PREFIX, VOID_REPLICA_SETTING } from './log-turns.ts'
import type { LogTurn, Reissue } from './log-turns.ts'
import { mergeJournal } from './merge-journal.ts'
import { mirrored } from './mirrored-outbox.ts'
import { openOutbox } from './outbox.ts'
import type { DeskIdentity, Outbox } from './outbox.ts'
import { beginRebuild } from './rebuild-outbox.ts'

const identity: DeskIdentity = {
  deviceId: 'desk-a',
  epoch: 1,
  branchId: BRANCH,
  libraryId: '044005',
  deskName: '一号台',
  isSampleCity: false,
  serverUrl: null,
  serverEpoch: 'e1',
}
let folder = ''
let outbox: Outbox
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-turns-'))
  outbox = mirrored(openOutbox(join(folder, 'outbox.db'), null), join(folder, 'journal'), null)
  outbox.saveIdentity(identity)
})
afterEach(() => {
  outbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const reissue = (seq: number, newSeq: number, undoes: string | null = null): Reissue => ({
  operation: anOperation(newSeq, {
    epoch: 2,
    id: `desk-a.2.${newSeq}`,
    requestId: `request-${seq}`,
  }),
  undoes,
  supersedes: `desk-a.1.${seq}`,
})
const turnAt2: LogTurn = {
  identity: { ...identity, epoch: 2 },
  endedEpoch: 1,
  keptThrough: 2,
  reissues: [reissue(3, 1), reissue(4, 2, 'desk-a.2.1')],
}
/** Four operations, of which the city answered two; the fourth took back the third. */
function fourDone(): void {
  for (const seq of [1, 2, 3]) outbox.append(anOperation(seq), null)
  outbox.append(anOperation(4), 'desk-a.1.3')
  const applied = { outcome: 'applied', positions: {}, findings: [] } as const
  outbox.saveOutcomes([
    { seq: 1, ...applied },
    { seq: 2, ...applied },
  ])
}
const rows = (of: Outbox): unknown[] =>
  [1, 2].flatMap((epoch) =>
    of.tailOf(epoch, 0).map(({ id, requestId, outcome }) => [id, requestId, outcome]),
  )
const afterTurn = [
  ['desk-a.1.1', 'request-1', 'applied'],
  ['desk-a.1.2', 'request-2', 'applied'],
  ['desk-a.2.1', 'request-3', 'pending'],
  ['desk-a.2.2', 'request-4', 'pending'],
]

describe('a log that begins anew', () => {
  test('has every request once, under its new number', () => {
    fourDone()
    outbox.turn(turnAt2)
    expect(rows(outbox)).toEqual(afterTurn)
    expect(outbox.byRequestId('request-3')?.undoneBy).toBe('desk-a.2.2')
    expect(outbox.supersededOf(1).map(({ id }) => id)).toEqual(['desk-a.1.4', 'desk-a.1.3'])
    expect(outbox.identity()?.epoch).toBe(2)
    expect(outbox.setting(VOID_REPLICA_SETTING)).toBe('rows')
    expect(outbox.answered()).toEqual([])
    expect(outbox.unsent(9).map(({ id }) => id)).toEqual(['desk-a.2.1', 'desk-a.2.2'])
  })

  test('leaves all as it was where it cannot be done whole', () => {
    fourDone()
    const broken = { ...reissue(4, 9), undoes: null }
    expect(() => outbox.turn({ ...turnAt2, reissues: [reissue(3, 1), broken] })).toThrow(
      'does not follow',
    )
    expect(outbox.identity()?.epoch).toBe(1)
    expect(outbox.pendingCount()).toBe(2)
    expect(outbox.byId('desk-a.1.3')?.undoneBy).toBe('desk-a.1.4')
  })

  test('sends first what may still be sent under the old numbers, and settles it by its answer', () => {
    fourDone()
    outbox.turn({ ...turnAt2, keptThrough: 3, reissues: [reissue(4, 1)] })
    expect(outbox.unsent(9).map(({ id }) => id)).toEqual(['desk-a.1.3'])
    const refused = { seq: 3, outcome: 'refused', positions: {}, findings: [] } as const
    outbox.saveOutcomes([refused], NOW, 1)
    expect(outbox.byId('desk-a.1.3')).toMatchObject({ outcome: 'refused', isSettled: true })
    expect(outbox.unsent(9).map(({ id }) => id)).toEqual(['desk-a.2.1'])
  })

  test('comes back the same from its journal alone', () => {
    fourDone()
    outbox.turn(turnAt2)
    const rebuild = beginRebuild(join(folder, 'rebuilt.db'), null, () => true)
    readJournal(join(folder, 'journal'), null, rebuild.addJournal)
    rebuild.finish(NOW)
    const rebuilt = openOutbox(join(folder, 'rebuilt.db'), null)
    expect(rows(rebuilt)).toEqual(afterTurn)
    expect(rebuilt.identity()?.epoch).toBe(2)
    rebuilt.close()
  })

  test('is carried on from the journal where an older database was put in its place', () => {
    fourDone()
    outbox.copyInto(join(folder, 'old.db'))
    outbox.turn(turnAt2)
    const old = openOutbox(join(folder, 'old.db'), null)
    mergeJournal(old, join(folder, 'journal'), null)
    expect(rows(old)).toEqual(afterTurn)
    old.close()
  })
})

describe('answers of a server that was restored', () => {
  test('are void beyond what it has, and nothing else is', () => {
    fourDone()
    const voided = outbox.voidAnswers([{ epoch: 1, afterSeq: 1 }], {
      ...identity,
      serverEpoch: 'e2',
    })
    expect(voided).toBe(1)
    expect(outbox.unsent(9).map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(outbox.bySeq(1)).toMatchObject({ outcome: 'applied', isSettled: true })
    expect(outbox.identity()?.serverEpoch).toBe('e2')
    expect(outbox.setting(VOID_REPLICA_SETTING)).toBe('rows-and-titles')
    // A new answer is as fixed as the first was.
    const answer = (outcome: 'applied' | 'refused') =>
      outbox.saveOutcomes([{ seq: 2, outcome, positions: {}, findings: [] }], NOW + 5)
    answer('refused')
    expect(() => answer('applied')).toThrow('an outcome never changes')
  })

  test('are void in what its journal gives back too, and answered by the newer ones', () => {
    fourDone()
    outbox.settle([1, 2])
    outbox.voidAnswers([{ epoch: 1, afterSeq: 1 }], { ...identity, serverEpoch: 'e2' })
    const told = { outcome: 'applied', positions: { brief: 7 }, findings: [] } as const
    outbox.saveOutcomes([{ seq: 2, ...told }], NOW + 5)
    const rebuild = beginRebuild(join(folder, 'rebuilt.db'), null, () => true)
    readJournal(join(folder, 'journal'), null, rebuild.addJournal)
    rebuild.finish(NOW)
    const rebuilt = openOutbox(join(folder, 'rebuilt.db'), null)
    expect(rebuilt.bySeq(1)).toMatchObject({ outcome: 'applied', isSettled: true })
    expect(rebuilt.answered()).toEqual([{ seq: 2, outcome: 'applied', positions: { brief: 7 } }])
    expect(rebuilt.unsent(9).map(({ seq }) => seq)).toEqual([3, 4])
    expect(rebuilt.setting(VOID_REPLICA_SETTING)).toBe('rows-and-titles')
    rebuilt.close()
  })
})

test('what came back from the city is answered, settled, and follows on', () => {
  fourDone()
  outbox.turn(turnAt2)
  const recovered = (seq: number) => ({
    operation: anOperation(seq, { requestId: `${RECOVERED_PREFIX}desk-a.1.${seq}` }),
    outcome: { seq, outcome: 'applied', positions: {}, findings: [] } as const,
  })
  expect(() => outbox.addRecovered([recovered(4)], NOW)).toThrow('no gaps')
  outbox.addRecovered([recovered(3), recovered(4)], NOW)
  expect(outbox.bySeq(1)?.epoch).toBe(2)
  expect(outbox.epochs()).toMatchObject([
    { epoch: 1, firstSeq: 1, lastSeq: 4, answeredSeq: 4, headHash: hashOf(4) },
    { epoch: 2, lastSeq: 2, answeredSeq: 0 },
  ])
  expect(outbox.tailOf(1, 2).every(({ isSettled }) => isSettled)).toBe(true)
})

test('the first reason to begin anew stays, and ends with its epoch', () => {
  outbox.append(anOperation(1), null)
  startAnewAfter(outbox, 'copied')
  outbox.append(anOperation(2), null)
  startAnewAfter(outbox, 'log-lost')
  expect(anewAfter(outbox)).toEqual({ epoch: 1, seq: 1, reason: 'copied' })
  outbox.saveIdentity({ ...identity, epoch: 2 })
  expect(anewAfter(outbox)).toBeNull()
})

test('what has a hole, begins too late or hangs on nothing is not sent as it is', () => {
  for (const seq of [1, 2, 3]) outbox.append(anOperation(seq), null)
  expect(outbox.followsOn(1, 0, hashOf(0))).toBe(true)
  expect(outbox.followsOn(1, 3, hashOf(3))).toBe(true)
  expect(outbox.followsOn(1, 1, null)).toBe(true)
  expect(outbox.followsOn(1, 1, hashOf(7))).toBe(false)
  expect(outbox.followsOn(1, -1, null)).toBe(false)
  expect(outbox.followsOn(9, 0, hashOf(0))).toBe(true)
})
