/** A card that runs on. Rule D11. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import { CalendarDate, sameDayLater } from '../words/calendar-date.ts'
import { ReaderId } from '../words/ids.ts'
import { aboutReader, standingFindings } from './about-reader.ts'

const Payload = z.strictObject({ reader: ReaderId })
const Summary = z.strictObject({ readerId: z.string(), expiresOn: CalendarDate })

export const extendCard = defineOperation({
  kind: 'reader.extend',
  evidence: 'intent',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader }) => aSubject({ readerId: reader, atReaderDesk: atReaderDesk({}) }),
  decide({ reader, policy }, payload, ctx) {
    const findings = standingFindings(reader, 'D11')
    const category = policy.readerCategories.find(({ id }) => id === reader?.category)
    // Counted from today, as at the registration: two desks that extend come to the same day.
    const expiresOn = sameDayLater(ctx.today, category?.cardYears ?? 1)
    const summary = { readerId: payload.reader as string, expiresOn }
    if (reader === null) return { findings, changes: [], summary, about: aboutReader(null) }
    if (reader.expiresOn >= expiresOn) {
      findings.push(impossible('nothing-to-extend', 'D11', { params: { until: reader.expiresOn } }))
    }
    const changes = [patch('reader', reader.id, { expiresOn })]
    return { findings, changes, summary, about: aboutReader(reader) }
  },
})
