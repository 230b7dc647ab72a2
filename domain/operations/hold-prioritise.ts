/** Staff put a hold before others. Rules H6, H11. */
import { z } from 'zod'
import { HOLD_PRIORITY_MAX } from '../hold-records.ts'
import { defineOperation } from '../operation.ts'
import { HoldId } from '../words/ids.ts'
import { HoldSummary, holdSubject, setWhileWaiting } from './about-hold.ts'

const Payload = z.strictObject({
  hold: HoldId,
  priority: z.int().min(0).max(HOLD_PRIORITY_MAX),
})

export const prioritiseHold = defineOperation({
  kind: 'hold.prioritise',
  evidence: 'intent',
  permission: 'override-limits',
  audit: 'circulation',
  payload: Payload,
  summary: HoldSummary,
  subject: ({ hold }) => holdSubject(hold),
  decide: (facts, { hold, priority }) => setWhileWaiting(facts, hold, { priority }),
})
