/** A charge by hand: a tag, a label, damage, loss. Rules F1, F2 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { ChargedCause } from '../policy/charge-shapes.ts'
import { boundsFor } from '../policy/charges.ts'
import { PlainText } from '../words/plain-text.ts'
import { ItemId, ReaderId } from '../words/ids.ts'
import type { FeeId } from '../words/ids.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  cause: ChargedCause,
  amountFen: z.int().min(1).max(100_000_000),
  item: ItemId.nullable(),
  note: PlainText(200).min(1).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ feeId: z.string(), cause: ChargedCause, amountFen: z.int() })

export const chargeFee = defineOperation({
  kind: 'fee.charge',
  // The reader was told, and may have paid: a policy that changed meanwhile does not unsay it.
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, item }) => aSubject({ readerId: reader, itemId: item }),
  decide(facts, payload, ctx) {
    const { cause, amountFen, item, note } = payload
    const id = ctx.newId() as FeeId
    const fee = put('fee', {
      id,
      readerId: payload.reader,
      loanId: null,
      itemId: item,
      cause,
      amountFen,
      paidFen: 0,
      waivedFen: 0,
      lastWaiver: null,
      openedAt: ctx.at,
      settledAt: null,
      note,
    })
    return {
      findings: chargeFindings(facts, payload),
      changes:
        facts.reader === null
          ? []
          : [fee, patch('reader', payload.reader, {}, { feesOwedFen: amountFen })],
      summary: { feeId: id, cause, amountFen },
      about: { itemId: item, readerId: payload.reader, loanId: null, otherLoanId: null },
    }
  },
})

function chargeFindings({ reader, item, policy }: Facts, payload: Payload): Finding[] {
  if (reader === null) return [impossible('unknown-reader', 'F1')]
  const { cause, amountFen, note } = payload
  const found: Finding[] = []
  if (cause === 'other' && note === null) found.push(impossible('charge-unexplained', 'F1'))
  if (cause === 'loss' && item === null) found.push(impossible('charge-of-no-item', 'F2'))
  const bounds = boundsFor(policy.charges, cause, item)
  if (bounds === null) return [...found, impossible('cause-not-charged', 'F1')]
  const { minFen, maxFen } = bounds
  if (amountFen < minFen || amountFen > maxFen) {
    const params = { minFen, maxFen }
    const rule = cause === 'loss' ? 'F2' : 'F1'
    found.push(override('charge-out-of-bounds', rule, { params, permission: 'override-blocks' }))
  }
  return found
}
