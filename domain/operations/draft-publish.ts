/** A draft becomes the catalogue's record. Rules C20 to C23, C25, C26. */
import { z } from 'zod'
import type { Draft } from '../cataloguing-records.ts'
import { patch, put } from '../change.ts'
import type { Facts } from '../facts.ts'
import { bibToMarcRecord } from '../marc/bib-fields.ts'
import { recordToBrief } from '../marc/brief.ts'
import { mergeRecord } from '../marc/merge-fields.ts'
import type { MergedRecord } from '../marc/merge-fields.ts'
import { titleOfBrief } from '../marc/title-of-brief.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { StaffId, TitleId } from '../words/ids.ts'
import {
  NamedDraft,
  aboutNobody,
  draftFindings,
  lintedFindings,
  subjectOfDraft,
} from './about-draft.ts'

/** `titleId` is null where nothing could be published. */
const Summary = z.strictObject({ draftId: z.string(), titleId: z.string().nullable() })

export const publishDraft = defineOperation({
  kind: 'draft.publish',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: NamedDraft,
  summary: Summary,
  subject: subjectOfDraft,
  decide(facts, payload, ctx) {
    const madeId = ctx.newId()
    const { draft, title: known } = facts.draft
    const open = ['drafted', 'returned', 'submitted'] as const
    const findings = draftFindings(facts, payload.revision, open, ctx)
    const none = { changes: [], summary: { draftId: payload.draft, titleId: null } }
    if (draft === null) return { findings, ...none, about: aboutNobody }
    const { content, clashes } = mergedWithCity(draft, facts)
    findings.push(...clashFindings(clashes), ...missingFindings(draft, facts))
    findings.push(...lintedFindings({ ...draft, ...content }, null, ctx).findings)
    const brief = recordToBrief(bibToMarcRecord(content), draft.profile)
    // What is too long for the list of titles is whole in the record.
    const title = titleOfBrief(brief, () => {})
    if (title === null) {
      findings.push(impossible('record-without-title', 'C22'))
      return { findings, ...none, about: aboutNobody }
    }
    // What its title became part of meanwhile, where it did (Q7).
    const id = known?.id ?? draft.titleId ?? (madeId as TitleId)
    const published = {
      state: 'published',
      titleId: id,
      reviewerId: ctx.staff.id as StaffId,
      reviewedAt: ctx.at,
    } as const
    return {
      findings,
      changes: [
        // The city counts loans, a record does not.
        put('title', { ...title, id, loansCount: known?.loansCount ?? 0 }),
        put('bib', { id, profile: draft.profile, ...content }),
        patch('draft', draft.id, published),
      ],
      summary: { draftId: payload.draft, titleId: id },
      about: aboutNobody,
    }
  },
})

/** C25: what the city changed meanwhile is kept beside what the draft changed. */
function mergedWithCity({ leader, fields, base }: Draft, { draft: { bib } }: Facts): MergedRecord {
  const mine = { leader, fields }
  if (bib === null || base === null) return { content: mine, clashes: [] }
  return mergeRecord(base, mine, { leader: bib.leader, fields: bib.fields })
}

/** The draft and the record keep both values; a person chooses, and saves upon the newer one. */
function clashFindings(clashes: MergedRecord['clashes']): Finding[] {
  if (clashes.length === 0) return []
  const tags = [...new Set(clashes.map(({ tag }) => tag))]
  const params = { count: tags.length, tags: tags.join(' ') }
  return [impossible('record-changed-elsewhere', 'C25', { params })]
}

const missingFindings = ({ titleId }: Draft, { draft: { bib } }: Facts): Finding[] =>
  titleId !== null && bib === null ? [impossible('unknown-title', 'C26')] : []
