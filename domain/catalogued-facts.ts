/** What work in the cataloguing room looks at, each part of it in a file of its own. */
import { gatherDraft, noDraft } from './draft-facts.ts'
import type { DraftFacts, DraftSubject } from './draft-facts.ts'
import { known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { gatherSerial, noSerial } from './serial-facts.ts'
import type { SerialFacts, SerialSubject } from './serial-facts.ts'
import { gatherShelf, noShelf } from './shelf-facts.ts'
import type { ShelfFacts, ShelfSubject } from './shelf-facts.ts'
import { gatherCorrected, gatherTitleMerge } from './title-facts.ts'
import type { CorrectedTitle, MergedTitles, TitleMergeFacts } from './title-facts.ts'

export interface CataloguedSubject {
  readonly draft: DraftSubject | null
  readonly serial: SerialSubject | null
  readonly shelf: ShelfSubject | null
  /** Two records of one work. */
  readonly titleMerge: MergedTitles | null
  readonly correctedTitles: readonly string[]
}

export const nothingCatalogued: CataloguedSubject = {
  draft: null,
  serial: null,
  shelf: null,
  titleMerge: null,
  correctedTitles: [],
}

export interface CataloguedFacts {
  readonly draft: DraftFacts
  readonly serial: SerialFacts
  readonly shelf: ShelfFacts
  readonly titleMerge: TitleMergeFacts | null
  readonly correctedTitles: readonly CorrectedTitle[]
}

const nothing = known<CataloguedFacts>({
  draft: noDraft,
  serial: noSerial,
  shelf: noShelf,
  titleMerge: null,
  correctedTitles: [],
})

/** Most operations are of the counter: they pay nothing for it. */
export const gatherCatalogued = (subject: CataloguedSubject): Gathering<CataloguedFacts> =>
  subject.draft === null &&
  subject.serial === null &&
  subject.shelf === null &&
  subject.titleMerge === null &&
  subject.correctedTitles.length === 0
    ? nothing
    : gatherEach(subject)

function* gatherEach(subject: CataloguedSubject): Gathering<CataloguedFacts> {
  const [draft, serial, shelf, titleMerge, correctedTitles] = yield* together(
    gatherDraft(subject.draft),
    gatherSerial(subject.serial),
    gatherShelf(subject.shelf),
    gatherTitleMerge(subject.titleMerge),
    gatherCorrected(subject.correctedTitles),
  )
  return { draft, serial, shelf, titleMerge, correctedTitles }
}
