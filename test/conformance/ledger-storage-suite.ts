/** What every store of the ledger keeps to. Each test gets an empty city of its own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Scope } from '../../domain/scopes.ts'
import type {
  BatchWriting,
  LedgerOperation,
  LedgerStorage,
} from '../../server/storage/ledger-storage.ts'
import {
  BRANCH,
  NOW,
  OTHER_BRANCH,
  aLoan,
  aReader,
  aTitle,
  anItem,
  theCity,
} from '../builders/city.ts'
import { enrolDevice } from './enrolled-device.ts'
import { HERE, THERE, removeRow, writePuts } from './turn-writes.ts'

const nothing: BatchWriting = {
  operations: [],
  undone: [],
  chains: new Map(),
  quarantine: [],
}

const anOperation = (seq: number): LedgerOperation => ({
  id: `desk-a.1.${seq}`,
  epoch: 1,
  seq,
  hash: String(seq).padStart(64, 'f'),
  kind: 'item.mark-damaged',
  staffId: 'staff-lin',
  branchId: BRANCH,
  at: NOW,
  receivedAt: NOW + 5,
  body: '{"text":"\\u0000"}',
  outcome: 'applied',
  findings: [{ code: 'item-damaged' }],
  positions: { [HERE]: seq },
  changes: [{ patch: 'item', id: 'item-1', set: { condition: 'damaged' }, add: {} }],
  inverse: [{ patch: 'item', id: 'item-1', set: { condition: 'good' }, add: {} }],
})

export function ledgerStorageSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage

  beforeEach(async () => {
    storage = await open()
  })
  afterEach(async () => {
    await storage.close()
  })

  test('a new city is empty and has an epoch that stays', async () => {
    expect(await storage.heads()).toEqual({})
    const { serverEpoch, isSampleCity } = await storage.city()
    expect(serverEpoch).not.toBe('')
    expect(isSampleCity).toBe(false)
    expect((await storage.city()).serverEpoch).toBe(serverEpoch)
    await storage.ping()
  })

  describe('seed', () => {
    const reader = aReader({ activeAt: [{ branchId: OTHER_BRANCH, lastOn: '2026-11-01' }] })

    test('fills an empty city once, each record in its scopes, items in brief as well', async () => {
      const items = Array.from({ length: 450 }, (_, index) =>
        put('item', anItem({ id: `item-${index}`, barcode: `0440051${index}` })),
      )
      const rest = [put('reader', reader), put('loan', aLoan()), put('title', aTitle())]
      expect(await storage.seed([...theCity(), ...items, ...rest], true)).toBe(true)
      expect((await storage.city()).isSampleCity).toBe(true)
      const heads = await storage.heads()
      expect(Object.keys(heads).toSorted()).toEqual([HERE, THERE, 'brief', 'catalogue', 'city'])
      const cursors = Object.fromEntries(Object.keys(heads).map((scope) => [scope, 0]))
      const { entries, isComplete } = await storage.readFeed(cursors, 500, 1e9)
      expect(isComplete).toBe(true)
      expect(entries.every(({ operationId }) => operationId === null)).toBe(true)
      const told = (wanted: Scope) =>
        entries.filter(({ scope }) => scope === wanted).flatMap(({ changes }) => changes)
      expect(told('city')).toHaveLength(theCity().length)
      expect(told(HERE)).toHaveLength(451)
      expect(told(THERE)).toEqual([put('reader', reader), put('loan', aLoan())])
      expect(told('brief')).toHaveLength(450)
      expect(told('brief')[0]).toMatchObject({ row: { callNumber: null, priceFen: null } })
      expect(await storage.get('item', 'item-449')).toMatchObject({ barcode: '0440051449' })
      expect(await storage.seed(theCity(), true)).toBe(false)
    })

    test('tells of a blocked card by its hash', async () => {
      const blocked = aReader({ blockedUntilOn: '2027-01-01', blockedFor: ['lend'] })
      await storage.seed([...theCity(), put('reader', blocked)], false)
      const { entries } = await storage.readFeed({ brief: 0 }, 10, 1e6)
      expect(entries.flatMap(({ changes }) => changes)).toEqual([
        {
          put: 'blocked-card',
          row: { id: expect.stringMatching(/^[0-9a-f]{32}$/) as string, untilOn: '2027-01-01' },
        },
      ])
      expect(JSON.stringify(entries)).not.toContain(blocked.cardNumber)
    })

    test('that fails half-way leaves nothing', async () => {
      function* broken() {
        yield* theCity()
        for (let index = 0; index < 5_000; index++) yield put('item', anItem({ id: `i${index}` }))
        throw new Error('the file ends here')
      }
      await expect(storage.seed(broken(), true)).rejects.toThrow('the file ends here')
      expect(await storage.get('branch', BRANCH)).toBeNull()
      expect(await storage.heads()).toEqual({})
    })

    test('that tells a loan before its item is refused', async () => {
      await expect(storage.seed([...theCity(), put('loan', aLoan())], true)).rejects.toThrow(
        'item:item-1 before its loan',
      )
    })
  })

  describe('a batch', () => {
    beforeEach(() => enrolDevice(storage, 'desk-a'))

    test('keeps all it wrote', async () => {
      await storage.withBatch('desk-a', async (batch) => {
        expect(batch.device).toMatchObject({ id: 'desk-a', branchId: BRANCH, revokedAt: null })
        expect(batch.chainHeads.size).toBe(0)
        await writePuts(batch, [put('item', anItem())])
        await batch.write({
          ...nothing,
          operations: [anOperation(1), anOperation(2)],
          chains: new Map([[1, { lastSeq: 2, headHash: 'b'.repeat(64) }]]),
        })
      })
      expect(await storage.get('item', 'item-1')).toEqual(anItem())
      expect(await storage.chainHead('desk-a', 1)).toEqual({
        lastSeq: 2,
        headHash: 'b'.repeat(64),
      })
      expect((await storage.readFeed({ [HERE]: 0 }, 10, 1e6)).entries).toEqual([
        { scope: HERE, number: 1, operationId: null, changes: [put('item', anItem())] },
      ])
      await storage.withBatch('desk-a', async (batch) => {
        const stored = await batch.storedOutcomes(1, 2, 9)
        const { id, seq, outcome, findings, positions, hash } = anOperation(2)
        expect([...stored]).toEqual([
          [2, { hash, outcome: { id, seq, outcome, findings, positions } }],
        ])
        expect(
          (await batch.operations(['desk-a.1.1', 'desk-a.1.9'])).get('desk-a.1.1'),
        ).toMatchObject({
          staffId: 'staff-lin',
          changes: anOperation(1).changes,
          inverse: anOperation(1).inverse,
          undoneBy: null,
        })
        await batch.write({ ...nothing, undone: [{ id: 'desk-a.1.1', by: 'desk-a.1.2' }] })
      })
      await storage.withBatch('desk-a', async (batch) => {
        const logged = await batch.operations(['desk-a.1.1', 'desk-a.1.9', 'no such', 'a.b.c'])
        expect(logged.get('desk-a.1.1')?.undoneBy).toBe('desk-a.1.2')
        expect(logged.size).toBe(1)
      })
    })

    test('that throws after writing keeps nothing', async () => {
      const failing = storage.withBatch('desk-a', async (batch) => {
        await writePuts(batch, [put('item', anItem())])
        throw new Error('power cut')
      })
      await expect(failing).rejects.toThrow('power cut')
      expect(await storage.get('item', 'item-1')).toBeNull()
      expect(await storage.heads()).toEqual({})
    })

    test('a removed row stays known as removed, until that is forgotten', async () => {
      await storage.withTurn((turn) => writePuts(turn, [put('item', anItem())]))
      await storage.withTurn((turn) => removeRow(turn, 'item:item-1', NOW))
      expect(await storage.get('item', 'item-1')).toBeNull()
      expect(await storage.find('itemByBarcode', [anItem().barcode])).toEqual([])
      const stored = () =>
        storage.withTurn(async (turn) => (await turn.records(['item:item-1'])).get('item:item-1'))
      expect(await stored()).toEqual({ row: null, version: 2, scopes: [] })
      expect(await storage.forgetRemoved(NOW)).toBe(0)
      expect(await storage.forgetRemoved(NOW + 1)).toBe(1)
      expect(await stored()).toBeUndefined()
    })

    test('keeps what could not enter the ledger, the same upload once', async () => {
      const upload = {
        epoch: 1,
        seq: 3,
        hash: 'c'.repeat(64),
        body: '{}',
        reason: 'fork',
        receivedAt: NOW,
      } as const
      for (let time = 0; time < 2; time++) {
        await storage.withBatch('desk-a', (batch) =>
          batch.write({ ...nothing, quarantine: [upload] }),
        )
      }
      expect(await storage.heads()).toEqual({})
    })

    test('of an unknown device does not run', async () => {
      const work = vi.fn<() => Promise<void>>()
      await expect(storage.withBatch('desk-z', work)).rejects.toThrow('desk-z')
      expect(work).not.toHaveBeenCalled()
    })

    test('I18 numbers have no gap whoever writes at once', async () => {
      const desks = ['desk-b', 'desk-c', 'desk-d']
      for (const desk of desks) await enrolDevice(storage, desk)
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          storage.withBatch(desks[index % 3] ?? '', (batch) =>
            writePuts(
              batch,
              [put('item', anItem({ id: `item-${index}` }))],
              // Other scopes each time, and in another order: sorted, none waits in a circle.
              index % 2 === 0 ? [HERE, THERE] : [THERE, HERE],
            ),
          ),
        ),
      )
      const { entries, heads } = await storage.readFeed({ [HERE]: 0, [THERE]: 0 }, 500, 1e9)
      expect(heads).toEqual({ [HERE]: 30, [THERE]: 30 })
      for (const wanted of [HERE, THERE]) {
        const numbers = entries.filter(({ scope }) => scope === wanted).map(({ number }) => number)
        expect(numbers).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
      }
    })
  })

  describe('an enrolment code', () => {
    const code = {
      label: 'ABCD',
      secretHash: 'right',
      branchId: BRANCH,
      deskName: '一号台',
      expiresAt: NOW + 1_000,
    }
    const device = { id: 'desk-a', deskName: '一号台', publicKey: 'key' }
    const attempt = (secretHash: string, at = NOW) => ({ label: 'ABCD', secretHash, at })

    beforeEach(() => storage.saveEnrolmentCode(code))

    test('enrols one device, once', async () => {
      expect(await storage.device('desk-a')).toBeNull()
      const enrolled = { ...device, branchId: BRANCH, enrolledAt: NOW, revokedAt: null }
      expect(await storage.enrol(attempt('right'), device)).toEqual(enrolled)
      expect(await storage.device('desk-a')).toEqual(enrolled)
      expect(await storage.enrol(attempt('right'), { ...device, id: 'desk-b' })).toBeNull()
    })

    test('is worn out by five wrong tries', async () => {
      for (let time = 0; time < 5; time++) {
        expect(await storage.enrol(attempt('wrong'), device)).toBeNull()
      }
      expect(await storage.enrol(attempt('right'), device)).toBeNull()
    })

    test('ends with its time', async () => {
      expect(await storage.enrol(attempt('right', NOW + 1_000), device)).toBeNull()
    })
  })

  test('a revoked device stays revoked since the first time', async () => {
    await enrolDevice(storage, 'desk-a')
    await enrolDevice(storage, 'desk-b')
    expect(await storage.revokeDevice('desk-a', NOW)).toBe(true)
    expect(await storage.revokeDevice('desk-a', NOW + 9)).toBe(true)
    expect(await storage.revokeDevice('desk-z', NOW)).toBe(false)
    expect((await storage.device('desk-a'))?.revokedAt).toBe(NOW)
    expect(await storage.revokedAmong(['desk-a', 'desk-b'])).toEqual(['desk-a'])
  })

  test('failures to sign in are counted one after another', async () => {
    const count = () =>
      storage.updateSignInFailures('desk-a lin', (before) => ({
        failures: (before?.failures ?? 0) + 1,
        lockouts: 0,
        lockedUntil: null,
        lastAt: NOW,
      }))
    await Promise.all([count(), count(), count()])
    expect((await count())?.failures).toBe(4)
    expect(await storage.updateSignInFailures('desk-a lin', () => null)).toBeNull()
    expect((await count())?.failures).toBe(1)
  })

  test('a nonce is new once, until it is forgotten', async () => {
    expect(await storage.rememberNonce('desk-a', 'n', NOW, NOW - 10)).toBe(true)
    expect(await storage.rememberNonce('desk-a', 'n', NOW + 1, NOW - 9)).toBe(false)
    expect(await storage.rememberNonce('desk-b', 'n', NOW + 1, NOW - 9)).toBe(true)
    expect(await storage.rememberNonce('desk-a', 'n', NOW + 11, NOW + 1)).toBe(true)
  })
}
