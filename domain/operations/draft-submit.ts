/** Handing a draft to the reviewers. Rules C20 to C23. */
import { patch } from '../change.ts'
import { defineOperation } from '../operation.ts'
import {
  DraftSummary,
  NamedDraft,
  aboutNobody,
  draftFindings,
  lintedFindings,
  subjectOfDraft,
} from './about-draft.ts'

export const submitDraft = defineOperation({
  kind: 'draft.submit',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: NamedDraft,
  summary: DraftSummary,
  subject: subjectOfDraft,
  decide(facts, payload, ctx) {
    const { draft } = facts.draft
    const findings = draftFindings(facts, payload.revision, ['drafted', 'returned'], ctx)
    const answer = { summary: { draftId: payload.draft }, about: aboutNobody }
    if (draft === null) return { findings, changes: [], ...answer }
    const { findings: faults, warnings } = lintedFindings(draft, facts.library.id, ctx)
    const moved = { state: 'submitted', submittedAt: ctx.at, warnings } as const
    const changes = [patch('draft', draft.id, moved)]
    return { findings: [...findings, ...faults], changes, ...answer }
  },
})
