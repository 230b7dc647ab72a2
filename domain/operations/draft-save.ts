/** Keeping a catalogue record that is being worked on. Rules C20, C21, C23. */
import { z } from 'zod'
import { Draft } from '../cataloguing-records.ts'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { BranchId, DraftId, StaffId } from '../words/ids.ts'
import { NamedDraft, aboutNobody, draftFindings } from './about-draft.ts'

const Payload = z.strictObject({
  /** Null where it is begun. */
  of: NamedDraft.nullable(),
  titleId: Draft.shape.titleId,
  profile: Draft.shape.profile,
  leader: Draft.shape.leader,
  fields: Draft.shape.fields,
  /** The published record that the work stands on: after comparing, the one compared with. */
  base: Draft.shape.base,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ draftId: z.string(), revision: z.int() })

export const saveDraft = defineOperation({
  kind: 'draft.save',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ of, titleId }) => aSubject({ draft: { draftId: of?.draft ?? null, titleId } }),
  decide(facts, payload, ctx) {
    const madeId = ctx.newId()
    const { draft } = facts.draft
    const findings = [...savedFindings(facts, payload, ctx), ...titleFindings(facts, payload)]
    const { of, profile, leader, fields, base } = payload
    const written = { profile, leader, fields, base, savedAt: ctx.at }
    const row: Draft =
      draft === null
        ? {
            ...written,
            id: madeId as DraftId,
            titleId: facts.draft.namedId,
            branchId: ctx.branchId as BranchId,
            staffId: ctx.staff.id as StaffId,
            state: 'drafted',
            revision: 1,
            remarks: [],
            warnings: [],
            begunAt: ctx.at,
            submittedAt: null,
            reviewerId: null,
            reviewedAt: null,
          }
        : { ...draft, ...written, revision: draft.revision + 1 }
    return {
      findings,
      changes: [put('draft', row)],
      summary: { draftId: of?.draft ?? madeId, revision: row.revision },
      about: aboutNobody,
    }
  },
})

const savedFindings = (facts: Facts, { of }: Payload, ctx: Ctx): Finding[] =>
  of === null ? [] : draftFindings(facts, of.revision, ['drafted', 'returned'], ctx)

/** What a draft stands on is told when it is begun, and stays. */
function titleFindings(
  { draft: { draft, title, bib, namedId } }: Facts,
  { titleId, base }: Payload,
): Finding[] {
  const isOther = draft !== null && (title?.id ?? null) !== namedId
  const isMissing = titleId !== null && (bib === null || base === null)
  return isOther || isMissing ? [impossible('unknown-title', 'C26')] : []
}
