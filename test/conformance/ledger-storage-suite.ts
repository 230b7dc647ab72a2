/** What every store of the ledger keeps to. Each test gets an empty city of its own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keyOf, put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { FinderName, FinderValue } from '../../domain/facts.ts'
import { openFeedRange } from '../../server/ledger/feed-range.ts'
import type {
  BatchWriting,
  LedgerBatch,
  LedgerOperation,
  LedgerStorage,
} from '../../server/storage/ledger-storage.ts'
import {
  BRANCH,
  NOW,
  aLoan,
  aReader,
  aStaff,
  aTitle,
  anException,
  anItem,
  theCity,
} from '../builders/city.ts'
import { enrolDevice } from './enrolled-device.ts'

const nothing: BatchWriting = {
  operations: [],
  undone: [],
  rows: new Map(),
  feed: [],
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
  positions: { circulation: seq },
  changes: [{ patch: 'item', id: 'item-1', set: { condition: 'damaged' }, add: {} }],
  inverse: [{ patch: 'item', id: 'item-1', set: { condition: 'good' }, add: {} }],
})

/** Puts, as a batch would write them. */
async function writePuts(batch: LedgerBatch, changes: readonly Change[]): Promise<void> {
  const feed = openFeedRange(await batch.lockHeads())
  feed.append(null, changes)
  const rows = new Map(
    changes.flatMap((change) =>
      'put' in change ? [[keyOf(change.put, change.row.id), change.row] as const] : [],
    ),
  )
  await batch.write({ ...nothing, rows, feed: feed.entries })
}

export function ledgerStorageSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage

  beforeEach(async () => {
    storage = await open()
  })
  afterEach(async () => {
    await storage.close()
  })

  const writeAs = (deviceId: string, changes: readonly Change[]) =>
    storage.withBatch(deviceId, (batch) => writePuts(batch, changes))

  test('a new city is empty and has an epoch that stays', async () => {
    expect(await storage.heads()).toEqual({ city: 0, catalogue: 0, circulation: 0 })
    const { serverEpoch, isSampleCity } = await storage.city()
    expect(serverEpoch).not.toBe('')
    expect(isSampleCity).toBe(false)
    expect((await storage.city()).serverEpoch).toBe(serverEpoch)
    await storage.ping()
  })

  describe('seed', () => {
    test('fills an empty city once, as feed entries without an operation', async () => {
      const items = Array.from({ length: 450 }, (_, index) =>
        put('item', anItem({ id: `item-${index}`, barcode: `0440051${index}` })),
      )
      expect(await storage.seed([...theCity(), ...items], true)).toBe(true)
      expect((await storage.city()).isSampleCity).toBe(true)
      const { entries, heads, isComplete } = await storage.readFeed({}, 500, 1e9)
      expect(isComplete).toBe(true)
      expect(entries.every(({ operationId }) => operationId === null)).toBe(true)
      expect(entries.flatMap(({ changes }) => changes)).toHaveLength(theCity().length + 450)
      expect(entries.filter(({ scope }) => scope === 'circulation').at(-1)?.number).toBe(
        heads.circulation,
      )
      expect(await storage.get('item', 'item-449')).toMatchObject({ barcode: '0440051449' })
      expect(await storage.seed(theCity(), true)).toBe(false)
    })

    test('that fails half-way leaves nothing', async () => {
      function* broken() {
        yield* theCity()
        for (let index = 0; index < 500; index++) yield put('item', anItem({ id: `i${index}` }))
        throw new Error('the file ends here')
      }
      await expect(storage.seed(broken(), true)).rejects.toThrow('the file ends here')
      expect(await storage.get('branch', BRANCH)).toBeNull()
      expect(await storage.heads()).toEqual({ city: 0, catalogue: 0, circulation: 0 })
    })
  })

  describe('a batch', () => {
    beforeEach(() => enrolDevice(storage, 'desk-a'))

    test('keeps all it wrote', async () => {
      await storage.withBatch('desk-a', async (batch) => {
        expect(batch.device).toMatchObject({ id: 'desk-a', branchId: BRANCH, revokedAt: null })
        expect(await batch.chainHead(1)).toEqual({ lastSeq: 0, headHash: '0'.repeat(64) })
        const feed = openFeedRange(await batch.lockHeads())
        feed.append('desk-a.1.1', [put('item', anItem())])
        await batch.write({
          ...nothing,
          operations: [anOperation(1), anOperation(2)],
          rows: new Map([['item:item-1', anItem()]]),
          feed: feed.entries,
          chains: new Map([[1, { lastSeq: 2, headHash: 'b'.repeat(64) }]]),
        })
      })
      expect(await storage.get('item', 'item-1')).toEqual(anItem())
      expect(await storage.chainHead('desk-a', 1)).toEqual({
        lastSeq: 2,
        headHash: 'b'.repeat(64),
      })
      expect((await storage.readFeed({}, 10, 1e6)).entries).toEqual([
        {
          scope: 'circulation',
          number: 1,
          operationId: 'desk-a.1.1',
          changes: [put('item', anItem())],
        },
      ])
      await storage.withBatch('desk-a', async (batch) => {
        const stored = await batch.storedOutcomes(1, 2, 9)
        const { id, seq, outcome, findings, positions, hash } = anOperation(2)
        expect([...stored]).toEqual([
          [2, { hash, outcome: { id, seq, outcome, findings, positions } }],
        ])
        expect(await batch.operation('desk-a.1.1')).toMatchObject({
          staffId: 'staff-lin',
          changes: anOperation(1).changes,
          inverse: anOperation(1).inverse,
          undoneBy: null,
        })
        await batch.write({ ...nothing, undone: [{ id: 'desk-a.1.1', by: 'desk-a.1.2' }] })
      })
      await storage.withBatch('desk-a', async (batch) => {
        expect((await batch.operation('desk-a.1.1'))?.undoneBy).toBe('desk-a.1.2')
        expect(await batch.operation('desk-a.1.9')).toBeNull()
      })
    })

    test('that throws after writing keeps nothing', async () => {
      const failing = storage.withBatch('desk-a', async (batch) => {
        await writePuts(batch, [put('item', anItem())])
        throw new Error('power cut')
      })
      await expect(failing).rejects.toThrow('power cut')
      expect(await storage.get('item', 'item-1')).toBeNull()
      expect((await storage.heads()).circulation).toBe(0)
    })

    test('removes a row for good', async () => {
      await writeAs('desk-a', [put('item', anItem())])
      await storage.withBatch('desk-a', async (batch) => {
        await batch.lockHeads()
        await batch.write({ ...nothing, rows: new Map([['item:item-1', null]]) })
      })
      expect(await storage.get('item', 'item-1')).toBeNull()
      expect(await storage.find('itemByBarcode', [anItem().barcode])).toEqual([])
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
      expect((await storage.heads()).circulation).toBe(0)
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
          writeAs(desks[index % 3] ?? '', [put('item', anItem({ id: `item-${index}` }))]),
        ),
      )
      const { entries, heads } = await storage.readFeed({}, 500, 1e9)
      expect(heads.circulation).toBe(30)
      expect(entries.map(({ number }) => number)).toEqual(
        Array.from({ length: 30 }, (_, index) => index + 1),
      )
    })
  })

  describe('a finder', () => {
    const rows: Change[] = [
      put('item', anItem()),
      put('item', anItem({ id: 'item-2' })),
      put('item', anItem({ id: 'item-3' })),
      put('reader', aReader({ idNumberHash: 'a'.repeat(64) })),
      put('reader', aReader({ id: 'reader-2', cardNumber: '2', bornOn: null })),
      put('loan', aLoan({ id: 'loan-late', dueOn: '2026-12-30', lentAt: 5 })),
      put('loan', aLoan({ id: 'loan-soon', dueOn: '2026-12-01', lentAt: 40 })),
      put('loan', aLoan({ id: 'loan-done', dueOn: '2026-01-01', lentAt: 9, returnedAt: 50 })),
      put('exception', anException({ id: 'x-2', openedAt: 100 })),
      put('exception', anException({ id: 'x-1', openedAt: 20 })),
      put('exception', anException({ id: 'x-0', openedAt: 10, settledAt: 11 })),
      put('title', aTitle()),
      put('staff', aStaff()),
    ]
    const table: [FinderName, FinderValue[], string[]][] = [
      ['itemByBarcode', [anItem().barcode], ['item-1', 'item-2']],
      ['itemByBarcode', ['nothing'], []],
      ['readerByCard', ['2'], ['reader-2']],
      ['readersByIdHash', ['a'.repeat(64)], ['reader-1']],
      ['readersByNameAndBirth', ['王小明', '1990-05-01'], ['reader-1']],
      ['readersByNameAndBirth', ['王小明', null], ['reader-2']],
      ['openLoansByDue', ['reader-1', null], ['loan-soon', 'loan-late']],
      ['openLoansOfItem', ['item-1', null], ['loan-late', 'loan-soon']],
      ['loansOfItem', ['item-1'], ['loan-late', 'loan-done', 'loan-soon']],
      ['openExceptionsOfItem', ['item-1', null], ['x-1', 'x-2']],
      ['titleByControlNumber', ['012026000001'], ['title-1']],
      ['staffByUsername', ['lin'], ['staff-lin']],
    ]

    test.each(table)('%s %j', async (finder, values, ids) => {
      await enrolDevice(storage, 'desk-a')
      await writeAs('desk-a', rows)
      expect((await storage.find(finder, values)).map(({ id }) => id)).toEqual(ids)
      await storage.withBatch('desk-a', async (batch) => {
        const found = await batch.find(finder, values, 1)
        expect(found.map(({ id }) => id)).toEqual(ids.slice(0, 1))
      })
    })

    test('follows a row that changes', async () => {
      await enrolDevice(storage, 'desk-a')
      await writeAs('desk-a', [put('item', anItem())])
      await writeAs('desk-a', [put('item', anItem({ barcode: 'new' }))])
      expect(await storage.find('itemByBarcode', [anItem().barcode])).toEqual([])
      expect(await storage.find('itemByBarcode', ['new'])).toHaveLength(1)
    })
  })

  describe('the feed', () => {
    beforeEach(async () => {
      await enrolDevice(storage, 'desk-a')
      for (let index = 1; index <= 6; index++) {
        await writeAs('desk-a', [
          put('item', anItem({ id: `item-${index}` })),
          put('title', aTitle({ id: `title-${index}` })),
        ])
      }
    })

    test('is read in pages that lose nothing', async () => {
      const cursors = { city: 0, catalogue: 0, circulation: 0 }
      const seen: string[] = []
      let pages = 0
      for (let isComplete = false; !isComplete; pages++) {
        const page = await storage.readFeed(cursors, 5, 1e6)
        expect(page.entries.length).toBeLessThanOrEqual(5)
        for (const { scope, number } of page.entries) {
          expect(number).toBe(cursors[scope] + 1)
          cursors[scope] = number
          seen.push(`${scope} ${number}`)
        }
        ;({ isComplete } = page)
      }
      expect(seen).toHaveLength(12)
      expect(pages).toBe(3)
      expect(cursors).toEqual({ city: 0, catalogue: 6, circulation: 6 })
    })

    test('pages end at the given weight, but hold one entry at least', async () => {
      const { entries, isComplete } = await storage.readFeed({}, 500, 10)
      expect(entries).toHaveLength(1)
      expect(isComplete).toBe(false)
    })

    test('a cursor at the head reads nothing, and that is complete', async () => {
      const page = await storage.readFeed({ city: 0, catalogue: 6, circulation: 6 }, 500, 1e6)
      expect(page).toMatchObject({ entries: [], isComplete: true })
    })

    test('calls back when a head moved', async () => {
      const called = Promise.withResolvers<null>()
      const stop = await storage.onHeadsMoved(() => called.resolve(null))
      await writeAs('desk-a', [put('item', anItem({ id: 'item-7' }))])
      await called.promise
      expect((await storage.heads()).circulation).toBe(7)
      await stop()
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
