/** What screens are told of fees and tills. */
import { z } from 'zod'
import { LedgerEntry } from '../domain/ledger-records.ts'
import { FeeCause, Tender } from '../domain/policy/charge-shapes.ts'
import { Fee } from '../domain/records.ts'
import { Till } from '../domain/till-records.ts'
import { LedgerEntryId, ReaderId } from '../domain/words/ids.ts'

export const ReaderFees = z.strictObject({
  /** Open ones, the oldest first; then those settled of late, the newest first. */
  rows: z.array(
    z.strictObject({
      fee: Fee,
      owedFen: z.int(),
      title: z.string().nullable(),
      barcode: z.string().nullable(),
      /** The city has not confirmed the charge. */
      isPending: z.boolean(),
    }),
  ),
  owedFen: z.int(),
  /** Paid for a loss that was found since, and to be paid back through `untilOn` (R14). */
  lossRefunds: z.array(
    z.strictObject({
      entry: LedgerEntry,
      /** What of it did not go back yet. */
      leftFen: z.int(),
      untilOn: z.string(),
      title: z.string().nullable(),
      barcode: z.string().nullable(),
    }),
  ),
  /** What this desk has open. */
  till: Till.nullable(),
  /** The latest operation of this desk that moved the reader's money: its receipt may be printed again. */
  newestReceiptId: z.string().nullable(),
})

/** What one operation of this desk took or handed back. */
export const MoneyReceipt = z.strictObject({
  operationId: z.string(),
  /** Short, and of this desk alone. */
  number: z.string(),
  slip: z.enum(['payment-receipt', 'refund-receipt']),
  at: z.number(),
  staffName: z.string(),
  deskName: z.string(),
  reader: z.strictObject({ id: z.string(), name: z.string(), cardNumber: z.string() }).nullable(),
  lines: z.array(
    z.strictObject({
      cause: z.union([FeeCause, z.literal('deposit')]).nullable(),
      title: z.string().nullable(),
      barcode: z.string().nullable(),
      amountFen: z.int(),
    }),
  ),
  amountFen: z.int(),
  tender: Tender.nullable(),
  givenFen: z.int().nullable(),
  owedFen: z.int(),
  note: z.string().nullable(),
})

const TillRow = z.strictObject({
  till: Till,
  openedByName: z.string().nullable(),
  closedByName: z.string().nullable(),
  cashInFen: z.int(),
  /** Positive. */
  cashOutFen: z.int(),
  /** Payments less refunds in other tenders while it was open. */
  others: z.array(z.strictObject({ tender: Tender, amountFen: z.int(), count: z.int() })),
})

export const TillList = z.strictObject({
  deviceId: z.string().nullable(),
  open: TillRow.nullable(),
  /** Of the branch, the latest first; the open one of this desk is not among them. */
  history: z.array(TillRow),
})

/** Of `fee-settled-twice`: what may go back to the reader, and how. */
export const ExcessShape = z.strictObject({
  readerId: ReaderId,
  lines: z.array(z.strictObject({ entry: LedgerEntryId, amountFen: z.int() })),
  amountFen: z.int(),
  /** Of the fees that it was for. */
  paidFen: z.int(),
  waivedFen: z.int(),
  /** As it was paid; null where nobody said. */
  tender: Tender.nullable(),
  tillId: Till.shape.id.nullable(),
})
