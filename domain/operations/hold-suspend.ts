/** A hold that is passed over for a while, at its place in the queue. Rules H6, H11. */
import { z } from 'zod'
import { defineOperation } from '../operation.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { HoldId } from '../words/ids.ts'
import { HoldSummary, holdSubject, setWhileWaiting } from './about-hold.ts'

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
  decide: (facts, { hold, untilOn }) => setWhileWaiting(facts, hold, { suspendedUntilOn: untilOn }),
})
