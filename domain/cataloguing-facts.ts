/** What work on the catalogue's records looks at, whatever of them is named. */
import { gatherAuthority, noAuthority } from './authority-facts.ts'
import type { AuthorityFacts, AuthoritySubject } from './authority-facts.ts'
import { gatherCopying, noCopying } from './copying-facts.ts'
import type { CopyingFacts, CopyingSubject } from './copying-facts.ts'
import { gatherDraft, noDraft } from './draft-facts.ts'
import type { DraftFacts, DraftSubject } from './draft-facts.ts'
import { known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { gatherSerial, noSerial } from './serial-facts.ts'
import type { SerialFacts, SerialSubject } from './serial-facts.ts'
import { gatherShelf, noShelf } from './shelf-facts.ts'
import type { ShelfFacts, ShelfSubject } from './shelf-facts.ts'
import { gatherTagDebt } from './tag-facts.ts'
import type { TagDebt } from './tag-records.ts'
import { gatherSuppression, noSuppression } from './suppression-facts.ts'
import type { SuppressionFacts } from './suppression-facts.ts'
import { gatherCorrected, gatherTitleMerge } from './title-facts.ts'
import type { CorrectedTitle, MergedTitles, TitleMergeFacts } from './title-facts.ts'

export interface CataloguingSubject {
  readonly authority: AuthoritySubject | null
  readonly draft: DraftSubject | null
  readonly copying: CopyingSubject | null
  readonly serial: SerialSubject | null
  readonly shelf: ShelfSubject | null
  /** Two records of one work. */
  readonly titleMerge: MergedTitles | null
  readonly correctedTitles: readonly string[]
  /** A chip by its number. */
  readonly tagId: string | null
  /** A title that is shown to readers, or not. */
  readonly suppressedTitleId: string | null
}

export const aboutNoRecord: CataloguingSubject = {
  authority: null,
  draft: null,
  copying: null,
  serial: null,
  shelf: null,
  titleMerge: null,
  correctedTitles: [],
  tagId: null,
  suppressedTitleId: null,
}

export interface CataloguingFacts {
  readonly authority: AuthorityFacts
  readonly draft: DraftFacts
  readonly copying: CopyingFacts
  readonly serial: SerialFacts
  readonly shelf: ShelfFacts
  readonly titleMerge: TitleMergeFacts | null
  readonly correctedTitles: readonly CorrectedTitle[]
  readonly tagDebt: TagDebt | null
  readonly suppression: SuppressionFacts
}

const nothing = known<CataloguingFacts>({
  authority: noAuthority,
  draft: noDraft,
  copying: noCopying,
  serial: noSerial,
  shelf: noShelf,
  titleMerge: null,
  correctedTitles: [],
  tagDebt: null,
  suppression: noSuppression,
})

/** Most operations are of the counter: they pay nothing for it. */
export const gatherCataloguing = (subject: CataloguingSubject): Gathering<CataloguingFacts> =>
  subject.authority === null &&
  subject.draft === null &&
  subject.copying === null &&
  subject.serial === null &&
  subject.shelf === null &&
  subject.titleMerge === null &&
  subject.correctedTitles.length === 0 &&
  subject.suppressedTitleId === null &&
  subject.tagId === null
    ? nothing
    : gatherEach(subject)

function* gatherEach(subject: CataloguingSubject): Gathering<CataloguingFacts> {
  const [authority, draft, copying, serial, shelf, titleMerge, correctedTitles] = yield* together(
    gatherAuthority(subject.authority),
    gatherDraft(subject.draft),
    gatherCopying(subject.copying),
    gatherSerial(subject.serial),
    gatherShelf(subject.shelf),
    gatherTitleMerge(subject.titleMerge),
    gatherCorrected(subject.correctedTitles),
  )
  const [suppression, tagDebt] = yield* together(
    gatherSuppression(subject.suppressedTitleId),
    gatherTagDebt(subject.tagId),
  )
  return {
    authority,
    draft,
    copying,
    serial,
    shelf,
    titleMerge,
    correctedTitles,
    suppression,
    tagDebt,
  }
}
