/** What staff know about an exception, said for whoever settles it. Rule E5. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { EXCEPTION_COMMENTS_MAX } from '../evidence.ts'
import { PlainText } from '../words/plain-text.ts'
import type { StaffId } from '../words/ids.ts'
import { ExceptionId } from '../words/ids.ts'
import { aboutException } from './settle-exception.ts'

const Payload = z.strictObject({ exception: ExceptionId, text: PlainText(500).min(1) })

const Summary = z.strictObject({ exceptionId: z.string() })

export const commentException = defineOperation({
  kind: 'exception.comment',
  evidence: 'intent',
  permission: 'see-exceptions',
  audit: 'exception',
  payload: Payload,
  summary: Summary,
  subject: ({ exception }) => aSubject({ exceptionId: exception }),
  decide({ exception }, payload, ctx) {
    const summary = { exceptionId: payload.exception as string }
    const about = aboutException(exception)
    if (exception === null) {
      return { findings: [impossible('unknown-exception', 'E1')], changes: [], summary, about }
    }
    const said = { at: ctx.at, staffId: ctx.staff.id as StaffId, text: payload.text }
    const comments = [...exception.comments, said].slice(-EXCEPTION_COMMENTS_MAX)
    return {
      findings: [],
      changes: [patch('exception', exception.id, { comments })],
      summary,
      about,
    }
  },
})
