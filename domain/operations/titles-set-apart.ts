/** A person looked: these are not one work in one edition, and are proposed no more. Rule Q8. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import { TITLES_APART_MAX } from '../title-records.ts'
import type { ApartId, StaffId } from '../words/ids.ts'
import { TitleId } from '../words/ids.ts'
import { aboutNobody } from './about-draft.ts'

const Payload = z.strictObject({ titles: z.array(TitleId).min(2).max(TITLES_APART_MAX) })

export const setTitlesApart = defineOperation({
  kind: 'title.set-apart',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: Payload,
  summary: z.strictObject({ apartId: z.string() }),
  subject: () => aSubject({}),
  decide(_facts, { titles }, ctx) {
    const id = ctx.newId() as ApartId
    const titleIds = [...new Set(titles)].toSorted()
    return {
      findings: titleIds.length < 2 ? [impossible('same-title', 'Q8')] : [],
      changes: [
        put('titles-apart', { id, titleIds, at: ctx.at, staffId: ctx.staff.id as StaffId }),
      ],
      summary: { apartId: id },
      about: aboutNobody,
    }
  },
})
