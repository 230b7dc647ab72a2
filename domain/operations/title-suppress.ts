/** A title is taken out of what readers see, and put back. Rules Q12, Q13. */
import { z } from 'zod'
import { put, remove } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { TitleSuppression } from '../title-records.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { TitleId } from '../words/ids.ts'
import { aboutNobody } from './about-draft.ts'

const Summary = z.strictObject({
  titleId: z.string(),
  title: z.string(),
  isSuppressed: z.boolean(),
})

const subjectOf = ({ title }: { readonly title: string }) => aSubject({ suppressedTitleId: title })

/** A desk that decides again after a merge has let the title go from its catalogue already. */
const titleFindings = ({ suppression }: Facts, ctx: Ctx): Finding[] =>
  suppression.title === null && (ctx.mode === 'propose' || ctx.isCity)
    ? [impossible('unknown-title', 'Q12')]
    : []

const summaryOf = ({ suppression: { title } }: Facts, titleId: string, isSuppressed: boolean) => ({
  titleId,
  title: title?.title ?? '',
  isSuppressed,
})

export const suppressTitle = defineOperation({
  kind: 'title.suppress',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ title: TitleId, reason: TitleSuppression.shape.reason }),
  summary: Summary,
  subject: subjectOf,
  decide(facts, { title, reason }, ctx) {
    const isSoAlready = facts.suppression.suppression !== null
    return {
      findings: [
        ...titleFindings(facts, ctx),
        ...(isSoAlready ? [impossible('title-suppressed-already', 'Q12')] : []),
      ],
      changes: [
        put('title-suppression', {
          id: title,
          reason,
          at: ctx.at,
          staffId: ctx.staff.id as StaffId,
          branchId: ctx.branchId as BranchId,
        }),
      ],
      summary: summaryOf(facts, title, true),
      about: aboutNobody,
      isSoAlready,
    }
  },
})

export const unsuppressTitle = defineOperation({
  kind: 'title.unsuppress',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ title: TitleId }),
  summary: Summary,
  subject: subjectOf,
  decide(facts, { title }) {
    const isSoAlready = facts.suppression.suppression === null
    return {
      findings: isSoAlready ? [impossible('title-not-suppressed', 'Q13')] : [],
      changes: [remove('title-suppression', title)],
      summary: summaryOf(facts, title, false),
      about: aboutNobody,
      isSoAlready,
    }
  },
})
