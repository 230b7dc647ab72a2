/** What work on a catalogue record looks at. */
import type { Draft } from './cataloguing-records.ts'
import { get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Bib, Title } from './records.ts'
import { standingTitle } from './title-facts.ts'
import type { TitleId } from './words/ids.ts'

export interface DraftSubject {
  /** Null where it is begun. */
  readonly draftId: string | null
  /** Of a draft that is begun; else the draft names its title. */
  readonly titleId: string | null
}

export interface DraftFacts {
  readonly draft: Draft | null
  /** As the catalogue has it now. */
  readonly title: Title | null
  readonly bib: Bib | null
  /** What stands for the title that the operation named. */
  readonly namedId: TitleId | null
}

export const noDraft: DraftFacts = { draft: null, title: null, bib: null, namedId: null }

export const gatherDraft = (subject: DraftSubject | null): Gathering<DraftFacts> =>
  subject === null ? known(noDraft) : gatherNamed(subject)

function* gatherNamed({ draftId, titleId }: DraftSubject): Gathering<DraftFacts> {
  const draft = yield* get('draft', draftId)
  const [title, named] = yield* together(
    standingTitle(draft?.titleId ?? titleId),
    standingTitle(titleId),
  )
  const bib = yield* get('bib', title?.id ?? null)
  return { draft, title, bib, namedId: named?.id ?? null }
}
