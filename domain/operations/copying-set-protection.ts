/** What a copied record leaves alone, for all records of one profile. Rules C61, C64. */
import { z } from 'zod'
import { put } from '../change.ts'
import { FieldProtection } from '../copying-records.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { aboutNobody } from './about-draft.ts'

/** `revision`: of the saving that was on the screen; 0 for the shipped one. */
const Payload = z.strictObject({
  profile: FieldProtection.shape.id,
  revision: FieldProtection.shape.revision,
  lines: FieldProtection.shape.lines,
})

const Summary = z.strictObject({ profile: z.string(), revision: z.int() })

export const setFieldProtection = defineOperation({
  kind: 'copying.set-protection',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  subject: ({ profile }) =>
    aSubject({ copying: { targetId: null, changesTarget: false, protectionOf: profile } }),
  decide(facts, { profile, revision, lines }) {
    const known = facts.copying.protection?.revision ?? 0
    return {
      findings: known === revision ? [] : [impossible('protection-changed', 'C61')],
      changes: [put('field-protection', { id: profile, lines, revision: known + 1 })],
      summary: { profile, revision: known + 1 },
      about: aboutNobody,
    }
  },
})
