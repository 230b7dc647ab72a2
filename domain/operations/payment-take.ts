/** Money for a fee. Rule Z11 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { FeeId, ReaderId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  fee: FeeId,
  amountFen: z.int().min(1).max(100_000_000),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ entryId: z.string(), feeId: z.string(), amountFen: z.int() })

export const takePayment = defineOperation({
  kind: 'payment.take',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, fee }) => aSubject({ readerId: reader, ledger: inLedger({ feeId: fee }) }),
  decide(facts, payload, ctx) {
    const id = ctx.newId() as LedgerEntryId
    const entry = put('ledger-entry', {
      id,
      ledger: 'money',
      readerId: payload.reader,
      amount: payload.amountFen,
      cause: 'paid',
      policyLine: null,
      number: null,
      at: ctx.at,
      branchId: ctx.branchId as BranchId,
      leaseId: null,
      reversesId: null,
      feeId: payload.fee,
      note: null,
    })
    return {
      findings: paymentFindings(facts, payload),
      changes: [entry, ...settles(facts, payload, ctx.at)],
      summary: {
        entryId: id,
        feeId: payload.fee,
        amountFen: payload.amountFen,
      },
      about: { itemId: null, readerId: payload.reader, loanId: null, otherLoanId: null },
    }
  },
})

function paymentFindings({ ledger: { fee } }: Facts, { amountFen, reader }: Payload): Finding[] {
  if (fee === null || fee.readerId !== reader) return [impossible('unknown-fee', 'Z11')]
  if (fee.settledAt !== null) return [impossible('fee-settled', 'Z11')]
  if (fee.amountFen === amountFen) return []
  const params = { owedFen: fee.amountFen }
  return [impossible('payment-differs', 'Z11', { params })]
}

function settles({ ledger: { fee } }: Facts, { amountFen, reader }: Payload, at: number): Change[] {
  if (fee === null || fee.settledAt !== null || fee.readerId !== reader) return []
  if (amountFen < fee.amountFen) return []
  return [
    patch('fee', fee.id, { settledAt: at }),
    patch('reader', reader, {}, { feesOwedFen: -fee.amountFen }),
  ]
}
