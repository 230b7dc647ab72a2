import { afterEach, describe, expect, test } from 'vitest'

import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import {
  NOW,
  OTHER_BRANCH,
  aFee,
  aLedgerEntry,
  aTill,
  anException,
} from '../../test/builders/city.ts'
import { someStores } from '../../test/builders/stores.ts'
import { excessOf, feeStepsOf } from './excess.ts'

let stores: ReturnType<typeof someStores>
afterEach(() => {
  stores.close()
})

const twice = anException({ id: 'x', kind: 'fee-settled-twice', operationId: 'desk-a.1.1' })
const paid = (id: string, feeId: string, parts: Parameters<typeof aLedgerEntry>[0] = {}): Change =>
  put(
    'ledger-entry',
    aLedgerEntry({
      id,
      feeId,
      ledger: 'money',
      cause: 'paid',
      amount: 90,
      tender: 'wechat',
      ...parts,
    }),
  )
const excessIn = (changes: readonly Change[], exception = twice) => {
  stores = someStores(changes)
  return excessOf(stores.replica.rows, exception, 'desk-a')
}
const waived = put('fee', aFee({ waivedFen: 60, paidFen: 30, settledAt: NOW }))

describe('what was paid too much', () => {
  test('F6 beyond what the fee could take, by the tender it came in, from the open till', () => {
    const found = excessIn([
      waived,
      put('fee', aFee({ id: 'fee-2', paidFen: 90, settledAt: NOW })),
      paid('desk-a.1.1.r1', 'fee-1'),
      paid('desk-a.1.1.r2', 'fee-2'),
      paid('desk-a.1.10.r1', 'fee-3'),
      put('till', aTill()),
    ])
    expect(found).toEqual({
      readerId: 'reader-1',
      lines: [{ entry: 'desk-a.1.1.r1', amountFen: 60 }],
      amountFen: 60,
      paidFen: 120,
      waivedFen: 60,
      tender: 'wechat',
      tillId: 'till-1',
    })
  })

  test('F6 all of it, where the fee is gone', () => {
    expect(excessIn([paid('desk-a.1.1.r1', 'fee-1')])?.amountFen).toBe(90)
  })

  test.each([
    [
      'nothing, once it went back',
      [
        waived,
        paid('desk-a.1.1.r1', 'fee-1'),
        paid('back', 'fee-1', { amount: -60, cause: 'refunded', reversesId: 'desk-a.1.1.r1' }),
      ],
      twice,
    ],
    ['nothing, of another kind of exception', [paid('desk-a.1.1.r1', 'fee-1')], anException()],
    ['nothing, where this desk does not hold the payment', [waived], twice],
  ])('F6 %s', (_says, changes, exception) => {
    expect(excessIn(changes, exception)).toBeNull()
  })

  test('F6 the story of the fee: charged, paid by others, and last waived by whom', () => {
    const lastWaiver = { staffId: 'staff-lin', branchId: OTHER_BRANCH, at: NOW + 2 } as never
    stores = someStores([
      put('fee', aFee({ waivedFen: 60, paidFen: 30, settledAt: NOW, lastWaiver })),
      paid('desk-a.1.1.r1', 'fee-1'),
      paid('desk-b.1.1.r1', 'fee-1', { branchId: OTHER_BRANCH, at: NOW + 1 }),
    ])
    expect(feeStepsOf(stores.replica.rows, twice)).toEqual([
      { what: 'charged', at: NOW, branchId: null, staffId: null },
      { what: 'paid', at: NOW + 1, branchId: OTHER_BRANCH, staffId: null },
      { what: 'waived', at: NOW + 2, branchId: OTHER_BRANCH, staffId: 'staff-lin' },
    ])
    expect(feeStepsOf(stores.replica.rows, anException())).toEqual([])
  })
})
