/** A hold that is passed over for a while, at its place in the queue. Rules H6, H11. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { defineOperation, impossible } from '../operation.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { HoldId } from '../words/ids.ts'
import { HoldSummary, aboutHold, holdSubject, holdSummary, openFindings } from './about-hold.ts'

/** `untilOn`: through this day; null resumes it. */
const Payload = z.strictObject({ hold: HoldId, untilOn: CalendarDate.nullable() })

export const suspendHold = defineOperation({
  kind: 'hold.suspend',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: HoldSummary,
  subject: ({ hold }) => holdSubject(hold),
  decide(facts, { hold: id, untilOn }, _ctx) {
    const { hold } = facts.holds
    const isKept = hold !== null && (hold.state === 'on-shelf' || hold.state === 'in-transit')
    return {
      findings: [
        ...openFindings(facts),
        ...(isKept ? [impossible('hold-kept-already', 'H11')] : []),
      ],
      changes: hold === null ? [] : [patch('hold', hold.id, { suspendedUntilOn: untilOn })],
      summary: holdSummary(id, hold),
      about: aboutHold(hold),
    }
  },
})
