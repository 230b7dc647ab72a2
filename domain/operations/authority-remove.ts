/** A heading that the city keeps no more; records that have it stay as they are. Rules A2, A4. */
import { z } from 'zod'
import { remove } from '../change.ts'
import { aSubject } from '../facts.ts'
import { textOfAuthority } from '../marc/heading-key.ts'
import { defineOperation } from '../operation.ts'
import { NamedAuthority, authorityFindings } from './about-authority.ts'
import { aboutNobody } from './about-draft.ts'

const Summary = z.strictObject({ authority: z.string(), heading: z.string() })

export const removeAuthority = defineOperation({
  kind: 'authority.remove',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: NamedAuthority,
  summary: Summary,
  subject: ({ authority }) =>
    aSubject({ authority: { authorityId: authority, headingKey: null, variantKeys: [] } }),
  decide(facts, payload) {
    const { authority } = facts.authority
    return {
      findings: authorityFindings(facts, payload),
      changes: [remove('authority', payload.authority)],
      summary: {
        authority: payload.authority,
        heading: authority === null ? '' : textOfAuthority(authority),
      },
      about: aboutNobody,
    }
  },
})
