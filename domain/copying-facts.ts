/** What setting up a catalogue to copy from, and taking a record from one, looks at. */
import type { MarcProfile } from './cataloguing-records.ts'
import type { CopyTarget, FieldProtection } from './copying-records.ts'
import { get, getToChange, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { z } from 'zod'

export interface CopyingSubject {
  readonly targetId: string | null
  /** True where the target itself is written. */
  readonly changesTarget: boolean
  /** Whose protection is written. */
  readonly protectionOf: z.infer<typeof MarcProfile> | null
}

export interface CopyingFacts {
  readonly target: CopyTarget | null
  /** Null where the city wrote none: the shipped one holds. */
  readonly protection: FieldProtection | null
}

export const noCopying: CopyingFacts = { target: null, protection: null }

export const gatherCopying = (subject: CopyingSubject | null): Gathering<CopyingFacts> =>
  subject === null ? known(noCopying) : gatherNamed(subject)

function* gatherNamed({
  targetId,
  changesTarget,
  protectionOf,
}: CopyingSubject): Gathering<CopyingFacts> {
  const [target, protection] = yield* together(
    changesTarget && targetId !== null
      ? getToChange('copy-target', targetId)
      : get('copy-target', targetId),
    protectionOf === null
      ? get('field-protection', null)
      : getToChange('field-protection', protectionOf),
  )
  return { target, protection }
}
