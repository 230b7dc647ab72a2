/** Look-ups, locks and guards of a store. Each test gets an empty city of its own. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { FinderName, FinderValue } from '../../domain/gathering.ts'
import { noRecord } from '../../server/storage/ledger-storage.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import {
  NOW,
  aFee,
  aLease,
  aLedgerEntry,
  aLoan,
  aReader,
  aStaff,
  aTill,
  aTitle,
  anException,
  anItem,
} from '../builders/city.ts'
import { enrolDevice } from './enrolled-device.ts'
import { HERE, removeRow, writePuts } from './turn-writes.ts'

export function ledgerRecordsSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage

  beforeEach(async () => {
    storage = await open()
  })
  afterEach(async () => {
    await storage.close()
  })

  describe('a lock', () => {
    beforeEach(async () => {
      await enrolDevice(storage, 'desk-a')
      await storage.withTurn((turn) =>
        writePuts(turn, [
          put('item', anItem()),
          put('item', anItem({ id: 'item-2', barcode: 'b2' })),
        ]),
      )
    })

    test('answers what is another version than was read', async () => {
      const versions = new Map<RecordKey, number>([
        ['item:item-1', 1],
        ['item:item-2', 0],
        ['item:item-3', 1],
      ])
      const others = await storage.withTurn((turn) => turn.lock(versions))
      expect([...others]).toEqual([
        [
          'item:item-2',
          { row: anItem({ id: 'item-2', barcode: 'b2' }), version: 1, scopes: [HERE] },
        ],
      ])
    })

    test('makes the second wait for the first, and tells it what changed', async () => {
      const held = Promise.withResolvers<null>()
      const mayWrite = Promise.withResolvers<null>()
      const first = storage.withTurn(async (turn) => {
        await turn.lock(new Map([['item:item-1', 1]]))
        held.resolve(null)
        await mayWrite.promise
        await writePuts(turn, [put('item', anItem({ shelf: 'B-02' }))])
      })
      await held.promise
      const second = storage.withTurn((turn) => turn.lock(new Map([['item:item-1', 1]])))
      mayWrite.resolve(null)
      await first
      expect((await second).get('item:item-1')).toMatchObject({
        version: 2,
        row: { shelf: 'B-02' },
      })
    })

    test('a circle of waiting is broken, and who was sent away comes again', async () => {
      const one: RecordKey = 'item:item-1'
      const other: RecordKey = 'item:item-2'
      const inOrder = (first: RecordKey, second: RecordKey) =>
        storage.withTurn(async (turn) => {
          await turn.lock(new Map([[first, 0]]))
          await new Promise((later) => setTimeout(later, 20))
          await turn.lock(new Map([[second, 0]]))
          return 'done'
        })
      expect(await Promise.all([inOrder(one, other), inOrder(other, one)])).toEqual([
        'done',
        'done',
      ])
    })

    test('a guard keeps two from finding nothing at once', async () => {
      const search = { finder: 'readerByCard', values: ['new'], limit: 2 } as const
      const register = (id: string) =>
        storage.withTurn(async (turn) => {
          await turn.guard([search])
          const [found = []] = await turn.search([search])
          if (found.length > 0) return 'known'
          await writePuts(turn, [put('reader', aReader({ id, cardNumber: 'new' }))])
          return 'registered'
        })
      const results = await Promise.all([register('reader-1'), register('reader-2')])
      expect(results.toSorted()).toEqual(['known', 'registered'])
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
      put('exception', anException({ id: 'x-3', openedAt: 30, itemId: null })),
      put('title', aTitle()),
      put('staff', aStaff()),
      put('fee', aFee({ id: 'fee-2', openedAt: 9 })),
      put('fee', aFee({ openedAt: 5, settledAt: 6 })),
      put('ledger-entry', aLedgerEntry({ id: 'entry-2', at: 9 })),
      put('ledger-entry', aLedgerEntry({ at: 5 })),
      put('lease', aLease({ id: 'lease-2', grantedAt: 9 })),
      put('lease', aLease({ grantedAt: 5 })),
      put('lease', aLease({ id: 'lease-closed', grantedAt: 1, closedAt: 2 })),
      put('till', aTill({ id: 'till-2', openedAt: 9 })),
      put('till', aTill({ openedAt: 5 })),
      put('till', aTill({ id: 'till-closed', openedAt: 1, closedAt: 2 })),
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
      ['openExceptionsOfReader', ['reader-1', null], ['x-1', 'x-3', 'x-2']],
      ['loansOfReader', ['reader-1'], ['loan-late', 'loan-done', 'loan-soon']],
      ['feesOfReader', ['reader-1'], ['fee-1', 'fee-2']],
      ['entriesOfReader', ['reader-1'], ['entry-1', 'entry-2']],
      ['openLeasesOfReader', ['reader-1', null], ['lease-1', 'lease-2']],
      ['openLeasesOfDevice', ['desk-a', null], ['lease-1', 'lease-2']],
      ['openTillsOfDevice', ['desk-a', null], ['till-1', 'till-2']],
      ['titleByControlNumber', ['012026000001'], ['title-1']],
      ['staffByUsername', ['lin'], ['staff-lin']],
    ]

    test.each(table)('%s %j', async (finder, values, ids) => {
      await storage.withTurn((turn) => writePuts(turn, rows))
      expect((await storage.find(finder, values)).map(({ id }) => id)).toEqual(ids)
      await storage.withTurn(async (turn) => {
        const [found = [], none] = await turn.search([
          { finder, values, limit: 1 },
          { finder, values: values.map((value) => (value === null ? null : '?')), limit: 1 },
        ])
        expect(found.map(({ row, version, scopes }) => [row.id, version, scopes])).toEqual(
          ids.slice(0, 1).map((id) => [id, 1, [HERE]]),
        )
        expect(none).toEqual([])
      })
    })

    test('follows a row that changes', async () => {
      await storage.withTurn((turn) => writePuts(turn, [put('item', anItem())]))
      await storage.withTurn((turn) => writePuts(turn, [put('item', anItem({ barcode: 'new' }))]))
      expect(await storage.find('itemByBarcode', [anItem().barcode])).toEqual([])
      expect(await storage.find('itemByBarcode', ['new'])).toHaveLength(1)
    })
  })

  test('a record that somebody else made meanwhile is refused, not written over', async () => {
    const made = anItem({ id: 'i1' })
    await storage.withTurn((turn) => writePuts(turn, [put('item', made)]))
    const late = storage.withTurn((turn) => {
      const row = { ...made, barcode: '04400510000099' }
      const writing = { row, scopes: [HERE], stored: noRecord }
      return turn.writeRecords({ records: new Map([['item:i1', writing]]), dirty: [], at: NOW })
    })
    await expect(late).rejects.toMatchObject({ code: 'rejected' })
    expect(await storage.get('item', 'i1')).toEqual(made)
  })

  test('what is to be told in brief is taken once, in order', async () => {
    const dirty = ['a', 'b', 'c'].map((id) => ({ kind: 'item', id, card: null }) as const)
    await storage.withTurn((turn) => turn.writeRecords({ records: new Map(), dirty, at: NOW }))
    const take = (limit: number) => storage.withTurn((turn) => turn.takeDirty(limit))
    const failing = storage.withTurn(async (turn) => {
      await turn.takeDirty(2)
      throw new Error('power cut')
    })
    await expect(failing).rejects.toThrow('power cut')
    expect(await take(2)).toEqual(dirty.slice(0, 2))
    expect(await take(2)).toEqual(dirty.slice(2))
    expect(await take(2)).toEqual([])
  })

  test('records of a kind are listed by id, without those that were removed', async () => {
    const items = ['i1', 'i2', 'i3', 'i4'].map((id) => put('item', anItem({ id })))
    await storage.withTurn((turn) => writePuts(turn, [...items, put('reader', aReader())]))
    await storage.withTurn((turn) => removeRow(turn, 'item:i2'))
    const list = async (after: string) =>
      (await storage.listRecords('item', after, 2)).map(({ row }) => row.id)
    expect(await list('')).toEqual(['i1', 'i3'])
    expect(await list('i3')).toEqual(['i4'])
  })
}
