/** A catalogue that is not copied from any more. Rules C60, C61. */
import { z } from 'zod'
import { remove } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation } from '../operation.ts'
import { NamedTarget, targetFindings } from './about-copy.ts'
import { aboutNobody } from './about-draft.ts'

const Summary = z.strictObject({ target: z.string(), name: z.string() })

export const removeCopyTarget = defineOperation({
  kind: 'copying.remove-target',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'policy',
  payload: NamedTarget,
  summary: Summary,
  subject: ({ target }) =>
    aSubject({ copying: { targetId: target, changesTarget: true, protectionOf: null } }),
  decide: (facts, payload) => ({
    findings: targetFindings(facts, payload),
    changes: [remove('copy-target', payload.target)],
    summary: { target: payload.target, name: facts.copying.target?.name ?? '' },
    about: aboutNobody,
  }),
})
