/** What a heading of the city is held against before it is written. */
import type { Authority } from './authority-records.ts'
import { find, get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'

export interface AuthoritySubject {
  /** Null where it is new. */
  readonly authorityId: string | null
  /** Null where it is taken out. */
  readonly headingKey: string | null
  readonly variantKeys: readonly string[]
}

export interface AuthorityFacts {
  readonly authority: Authority | null
  /** Of any kind, itself among them. */
  readonly sameHeading: readonly Authority[]
  /** Whose own heading is one of the variants. */
  readonly underVariants: readonly Authority[]
}

export const noAuthority: AuthorityFacts = { authority: null, sameHeading: [], underVariants: [] }

export const gatherAuthority = (subject: AuthoritySubject | null): Gathering<AuthorityFacts> =>
  subject === null ? known(noAuthority) : gatherNamed(subject)

function* gatherNamed(subject: AuthoritySubject): Gathering<AuthorityFacts> {
  const { authorityId, headingKey, variantKeys } = subject
  const [authority, sameHeading, underVariants] = yield* together(
    get('authority', authorityId),
    find('authoritiesByHeading', headingKey === null ? null : [headingKey]),
    together(...variantKeys.map((key) => find('authoritiesByHeading', [key]))),
  )
  return { authority, sameHeading, underVariants: underVariants.flat() }
}
