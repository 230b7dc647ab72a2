/**
 * A reader comes to a service point that does not know them: from now on its desks hold their row,
 * their open loans and fees. Nothing but the visit is recorded; who asked stays in the audit trail.
 */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import { activeAtAfter } from '../scopes.ts'

const Payload = z.strictObject({ card: PlainText(64).min(1) })
const Summary = z.strictObject({
  /** Null where this desk does not hold the reader yet. */
  readerId: z.string().nullable(),
})

export const welcomeReader = defineOperation({
  kind: 'reader.welcome',
  // Refused, it costs nothing: the card is unknown to the city as well.
  evidence: 'intent',
  isUntold: true,
  permission: 'see-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ card }) => aSubject({ card }),
  decide({ reader }, _payload, ctx) {
    const about = { itemId: null, readerId: reader?.id ?? null, loanId: null, otherLoanId: null }
    const summary = { readerId: reader?.id ?? null }
    if (reader === null) {
      // The desk asks because it does not know; only the city can say that there is none.
      const findings = ctx.isCity ? [impossible('unknown-reader', 'L2')] : []
      return { findings, changes: [], summary, about }
    }
    const activeAt = activeAtAfter(reader, ctx.branchId, ctx.today)
    const changes = activeAt === null ? [] : [patch('reader', reader.id, { activeAt })]
    return { findings: [], changes, summary, about }
  },
})
