/** Who has taken an exception on. Rule E4. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { mayDo } from '../policy/roles.ts'
import type { Staff } from '../records.ts'
import { ExceptionId, StaffId } from '../words/ids.ts'
import { aboutException } from './settle-exception.ts'

const Payload = z.strictObject({
  exception: ExceptionId,
  /** Null gives it back to everyone. */
  staff: StaffId.nullable(),
})

const Summary = z.strictObject({ exceptionId: z.string(), staffId: z.string().nullable() })

export const assignException = defineOperation({
  kind: 'exception.assign',
  evidence: 'intent',
  permission: 'see-exceptions',
  audit: 'exception',
  payload: Payload,
  summary: Summary,
  subject: ({ exception, staff }) => aSubject({ exceptionId: exception, staffId: staff }),
  decide({ exception, assignee }, payload) {
    const summary = { exceptionId: payload.exception as string, staffId: payload.staff }
    const about = aboutException(exception)
    if (exception === null) {
      return { findings: [impossible('unknown-exception', 'E1')], changes: [], summary, about }
    }
    const findings: Finding[] = []
    if (exception.settledAt !== null) findings.push(impossible('already-settled', 'E2'))
    if (payload.staff !== null) findings.push(...assigneeFindings(assignee))
    const changes = [patch('exception', exception.id, { assignedTo: payload.staff })]
    return { findings, changes, summary, about }
  },
})

function assigneeFindings(assignee: Staff | null): Finding[] {
  if (assignee === null || !assignee.isActive) return [impossible('unknown-staff', 'E4')]
  if (mayDo(assignee.role, 'settle-exceptions')) return []
  return [impossible('staff-may-not-settle', 'E4', { params: { name: assignee.name } })]
}
