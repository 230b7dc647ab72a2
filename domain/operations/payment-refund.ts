/** Money that was taken is handed back; the fee stays settled. Rule Z12 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import { LedgerEntryId, ReaderId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  /** The payment. */
  entry: LedgerEntryId,
  amountFen: z.int().min(1).max(100_000_000),
  reason: PlainText(200).min(1),
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
  subject: ({ reader, entry }) =>
    aSubject({ readerId: reader, ledger: inLedger({ entryId: entry }) }),
  decide(facts, payload, ctx) {
    const id = ctx.newId() as LedgerEntryId
    const refund = put('ledger-entry', {
      id,
      ledger: 'money',
      readerId: payload.reader,
      amount: -payload.amountFen,
      cause: 'refunded',
      policyLine: null,
      number: null,
      at: ctx.at,
      branchId: ctx.branchId as BranchId,
      leaseId: null,
      reversesId: payload.entry,
      feeId: facts.ledger.entry?.feeId ?? null,
      note: payload.reason,
    })
    return {
      findings: refundFindings(facts, payload),
      changes: [refund],
      summary: {
        entryId: id,
        reverses: payload.entry,
        amountFen: payload.amountFen,
      },
      about: { itemId: null, readerId: payload.reader, loanId: null, otherLoanId: null },
    }
  },
})

function refundFindings({ ledger: { entry, reversals } }: Facts, payload: Payload): Finding[] {
  if (entry === null || entry.readerId !== payload.reader) {
    return [impossible('unknown-entry', 'Z12')]
  }
  if (entry.cause !== 'paid') return [impossible('not-reversible', 'Z12')]
  const found: Finding[] = []
  if (reversals.length > 0) found.push(impossible('already-reversed', 'Z12'))
  if (entry.amount !== payload.amountFen) {
    found.push(impossible('payment-differs', 'Z12', { params: { owedFen: entry.amount } }))
  }
  return found
}
