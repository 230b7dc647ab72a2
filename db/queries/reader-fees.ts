/** What a reader owes, and what was settled of late, as far as this desk knows. */
import { owedFen } from '../../domain/policy/fee-balance.ts'
import type { Fee } from '../../domain/records.ts'
import type { Till } from '../../domain/till-records.ts'
import { lossRefunds } from './loss-refunds.ts'
import type { LossRefund } from './loss-refunds.ts'
import { newestReceiptOf } from './money-receipt.ts'
import type { AskedAt, Stores } from './stores.ts'
import { openTill } from './tills.ts'
import { titleRows } from './title-row.ts'

export interface ReaderFees {
  readonly rows: readonly {
    readonly fee: Fee
    readonly owedFen: number
    readonly title: string | null
    readonly barcode: string | null
    readonly isPending: boolean
  }[]
  readonly owedFen: number
  readonly lossRefunds: readonly LossRefund[]
  readonly till: Till | null
  readonly newestReceiptId: string | null
}

const OPEN_MAX = 200
const SETTLED_SHOWN = 20

export function readerFees(
  stores: Stores,
  { readerId }: { readonly readerId: string },
  asked: AskedAt,
): ReaderFees {
  const {
    outbox,
    replica: { rows },
    catalogue,
  } = stores
  const open = rows.select(
    'fee',
    'WHERE readerId = ? AND settledAt IS NULL ORDER BY openedAt, id LIMIT ?',
    readerId,
    OPEN_MAX,
  )
  const settled = rows.select(
    'fee',
    'WHERE readerId = ? AND settledAt IS NOT NULL ORDER BY settledAt DESC, id LIMIT ?',
    readerId,
    SETTLED_SHOWN,
  )
  const fees = [...open, ...settled]
  const items = fees.map(({ itemId }) => (itemId === null ? null : rows.row('item', itemId)))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  const identity = outbox.identity()
  return {
    rows: fees.map((fee, index) => ({
      fee,
      owedFen: owedFen(fee),
      title: titleOf(items[index]?.titleId)?.title ?? null,
      barcode: items[index]?.barcode ?? null,
      isPending: outbox.byId(fee.id.replace(/\.r\d+$/, ''))?.outcome === 'pending',
    })),
    owedFen: open.reduce((sum, fee) => sum + owedFen(fee), 0),
    lossRefunds: lossRefunds(stores, readerId, asked),
    till: identity === null ? null : openTill(rows, identity.deviceId),
    newestReceiptId: newestReceiptOf(stores, readerId),
  }
}
