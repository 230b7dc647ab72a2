/** Giving a draft back to whoever wrote it, with remarks at its fields. Rules C21, C23, C24. */
import { z } from 'zod'
import { DraftRemark } from '../cataloguing-records.ts'
import { patch } from '../change.ts'
import { defineOperation } from '../operation.ts'
import type { StaffId } from '../words/ids.ts'
import {
  DraftSummary,
  NamedDraft,
  aboutNobody,
  draftFindings,
  subjectOfDraft,
} from './about-draft.ts'

const Payload = NamedDraft.extend({ remarks: z.array(DraftRemark).min(1).max(200) })

export const returnDraft = defineOperation({
  kind: 'draft.return',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: Payload,
  summary: DraftSummary,
  subject: subjectOfDraft,
  decide(facts, { draft: id, revision, remarks }, ctx) {
    const { draft } = facts.draft
    const moved = {
      state: 'returned',
      remarks,
      reviewerId: ctx.staff.id as StaffId,
      reviewedAt: ctx.at,
    } as const
    return {
      findings: draftFindings(facts, revision, ['submitted'], ctx),
      changes: draft === null ? [] : [patch('draft', draft.id, moved)],
      summary: { draftId: id },
      about: aboutNobody,
    }
  },
})
