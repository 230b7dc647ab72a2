/** Giving a draft up; its row keeps what was written. Rules C20, C21, C23. */
import { patch } from '../change.ts'
import { defineOperation } from '../operation.ts'
import {
  DraftSummary,
  NamedDraft,
  aboutNobody,
  draftFindings,
  subjectOfDraft,
} from './about-draft.ts'

export const discardDraft = defineOperation({
  kind: 'draft.discard',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: NamedDraft,
  summary: DraftSummary,
  subject: subjectOfDraft,
  decide(facts, { draft: id, revision }, ctx) {
    const { draft } = facts.draft
    return {
      findings: draftFindings(facts, revision, ['drafted', 'returned'], ctx),
      changes: draft === null ? [] : [patch('draft', draft.id, { state: 'discarded' })],
      summary: { draftId: id },
      about: aboutNobody,
    }
  },
})
