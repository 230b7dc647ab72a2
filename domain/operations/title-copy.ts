/**
 * A record of another catalogue becomes a title of ours at once, without a draft. Rules C22, C62, C63.
 * One that comes to a title we have goes the way of drafts, where it is compared and merged.
 */
import { z } from 'zod'
import { BibContent, MarcProfile } from '../cataloguing-records.ts'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { bibToMarcRecord } from '../marc/bib-fields.ts'
import { recordToBrief } from '../marc/brief.ts'
import { titleOfBrief } from '../marc/title-of-brief.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { mayDo } from '../policy/roles.ts'
import { CopyTargetId } from '../words/ids.ts'
import type { TitleId } from '../words/ids.ts'
import { aboutNobody, lintedFindings } from './about-draft.ts'

const Payload = z.strictObject({
  target: CopyTargetId,
  profile: MarcProfile,
  ...BibContent.shape,
})
type Payload = z.infer<typeof Payload>

/** `titleId` is null where nothing could be made. */
const Summary = z.strictObject({ titleId: z.string().nullable(), title: z.string() })

export const copyTitle = defineOperation({
  kind: 'title.copy',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: (payload) =>
    aSubject({
      controlNumbers: controlNumbersOf(payload),
      copying: { targetId: payload.target, changesTarget: false, protectionOf: null },
    }),
  decide(facts, payload, ctx) {
    const id = ctx.newId() as TitleId
    const { profile, leader, fields } = payload
    const findings = [...sourceFindings(facts, ctx), ...knownFindings(facts, payload, ctx)]
    findings.push(...lintedFindings({ ...payload, base: null }, null, ctx).findings)
    const brief = recordToBrief(bibToMarcRecord(payload), profile)
    // What is too long for the list of titles is whole in the record.
    const title = titleOfBrief(brief, () => {})
    if (title === null) {
      findings.push(impossible('record-without-title', 'C22'))
      return { findings, changes: [], summary: { titleId: null, title: '' }, about: aboutNobody }
    }
    return {
      findings,
      changes: [put('title', { ...title, id }), put('bib', { id, profile, leader, fields })],
      summary: { titleId: id, title: title.title },
      about: aboutNobody,
    }
  },
})

const controlNumbersOf = (payload: Payload): string[] => {
  const { controlNumber } = recordToBrief(bibToMarcRecord(payload), payload.profile)
  return controlNumber === null ? [] : [controlNumber]
}

/** C62: who reviews answers for what comes in; others bring what comes from where the city trusts. */
function sourceFindings({ copying: { target } }: Facts, ctx: Ctx): Finding[] {
  if (mayDo(ctx.staff.role, 'review-records')) return []
  if (target === null) return [impossible('unknown-copy-target', 'C62')]
  return target.isTrusted
    ? []
    : [impossible('copy-target-not-trusted', 'C62', { params: { source: target.name } })]
}

/**
 * C63: two rooms that copied one record apart have labelled their books by then: the city keeps both
 * titles, and the duplicates' list brings them together.
 */
function knownFindings(facts: Facts, payload: Payload, { mode }: Ctx): Finding[] {
  const [controlNumber] = controlNumbersOf(payload)
  const known =
    controlNumber === undefined ? undefined : facts.titlesByControlNumber.get(controlNumber)
  return mode === 'record' || known === undefined
    ? []
    : [impossible('title-known-already', 'C63', { params: { title: known.title } })]
}
