import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { NOW } from '../../test/builders/city.ts'
import { anOperation, hashOf } from '../../test/builders/stores.ts'
import { StorageFailure } from '../open.ts'
import { openOutbox } from './outbox.ts'
import type { DeskIdentity, Outbox } from './outbox.ts'

let outbox: Outbox
beforeEach(() => {
  outbox = openOutbox(':memory:', null)
})
afterEach(() => {
  outbox.close()
})

const identity: DeskIdentity = {
  deviceId: 'desk-a',
  epoch: 1,
  branchId: 'branch-futian',
  libraryId: '044005',
  deskName: '一号台',
  isSampleCity: true,
  serverUrl: null,
  serverEpoch: 'server-1',
}
const answered = { positions: { circulation: 7 }, findings: [{ code: 'x' }] } as const
const seqs = (operations: readonly { seq: number }[]) => operations.map((one) => one.seq)

describe('the log', () => {
  test('an appended operation comes back whole', () => {
    const operation = anOperation(1, {
      changes: [{ remove: 'item', id: 'item-1' }],
      inverse: [{ remove: 'item', id: 'item-2' }],
      summary: { dueOn: '2026-12-23' },
      factsAgeMs: null,
    })
    outbox.append(operation, null)
    const stored = {
      ...operation,
      outcome: 'pending',
      positions: {},
      outcomeFindings: [],
      isSettled: false,
      undoneBy: null,
      answeredAt: null,
    }
    expect(outbox.byId('desk-a.1.1')).toEqual(stored)
    expect(outbox.byRequestId('request-1')).toEqual(stored)
    expect(outbox.bySeq(1)).toEqual(stored)
    expect([outbox.lastSeq(), outbox.headHash()]).toEqual([1, hashOf(1)])
  })

  test('an empty log starts at 0 and 64 zeros', () => {
    expect([outbox.lastSeq(), outbox.headHash()]).toEqual([0, '0'.repeat(64)])
    expect([outbox.byId('x'), outbox.bySeq(1), outbox.byRequestId('x')]).toEqual([null, null, null])
  })

  test('I3 a gap, a repetition and a broken chain are refused, and leave nothing', () => {
    outbox.append(anOperation(1), null)
    expect(() => {
      outbox.append(anOperation(3, { body: { prevHash: hashOf(1) } }), null)
    }).toThrow('no gaps')
    expect(() => {
      outbox.append(
        anOperation(1, { body: { prevHash: hashOf(1) }, id: 'x', requestId: 'y' }),
        null,
      )
    }).toThrow('no gaps')
    expect(() => {
      outbox.append(anOperation(2, { body: { prevHash: hashOf(9) } }), null)
    }).toThrow('does not follow')
    expect(outbox.lastSeq()).toBe(1)
  })

  test('a request is done once', () => {
    outbox.append(anOperation(1), null)
    expect(() => {
      outbox.append(anOperation(2, { requestId: 'request-1' }), null)
    }).toThrow('UNIQUE')
  })

  test('a new epoch starts a new chain from 1', () => {
    outbox.saveIdentity(identity)
    outbox.append(anOperation(1), null)
    outbox.saveIdentity({ ...identity, epoch: 2 })
    expect([outbox.lastSeq(), outbox.headHash()]).toEqual([0, '0'.repeat(64)])
    outbox.append(anOperation(1, { epoch: 2, id: 'desk-a.2.1', requestId: 'second' }), null)
    expect(outbox.bySeq(1)?.id).toBe('desk-a.2.1')
    expect(seqs(outbox.unsent(10))).toEqual([1])
  })
})

describe('outcomes', () => {
  beforeEach(() => {
    for (const seq of [1, 2, 3]) outbox.append(anOperation(seq, { at: NOW + seq }), null)
  })

  test('answered is not unsent, and settled is not unsettled', () => {
    expect(seqs(outbox.unsent(2))).toEqual([1, 2])
    outbox.saveOutcomes([{ seq: 1, outcome: 'applied', ...answered }])
    expect([seqs(outbox.unsent(10)), seqs(outbox.unsettled())]).toEqual([
      [2, 3],
      [1, 2, 3],
    ])
    expect(outbox.bySeq(1)).toMatchObject({
      outcome: 'applied',
      positions: { circulation: 7 },
      outcomeFindings: [{ code: 'x' }],
    })
    outbox.settle([1])
    expect(seqs(outbox.unsettled())).toEqual([2, 3])
    expect(outbox.pendingCount()).toBe(2)
  })

  test('I9 the same outcome twice is one; another one is refused', () => {
    outbox.saveOutcomes([{ seq: 1, outcome: 'applied', ...answered }])
    outbox.saveOutcomes([{ seq: 1, outcome: 'applied', ...answered }])
    expect(() => {
      outbox.saveOutcomes([
        { seq: 2, outcome: 'applied', ...answered },
        { seq: 1, outcome: 'refused', ...answered },
      ])
    }).toThrow('never changes')
    expect(outbox.bySeq(2)?.outcome).toBe('pending')
  })

  test('what was quarantined may still be applied', () => {
    outbox.saveOutcomes([{ seq: 1, outcome: 'quarantined', ...answered }])
    outbox.saveOutcomes([{ seq: 1, outcome: 'applied', ...answered }])
    expect(outbox.bySeq(1)?.outcome).toBe('applied')
  })

  test('an undone operation names its undo, until the server refuses the undo', () => {
    outbox.append(anOperation(4, { kind: 'operation.undo' }), 'desk-a.1.2')
    expect(outbox.bySeq(2)?.undoneBy).toBe('desk-a.1.4')
    outbox.saveOutcomes([{ seq: 4, outcome: 'refused', ...answered }])
    expect(outbox.bySeq(2)?.undoneBy).toBeNull()
  })

  test("today's list is newest first and counts neither undone nor refused", () => {
    outbox.append(anOperation(4, { kind: 'operation.undo', at: NOW + 4 }), 'desk-a.1.2')
    outbox.saveOutcomes([{ seq: 1, outcome: 'refused', ...answered }])
    expect(seqs(outbox.since(NOW + 2, 2))).toEqual([4, 3])
    expect(seqs(outbox.since(NOW, 10))).toEqual([4, 3, 2, 1])
    expect(seqs(outbox.between(NOW, NOW + 4, 2, 0))).toEqual([3, 2])
    expect(seqs(outbox.between(NOW, NOW + 4, 2, 2))).toEqual([1])
    expect(outbox.firstAt()).toBe(NOW + 1)
    expect(outbox.countsBetween(NOW, NOW + 100)).toEqual(
      new Map([
        ['item.mark-damaged', 1],
        ['operation.undo', 1],
      ]),
    )
  })
})

test('the desk remembers who it is', () => {
  expect(outbox.identity()).toBeNull()
  outbox.saveIdentity(identity)
  expect(outbox.identity()).toEqual(identity)
  outbox.saveIdentity({ ...identity, isSampleCity: false, serverUrl: 'https://city.example' })
  expect(outbox.identity()).toMatchObject({ isSampleCity: false, serverEpoch: 'server-1' })
})

test('settings are kept, replaced and erased', () => {
  outbox.saveSetting('clock', '1')
  outbox.saveSetting('clock', '2')
  expect(outbox.setting('clock')).toBe('2')
  outbox.saveSetting('clock', null)
  expect(outbox.setting('clock')).toBeNull()
})

test('a damaged page shows as a failure, not as a defect', () => {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-outbox-'))
  const path = join(folder, 'outbox.db')
  const file = openOutbox(path, null)
  for (let seq = 1; seq <= 200; seq += 1) file.append(anOperation(seq), null)
  file.close()
  const bytes = readFileSync(path)
  bytes.fill(0xaa, bytes.length - 20_000)
  writeFileSync(path, bytes)
  const damaged = openOutbox(path, null)
  expect(() => damaged.since(0, 500)).toThrow(StorageFailure)
  damaged.close()
  rmSync(folder, { recursive: true, force: true })
})
