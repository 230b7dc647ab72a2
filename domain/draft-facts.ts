/** What work on a catalogue record looks at. */
import type { Draft } from './cataloguing-records.ts'
import { get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Bib, Title } from './records.ts'

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
}

const noDraft = known<DraftFacts>({ draft: null, title: null, bib: null })

export const gatherDraft = (subject: DraftSubject | null): Gathering<DraftFacts> =>
  subject === null ? noDraft : gatherNamed(subject)

function* gatherNamed({ draftId, titleId }: DraftSubject): Gathering<DraftFacts> {
  const draft = yield* get('draft', draftId)
  const about = draft?.titleId ?? titleId
  const [title, bib] = yield* together(get('title', about), get('bib', about))
  return { draft, title, bib }
}
