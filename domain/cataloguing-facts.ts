/** What work on the catalogue's records looks at, whatever of them is named. */
import { gatherCopying } from './copying-facts.ts'
import type { CopyingFacts, CopyingSubject } from './copying-facts.ts'
import { gatherDraft } from './draft-facts.ts'
import type { DraftFacts, DraftSubject } from './draft-facts.ts'
import { together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { gatherShelf } from './shelf-facts.ts'
import type { ShelfFacts, ShelfSubject } from './shelf-facts.ts'
import { gatherCorrected, gatherTitleMerge } from './title-facts.ts'
import type { CorrectedTitle, MergedTitles, TitleMergeFacts } from './title-facts.ts'

export interface CataloguingSubject {
  readonly draft: DraftSubject | null
  readonly copying: CopyingSubject | null
  readonly shelf: ShelfSubject | null
  /** Two records of one work. */
  readonly titleMerge: MergedTitles | null
  readonly correctedTitles: readonly string[]
}

export const aboutNoRecord: CataloguingSubject = {
  draft: null,
  copying: null,
  shelf: null,
  titleMerge: null,
  correctedTitles: [],
}

export interface CataloguingFacts {
  readonly draft: DraftFacts
  readonly copying: CopyingFacts
  readonly shelf: ShelfFacts
  readonly titleMerge: TitleMergeFacts | null
  readonly correctedTitles: readonly CorrectedTitle[]
}

export function* gatherCataloguing(subject: CataloguingSubject): Gathering<CataloguingFacts> {
  const [draft, copying, shelf, titleMerge, correctedTitles] = yield* together(
    gatherDraft(subject.draft),
    gatherCopying(subject.copying),
    gatherShelf(subject.shelf),
    gatherTitleMerge(subject.titleMerge),
    gatherCorrected(subject.correctedTitles),
  )
  return { draft, copying, shelf, titleMerge, correctedTitles }
}
