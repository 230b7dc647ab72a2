/** Staff put a hold before others. Rules H6, H11. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { HOLD_PRIORITY_MAX } from '../hold-records.ts'
import { defineOperation, impossible } from '../operation.ts'
import { HoldId } from '../words/ids.ts'
import { HoldSummary, aboutHold, holdSubject, holdSummary, openFindings } from './about-hold.ts'

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
  decide(facts, { hold: id, priority }, _ctx) {
    const { hold } = facts.holds
    const isKept = hold !== null && (hold.state === 'on-shelf' || hold.state === 'in-transit')
    return {
      findings: [
        ...openFindings(facts),
        ...(isKept ? [impossible('hold-kept-already', 'H11')] : []),
      ],
      changes: hold === null ? [] : [patch('hold', hold.id, { priority })],
      summary: holdSummary(id, hold),
      about: aboutHold(hold),
    }
  },
})
