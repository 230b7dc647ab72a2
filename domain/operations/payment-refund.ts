/** Money that was taken is handed back; the fee stays settled. Rules Z12, F8 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Tender } from '../policy/charge-shapes.ts'
import { balanced, sumFen, waived } from '../policy/fee-balance.ts'
import type { Till } from '../till-records.ts'
import { PlainText } from '../words/plain-text.ts'
import { LedgerEntryId, ReaderId, TillId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'
import { cashFindings, cashMoved, openTillOf } from './till-cash.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  /** The payment. */
  entry: LedgerEntryId,
  amountFen: z.int().min(1).max(100_000_000),
  reason: PlainText(200).min(1),
  /** Null where a program of before did not ask. */
  tender: Tender.nullable(),
  till: TillId.nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ entryId: z.string(), reverses: z.string(), amountFen: z.int() })

export const refundPayment = defineOperation({
  kind: 'payment.refund',
  evidence: 'physical',
  // Money leaves the till: whoever may settle for the city.
  permission: 'settle-exceptions',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, entry, till }) =>
    aSubject({ readerId: reader, ledger: inLedger({ entryId: entry, tillId: till }) }),
  decide(facts, payload, ctx) {
    const till = openTillOf(facts, ctx)
    const { tender, amountFen } = payload
    const { entry } = facts.ledger
    const refund = refundOf(facts, entry, { ...payload, note: payload.reason, till }, ctx)
    return {
      findings: [...refundFindings(facts, payload), ...cashFindings(tender, till)],
      changes: [
        put('ledger-entry', refund),
        ...staysSettled(facts, amountFen, ctx),
        ...cashMoved(tender, till, -amountFen),
      ],
      summary: { entryId: refund.id, reverses: payload.entry, amountFen },
      about: { itemId: null, readerId: payload.reader, loanId: null, otherLoanId: null },
    }
  },
})

interface Refund {
  readonly reader: LedgerEntry['readerId']
  readonly entry: LedgerEntry['id']
  readonly amountFen: number
  readonly note: string | null
  readonly tender: Tender | null
  readonly till: Till | null
}

/** Money given back against `entry`, the payment, which nobody may know. */
export const refundOf = (
  { ledger }: Facts,
  entry: LedgerEntry | null,
  { reader, entry: reversesId, amountFen, note, tender, till }: Refund,
  ctx: Ctx,
): LedgerEntry => ({
  id: ctx.newId() as LedgerEntryId,
  ledger: 'money',
  // On the ledger of the record that stands: what came before a merge was carried over to it.
  readerId: ledger.standingByReader.get(entry?.readerId ?? '')?.id ?? entry?.readerId ?? reader,
  amount: -amountFen,
  cause: 'refunded',
  policyLine: null,
  number: null,
  at: ctx.at,
  branchId: ctx.branchId as BranchId,
  leaseId: null,
  reversesId,
  feeId: entry?.feeId ?? null,
  tender,
  tillId: till?.id ?? null,
  note,
})

/** Of this reader, or of a record that became part of theirs. */
function isOwn({ ledger, reader }: Facts, entry: LedgerEntry, payload: Payload): boolean {
  const standing = ledger.standingByReader.get(entry.readerId)?.id ?? entry.readerId
  return [entry.readerId, standing].some(
    (id) => id === payload.reader || id === reader?.mergedIntoId,
  )
}

function refundFindings(facts: Facts, payload: Payload): Finding[] {
  const { entry, reversals } = facts.ledger
  if (entry === null || !isOwn(facts, entry, payload)) {
    return [impossible('unknown-entry', 'Z12')]
  }
  if (entry.cause !== 'paid') return [impossible('not-reversible', 'Z12')]
  // What of it was in excess went back by itself (F6).
  const leftFen = entry.amount + sumFen(reversals)
  if (leftFen <= 0) return [impossible('already-reversed', 'Z12')]
  if (leftFen === payload.amountFen) return []
  return [impossible('payment-differs', 'Z12', { params: { owedFen: leftFen } })]
}

/** What is handed back of a payment that counted is waived instead. */
function staysSettled({ ledger }: Facts, amountFen: number, ctx: Ctx) {
  const { entry, fee } = ledger
  if (fee === null || entry?.cause !== 'paid') return []
  const entered = sumFen(ledger.entriesByFee.get(fee.id) ?? []) - amountFen
  const uncovered = Math.max(0, fee.paidFen - Math.max(0, entered))
  return uncovered > 0
    ? waived(fee, entered, uncovered, ctx)
    : balanced(fee, entered, fee.waivedFen, ctx.at)
}
