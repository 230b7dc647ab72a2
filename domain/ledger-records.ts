/** Ledgers, and what is spent from them: records that are only added to, and their leases. */
import { z } from 'zod'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import { BranchId, DeviceId, FeeId, LeaseId, LedgerEntryId } from './words/ids.ts'
import { ReaderId, TillId } from './words/ids.ts'
import { Tender } from './policy/charge-shapes.ts'
import { PlainText } from './words/plain-text.ts'

/**
 * A ledger is only added to (I26); a mistake is corrected by a reversal.
 * `amount`: points, or fen of a payment; earned and paid are positive, spent and paid back negative;
 * 0 of a certificate.
 */
export const LedgerEntry = z.strictObject({
  id: LedgerEntryId,
  ledger: z.enum(['points', 'money', 'certificates']),
  readerId: ReaderId,
  amount: z.int().min(-100_000_000).max(100_000_000),
  cause: z.enum([
    'earned',
    'redeemed',
    'paid',
    'refunded',
    'issued',
    'reversed',
    'adjusted',
    'deposited',
    'deposit-returned',
  ]),
  /** What the policy calls it: an earning, a reward, a series of certificates. */
  policyLine: PlainText(60).nullable(),
  /** Of a certificate: drawn from a leased block (I27). */
  number: z.int().min(1).nullable(),
  at: EpochMs,
  branchId: BranchId,
  /** The lease it was spent from. */
  leaseId: LeaseId.nullable(),
  /** The entry that this one takes back. */
  reversesId: LedgerEntryId.nullable(),
  feeId: FeeId.nullable(),
  /** Of money; null where a program of before did not ask. */
  tender: Tender.nullable(),
  /** The till that was open for it; of cash, the one whose sum it moved. */
  tillId: TillId.nullable(),
  note: PlainText(200).nullable(),
})

/**
 * What a desk may spend without asking: points of a reader, or numbers of a series
 * (design/sync.md, Leases). Granted by the server to one device and epoch.
 */
export const Lease = z.strictObject({
  id: LeaseId,
  kind: z.enum(['points', 'numbers']),
  deviceId: DeviceId,
  epoch: z.int().min(1),
  /** Whose points; null for numbers. */
  readerId: ReaderId.nullable(),
  /** Which numbers; null for points. */
  series: PlainText(200).nullable(),
  /** The first number of the block; null for points. */
  firstNumber: z.int().nullable(),
  amount: z.int().min(1).max(1_000_000),
  /** Of the amount, never beyond it (I25): what was spent beyond came out of the free points. */
  spent: z.int().min(0),
  grantedAt: EpochMs,
  notAfter: EpochMs,
  /** Returned by the desk or reclaimed by the city; null while it may be spent. */
  closedAt: EpochMs.nullable(),
})

/** The next number of a series; the server's alone, no desk holds it. */
export const NumberSeries = z.strictObject({
  id: PlainText(200).min(1),
  nextNumber: z.int().min(1),
})

/**
 * A card that may not borrow, told to every desk without a name. `id`: the first 32 hex digits of
 * HMAC-SHA256 of the card number, under the bytes of Policy.cardHashKey.
 */
export const BlockedCard = z.strictObject({
  id: z.string().length(32),
  /** Blocked through this day; `9999-12-31` where no end is set. */
  untilOn: CalendarDate,
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
export type Lease = z.infer<typeof Lease>
export type NumberSeries = z.infer<typeof NumberSeries>
export type BlockedCard = z.infer<typeof BlockedCard>
