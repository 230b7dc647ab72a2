/**
 * One correction made to some records alike, a piece of a batch. It is made to each record as it is
 * where it is decided: what another desk changed meanwhile stays, and is corrected too. Rules Q10, Q11.
 */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { BatchFix, fixedContent } from '../marc/batch-fix.ts'
import { bibToMarcRecord } from '../marc/bib-fields.ts'
import { recordToBrief } from '../marc/brief.ts'
import { titleOfBrief } from '../marc/title-of-brief.ts'
import { defineOperation, note } from '../operation.ts'
import type { CorrectedTitle } from '../title-facts.ts'
import { TitleId } from '../words/ids.ts'
import { aboutNobody } from './about-draft.ts'

/** Small enough that a loan at the same desk waits no longer than a blink. */
export const CORRECTED_MAX = 25

const Payload = z.strictObject({
  /** Names the batch that this is a piece of. */
  batch: z.string().min(1).max(64),
  fix: BatchFix,
  /** For the rules that look at the present year. */
  year: z.int().min(1900).max(2200),
  titles: z.array(TitleId).min(1).max(CORRECTED_MAX),
})

const Summary = z.strictObject({ corrected: z.int(), left: z.int() })

export const correctTitles = defineOperation({
  kind: 'title.correct',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ titles }) => aSubject({ correctedTitles: titles }),
  decide({ correctedTitles }, { fix, year, titles }) {
    const changed = correctedTitles.map((title) => changesOf(title, fix, year))
    const corrected = changed.filter((changes) => changes.length > 0).length
    const left = titles.length - corrected
    const params = { count: left }
    return {
      findings: left === 0 ? [] : [note('records-left', 'Q10', { params })],
      changes: changed.flat(),
      summary: { corrected, left },
      about: aboutNobody,
    }
  },
})

/** Empty where the fix has nothing to do, or would leave a record that nobody finds. */
function changesOf({ title, bib }: CorrectedTitle, fix: BatchFix, year: number): Change[] {
  const content = fixedContent(bib, fix, year)
  if (content === null) return []
  const brief = recordToBrief(bibToMarcRecord(content), bib.profile)
  const now = titleOfBrief(brief, () => {})
  if (now === null) return []
  const { id, loansCount } = title
  return [put('title', { ...now, id, loansCount }), put('bib', { ...bib, ...content })]
}
