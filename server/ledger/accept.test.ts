import { describe, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import { NOW, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { enrolDevice } from '../../test/conformance/enrolled-device.ts'
import { ledgerAcceptSuite } from '../../test/conformance/ledger-accept-suite.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type { BatchWriting, LedgerStorage } from '../storage/ledger-storage.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import { accept } from './accept.ts'

describe('accept in memory', () => {
  ledgerAcceptSuite(async () => openMemoryStorage('epoch-1'))
})

describe('a store that refuses the rows of one operation', () => {
  /** Refuses every batch that holds the effects of this operation; its quarantine it takes. */
  function refusing(storage: LedgerStorage, id: string): LedgerStorage {
    const isRefused = ({ operations }: BatchWriting) =>
      operations.some((one) => one.id === id && one.outcome !== 'quarantined')
    return {
      ...storage,
      withBatch: (deviceId, fn) =>
        storage.withBatch(deviceId, (batch) =>
          fn({
            ...batch,
            async write(writing) {
              if (isRefused(writing)) throw new LedgerStorageFailure('rejected', null)
              await batch.write(writing)
            },
          }),
        ),
    }
  }

  test('I8 each is retried alone, and that one is quarantined', async () => {
    const storage = openMemoryStorage('epoch-1')
    await storage.seed([...theCity(), put('item', anItem()), put('reader', aReader())], false)
    await enrolDevice(storage, 'desk-a')
    const desk = openDeskLog('desk-a')
    const { barcode } = anItem()
    const operations = [
      desk.next('loan.check-out', { barcode, card: aReader().cardNumber, dueOn: null }),
      desk.next('loan.check-in', { barcode, returnedOn: null }),
      desk.next('item.mark-damaged', { item: 'item-1', note: '封面破损' }),
    ]
    const accepted = await accept(refusing(storage, 'desk-a.1.2'), 'desk-a', operations, NOW)
    expect(accepted.outcomes.map(({ outcome }) => outcome)).toEqual([
      'applied',
      'quarantined',
      'applied',
    ])
    expect(await accept(storage, 'desk-a', operations, NOW)).toEqual(accepted)
    expect(await storage.get('item', 'item-1')).toMatchObject({
      openLoanId: 'desk-a.1.1.r1',
      condition: 'damaged',
    })
  })

  test('a store that is busy is told to the desk: nothing is taken', async () => {
    const storage = openMemoryStorage('epoch-1')
    await enrolDevice(storage, 'desk-a')
    const busy: LedgerStorage = {
      ...storage,
      withBatch: async () => {
        throw new LedgerStorageFailure('busy', null)
      },
    }
    const pushed = openDeskLog('desk-a').raw({})
    await expect(accept(busy, 'desk-a', [pushed], NOW)).rejects.toMatchObject({ code: 'busy' })
    expect((await storage.chainHead('desk-a', 1)).lastSeq).toBe(0)
  })
})

describe('a city that came back from its backup', () => {
  test('F6 counts money that arrives before the fee it was taken for', async () => {
    const storage = openMemoryStorage('epoch-2')
    await storage.seed([...theCity(), put('reader', aReader())], false)
    for (const desk of ['desk-a', 'desk-b']) await enrolDevice(storage, desk)
    const cause = { reader: 'reader-1', cause: 'other', item: null, note: '污损' } as const
    const desk = openDeskLog('desk-a')
    const charges = [200, 150, 100].map((amountFen) =>
      desk.next('fee.charge', { ...cause, amountFen }),
    )
    const fees = [1, 2].map((seq) => ({ fee: `desk-a.1.${seq}.r1`, amountFen: 150 }))
    const payload = { reader: 'reader-1', fees, tender: 'wechat', till: null } as const
    const payment = openDeskLog('desk-b').next('payment.take', payload, { version: 2 })
    const paid = await accept(storage, 'desk-b', [payment], NOW)
    expect(paid.outcomes.map(({ outcome }) => outcome)).toEqual(['applied-with-exception'])
    const { outcomes } = await accept(storage, 'desk-a', charges, NOW)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
    const kept = await Promise.all([1, 2, 3].map((seq) => storage.get('fee', `desk-a.1.${seq}.r1`)))
    expect(kept).toMatchObject([
      { paidFen: 150, settledAt: null },
      { paidFen: 150, settledAt: NOW + 2 },
      { paidFen: 0, settledAt: null },
    ])
    expect(await storage.get('reader', 'reader-1')).toMatchObject({ feesOwedFen: 150 })
  })
})
