/** What a list of titles is narrowed by, and how many titles each choice leaves. */
import type { Title } from '../records.ts'

export interface TitleFacets {
  readonly kind: Title['kind']
  /** Its decade: `2020`; `earlier` than 1980; `unknown` where the record has no year. */
  readonly years: string
  /** As the record has it: `chi`; `unknown` where it has none. */
  readonly language: string
  readonly audience: Title['audience']
}

/** Who has copies of a title: this desk's own library, or only others of the city. */
export type Holder = 'library' | 'city'

export interface Holding {
  readonly holder: Holder
  /** A copy stands for loan on the shelves of the desk's own branch. */
  readonly isAvailableHere: boolean
}

/** Null: any. */
export type TitleFilter = { readonly [F in keyof TitleFacets]: TitleFacets[F] | null } & {
  readonly isAvailableHere: boolean
  /** `city`: anybody has copies, this library too. */
  readonly heldBy: Holder | null
  /** Only those that readers do not see. */
  readonly isSuppressed: boolean
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export type FacetCounts = { readonly [F in keyof TitleFacets]: readonly FacetCount[] } & {
  readonly availableHere: number
  readonly heldBy: { readonly [H in Holder]: number }
  readonly suppressed: number
}

const FIRST_DECADE = 1980
export const FACETS = ['kind', 'years', 'language', 'audience'] as const

export function yearsOf(year: string | null): string {
  const found = /\d{4}/.exec(year ?? '')?.[0]
  if (found === undefined) return 'unknown'
  return Number(found) < FIRST_DECADE ? 'earlier' : `${found.slice(0, 3)}0`
}

/** Titles of a list that a filter leaves, in the list's order, and what each choice would leave. */
export interface Narrowed<T> {
  readonly titles: readonly T[]
  /**
   * Of each facet under the choices made in all the others, so that a choice can be changed without
   * being taken back first. The commonest first; years with the newest first.
   */
  readonly counts: FacetCounts
}

export const facetsOf = ({
  kind,
  year,
  language,
  audience,
}: Pick<Title, 'kind' | 'year' | 'language' | 'audience'>): TitleFacets => ({
  kind,
  years: yearsOf(year),
  language: language ?? 'unknown',
  audience,
})

type Faceted = { readonly row: { readonly id: string }; readonly facets: TitleFacets }

/** `holdings` by the ids of titles; none of a title without copies. `suppressed`: ids. */
export function narrow<T extends Faceted>(
  titles: readonly T[],
  filter: TitleFilter,
  holdings: ReadonlyMap<string, Holding>,
  suppressed: ReadonlySet<string>,
): Narrowed<T> {
  const tallies = { kind: tally(), years: tally(), language: tally(), audience: tally() }
  const heldBy = { library: 0, city: 0 }
  let availableCount = 0
  let suppressedCount = 0
  const left: T[] = []
  for (const title of titles) {
    const holding = holdings.get(title.row.id)
    const isSuppressed = suppressed.has(title.row.id)
    const missed = missedBy(title.facets, holding, isSuppressed, filter)
    if (missed.length === 0) left.push(title)
    if (missed.length > 1) continue
    const [only] = missed
    for (const name of FACETS) {
      if (only === undefined || only === name) tallies[name].add(title.facets[name])
    }
    if (isSuppressed && only === undefined) suppressedCount += 1
    if (holding === undefined) continue
    if (only === undefined && holding.isAvailableHere) availableCount += 1
    if (only !== undefined && only !== 'heldBy') continue
    heldBy.city += 1
    if (holding.holder === 'library') heldBy.library += 1
  }
  return {
    titles: left,
    counts: {
      kind: tallies.kind.byCount(),
      years: tallies.years.byCount().toSorted((a, b) => yearsPlace(b.value) - yearsPlace(a.value)),
      language: tallies.language.byCount(),
      audience: tallies.audience.byCount(),
      availableHere: availableCount,
      heldBy,
      suppressed: suppressedCount,
    },
  }
}

/** What is chosen and the title does not have. */
function missedBy(
  facets: TitleFacets,
  holding: Holding | undefined,
  isSuppressed: boolean,
  filter: TitleFilter,
): (keyof TitleFilter)[] {
  const missed: (keyof TitleFilter)[] = FACETS.filter(
    (name) => filter[name] !== null && filter[name] !== facets[name],
  )
  if (filter.isAvailableHere && holding?.isAvailableHere !== true) missed.push('isAvailableHere')
  if (filter.isSuppressed && !isSuppressed) missed.push('isSuppressed')
  const isHeld = filter.heldBy === 'library' ? holding?.holder === 'library' : holding !== undefined
  if (filter.heldBy !== null && !isHeld) missed.push('heldBy')
  return missed
}

const yearsPlace = (years: string): number =>
  years === 'unknown' ? -1 : years === 'earlier' ? 0 : Number(years)

function tally() {
  const counts = new Map<string, number>()
  return {
    add: (value: string): void => {
      counts.set(value, (counts.get(value) ?? 0) + 1)
    },
    byCount: (): FacetCount[] =>
      [...counts]
        .map(([value, count]) => ({ value, count }))
        .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
  }
}
