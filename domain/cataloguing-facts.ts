/** What work on the catalogue's records looks at, whatever of them is named. */
import { gatherCopying } from './copying-facts.ts'
import type { CopyingFacts, CopyingSubject } from './copying-facts.ts'
import { gatherDraft } from './draft-facts.ts'
import type { DraftFacts, DraftSubject } from './draft-facts.ts'
import { known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { gatherCorrected, gatherTitleMerge } from './title-facts.ts'
import type { CorrectedTitle, MergedTitles, TitleMergeFacts } from './title-facts.ts'

export interface CataloguingSubject {
  readonly draft: DraftSubject | null
  readonly copying: CopyingSubject | null
  /** Two records of one work. */
  readonly titleMerge: MergedTitles | null
  readonly correctedTitles: readonly string[]
}

export const aboutNoRecord: CataloguingSubject = {
  draft: null,
  copying: null,
  titleMerge: null,
  correctedTitles: [],
}

export interface CataloguingFacts {
  readonly draft: DraftFacts
  readonly copying: CopyingFacts
  readonly titleMerge: TitleMergeFacts | null
  readonly correctedTitles: readonly CorrectedTitle[]
}

const nothingOfRecords = known<CataloguingFacts>({
  draft: { draft: null, title: null, bib: null, namedId: null },
  copying: { target: null, protection: null },
  titleMerge: null,
  correctedTitles: [],
})

/** Lending, which is nearly everything, names none of these and makes no generator for them. */
export const gatherCataloguing = (subject: CataloguingSubject): Gathering<CataloguingFacts> =>
  subject.draft === null &&
  subject.copying === null &&
  subject.titleMerge === null &&
  subject.correctedTitles.length === 0
    ? nothingOfRecords
    : gatherNamed(subject)

function* gatherNamed(subject: CataloguingSubject): Gathering<CataloguingFacts> {
  const [draft, copying, titleMerge, correctedTitles] = yield* together(
    gatherDraft(subject.draft),
    gatherCopying(subject.copying),
    gatherTitleMerge(subject.titleMerge),
    gatherCorrected(subject.correctedTitles),
  )
  return { draft, copying, titleMerge, correctedTitles }
}
