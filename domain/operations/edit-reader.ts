/** One field of a reader's record, corrected. Rules D2, D9, E9. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { editConflict } from '../edit-conflict.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { atReaderDesk } from '../reader-facts.ts'
import type { Reader } from '../records.ts'
import { CalendarDate, ageOn } from '../words/calendar-date.ts'
import { ReaderId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutReader, standingFindings } from './about-reader.ts'
import { CONSENT_AGE } from './register-reader.ts'

const named = { reader: ReaderId }
const text = (length: number) => PlainText(length).min(1).nullable()

/** `from`: as the screen showed it. Several fields are several operations: each may clash alone. */
const Payload = z.discriminatedUnion('field', [
  z.strictObject({
    ...named,
    field: z.literal('name'),
    from: PlainText(60),
    to: PlainText(60).min(1),
  }),
  z.strictObject({ ...named, field: z.literal('phone'), from: text(30), to: text(30) }),
  z.strictObject({ ...named, field: z.literal('note'), from: text(500), to: text(500) }),
  z.strictObject({
    ...named,
    field: z.literal('bornOn'),
    from: CalendarDate.nullable(),
    to: CalendarDate.nullable(),
  }),
  z.strictObject({
    ...named,
    field: z.literal('guardianReaderId'),
    from: ReaderId.nullable(),
    to: ReaderId.nullable(),
    /** Of the new guardian. */
    hasConsent: z.boolean(),
  }),
])
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ readerId: z.string(), field: z.string() })

export const editReader = defineOperation({
  kind: 'reader.edit',
  // Said at the desk: an edit is kept, and where it clashes a person chooses.
  evidence: 'physical',
  permission: 'register-readers',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: (payload) => {
    const guardianId = payload.field === 'guardianReaderId' ? payload.to : null
    return aSubject({ readerId: payload.reader, atReaderDesk: atReaderDesk({ guardianId }) })
  },
  decide(facts, payload, ctx) {
    const { reader } = facts
    const { field, from, to } = payload
    const summary = { readerId: payload.reader as string, field }
    const about = aboutReader(reader)
    const findings = [...standingFindings(reader, 'D9'), ...childFindings(facts, payload, ctx)]
    if (reader === null) return { findings, changes: [], summary, about }
    const theirs = reader[field]
    if (theirs !== from && theirs !== to) {
      const edit = { record: 'reader', id: reader.id, field } as const
      findings.push(editConflict({ ...edit, mine: to, theirs }))
      return { findings, changes: [], summary, about }
    }
    const isConsented = payload.field === 'guardianReaderId' && payload.hasConsent
    const consent: Partial<Reader> =
      payload.field === 'guardianReaderId' ? { guardianConsentAt: isConsented ? ctx.at : null } : {}
    const changes = [patch('reader', reader.id, { [field]: to, ...consent })]
    return { findings, changes, summary, about }
  },
})

/** D2 for whoever turns out to be a child, and for a child whose guardian changes. */
function childFindings({ reader, guardian, policy }: Facts, payload: Payload, ctx: Ctx): Finding[] {
  if (reader === null) return []
  const isBirth = payload.field === 'bornOn'
  const isGuardian = payload.field === 'guardianReaderId'
  if (!isBirth && !isGuardian) return []
  const bornOn = isBirth ? payload.to : reader.bornOn
  const category = policy.readerCategories.find(({ id }) => id === reader.category)
  const isChild =
    bornOn === null ? category?.isJuvenile === true : ageOn(bornOn, ctx.today) < CONSENT_AGE
  const found: Finding[] = []
  const isSelf = isGuardian && payload.to === reader.id
  const isNamed = isGuardian ? payload.to !== null && guardian !== null : guardian !== null
  if (isSelf || (isChild && !isNamed)) found.push(impossible('guardian-missing', 'D2'))
  const hasConsent = isGuardian ? payload.hasConsent : reader.guardianConsentAt !== null
  if (isChild && isNamed && !hasConsent) found.push(impossible('consent-missing', 'D2'))
  return found
}
