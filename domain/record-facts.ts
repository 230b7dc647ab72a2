/** What work in the cataloguing room looks at: drafts, serials, titles that are merged or corrected. */
import { gatherDraft, noDraft } from './draft-facts.ts'
import type { DraftFacts, DraftSubject } from './draft-facts.ts'
import { known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { gatherSerial, noSerial } from './serial-facts.ts'
import type { SerialFacts, SerialSubject } from './serial-facts.ts'
import { gatherCorrected, gatherTitleMerge } from './title-facts.ts'
import type { CorrectedTitle, MergedTitles, TitleMergeFacts } from './title-facts.ts'

export interface RecordSubject {
  readonly draft: DraftSubject | null
  readonly serial: SerialSubject | null
  /** Two records of one work. */
  readonly titleMerge: MergedTitles | null
  readonly correctedTitles: readonly string[]
}

export const ofNoRecord: RecordSubject = {
  draft: null,
  serial: null,
  titleMerge: null,
  correctedTitles: [],
}

export interface RecordFacts {
  readonly draft: DraftFacts
  readonly serial: SerialFacts
  readonly titleMerge: TitleMergeFacts | null
  readonly correctedTitles: readonly CorrectedTitle[]
}

const nothing = known<RecordFacts>({
  draft: noDraft,
  serial: noSerial,
  titleMerge: null,
  correctedTitles: [],
})

/** Most operations are of no record: they pay nothing for it. */
export const gatherOfRecords = (subject: RecordSubject): Gathering<RecordFacts> =>
  subject.draft === null &&
  subject.serial === null &&
  subject.titleMerge === null &&
  subject.correctedTitles.length === 0
    ? nothing
    : gatherEach(subject)

function* gatherEach(subject: RecordSubject): Gathering<RecordFacts> {
  const [draft, serial, titleMerge, correctedTitles] = yield* together(
    gatherDraft(subject.draft),
    gatherSerial(subject.serial),
    gatherTitleMerge(subject.titleMerge),
    gatherCorrected(subject.correctedTitles),
  )
  return { draft, serial, titleMerge, correctedTitles }
}
