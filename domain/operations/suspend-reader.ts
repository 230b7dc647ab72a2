/** Stopping a reader from lending, renewing or holding, and letting them again. Rules D7, D8. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import { NO_END, widened } from '../policy/blocked-for.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { BlockScope } from '../reader-records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { ReaderId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({
  reader: ReaderId,
  /** The last day; null without an end. */
  untilOn: CalendarDate.nullable(),
  blockedFor: z.array(BlockScope).min(1).max(3),
  reason: PlainText(200).min(1),
})
const Summary = z.strictObject({ readerId: z.string(), untilOn: CalendarDate })

export const suspendReader = defineOperation({
  kind: 'reader.suspend',
  evidence: 'intent',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader }, payload, ctx) {
    const findings = standingFindings(reader, 'D7')
    const asked = payload.untilOn ?? NO_END
    if (asked < ctx.today) findings.push(impossible('suspension-in-past', 'D7'))
    const blocked = reader?.blockedUntilOn ?? null
    const isRunning = blocked !== null && blocked >= ctx.today
    // Two desks, two reasons: the longer and the wider of both holds, whichever came first.
    const untilOn = isRunning && blocked > asked ? blocked : asked
    if (isRunning && untilOn !== asked) {
      findings.push(note('suspended-longer', 'D7', { params: { until: untilOn } }))
    }
    const summary = { readerId: payload.reader as string, untilOn }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    const change = patch('reader', reader.id, {
      blockedUntilOn: untilOn,
      blockedFor: widened(isRunning ? reader.blockedFor : [], payload.blockedFor),
      blockReason: payload.reason,
    })
    return { findings, changes: [change], summary, about: aboutReader(reader) }
  },
})

const Lifting = z.strictObject({ reader: ReaderId, reason: PlainText(200).min(1) })
const Lifted = z.strictObject({ readerId: z.string() })

export const liftSuspension = defineOperation({
  kind: 'reader.lift-suspension',
  evidence: 'intent',
  permission: 'override-blocks',
  audit: 'reader',
  payload: Lifting,
  summary: Lifted,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader }, payload, ctx) {
    const findings = standingFindings(reader, 'D8')
    const summary = { readerId: payload.reader as string }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    if (reader.blockedUntilOn === null || reader.blockedUntilOn < ctx.today) {
      findings.push(impossible('not-suspended', 'D8'))
    }
    const none = { blockedUntilOn: null, blockedFor: [], blockReason: null }
    const changes = [patch('reader', reader.id, none)]
    return { findings, changes, summary, about: aboutReader(reader) }
  },
})
