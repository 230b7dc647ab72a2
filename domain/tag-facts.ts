/** What work on a tag looks at: what the city knows to be wrong with it. */
import { get, known } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { TagDebt } from './tag-records.ts'

export const gatherTagDebt = (tagId: string | null): Gathering<TagDebt | null> =>
  tagId === null ? known(null) : get('tag-debt', tagId)
