/** Whether readers see a title. */
import { get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Title } from './records.ts'
import type { TitleSuppression } from './title-records.ts'

export interface SuppressionFacts {
  readonly title: Title | null
  /** Null where readers see it. */
  readonly suppression: TitleSuppression | null
}

export const noSuppression: SuppressionFacts = { title: null, suppression: null }

export const gatherSuppression = (titleId: string | null): Gathering<SuppressionFacts> =>
  titleId === null ? known(noSuppression) : gatherOf(titleId)

function* gatherOf(titleId: string): Gathering<SuppressionFacts> {
  const [title, suppression] = yield* together(
    get('title', titleId),
    get('title-suppression', titleId),
  )
  return { title, suppression }
}
