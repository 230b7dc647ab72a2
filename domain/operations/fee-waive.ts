/** A fee, or a part of it, that is not asked for any more. Rules F3, F4, F5 of docs/rules.md. */
import { z } from 'zod'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { owedFen, sumFen, waived } from '../policy/fee-balance.ts'
import type { Fee } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { FeeId, ReaderId } from '../words/ids.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  fee: FeeId,
  amountFen: z.int().min(1).max(100_000_000),
  /** `replaced`: the reader brought the same edition. */
  as: z.enum(['waived', 'replaced']),
  reason: PlainText(200).min(1),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ feeId: z.string(), amountFen: z.int() })

export const waiveFee = defineOperation({
  kind: 'fee.waive',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  asks: ({ fee, amountFen }) => ({ feeId: fee, amountFen }),
  subject: ({ reader, fee }) => aSubject({ readerId: reader, ledger: inLedger({ feeIds: [fee] }) }),
  decide(facts, payload, ctx) {
    const { amountFen } = payload
    const fee = facts.ledger.feesById.get(payload.fee) ?? null
    const entered = sumFen(facts.ledger.entriesByFee.get(payload.fee) ?? [])
    return {
      findings: waiveFindings(facts, fee, payload),
      changes: fee === null || amountFen > owedFen(fee) ? [] : waived(fee, entered, amountFen, ctx),
      summary: { feeId: payload.fee, amountFen },
      about: {
        itemId: fee?.itemId ?? null,
        readerId: payload.reader,
        loanId: fee?.loanId ?? null,
        otherLoanId: null,
      },
    }
  },
})

function waiveFindings({ policy }: Facts, fee: Fee | null, payload: Payload): Finding[] {
  if (fee === null || fee.readerId !== payload.reader) return [impossible('unknown-fee', 'F4')]
  const owed = owedFen(fee)
  if (owed === 0) return [impossible('fee-settled', 'F4', { params: { excessFen: 0 } })]
  const { amountFen, as } = payload
  const found: Finding[] = []
  if (amountFen > owed) {
    found.push(impossible('waiver-exceeds-owed', 'F4', { params: { owedFen: owed } }))
  }
  if (as === 'replaced') {
    if (fee.cause !== 'loss') found.push(impossible('nothing-to-replace', 'F5'))
    return found
  }
  const { waiveMaxFen } = policy.charges
  // Of the whole fee: several small ones come to a large one.
  if (fee.waivedFen + amountFen > waiveMaxFen) {
    const params = { waiveMaxFen }
    found.push(override('waiver-above-limit', 'F3', { params, permission: 'override-blocks' }))
  }
  return found
}
