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

/** Null: any. */
export type TitleFilter = { readonly [F in keyof TitleFacets]: TitleFacets[F] | null } & {
  /** A copy stands for loan on the shelves of the desk's own branch. */
  readonly isAvailableHere: boolean
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export type FacetCounts = { readonly [F in keyof TitleFacets]: readonly FacetCount[] } & {
  readonly availableHere: number
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

type Faceted = { readonly row: { readonly id: string }; readonly facets: TitleFacets }

/** `availableHere`: ids of titles. */
export function narrow<T extends Faceted>(
  titles: readonly T[],
  filter: TitleFilter,
  availableHere: ReadonlySet<string>,
): Narrowed<T> {
  const tallies = { kind: tally(), years: tally(), language: tally(), audience: tally() }
  let availableCount = 0
  const left: T[] = []
  for (const title of titles) {
    const { facets } = title
    const isHere = availableHere.has(title.row.id)
    const missed = FACETS.filter((name) => filter[name] !== null && filter[name] !== facets[name])
    const isHereMissed = filter.isAvailableHere && !isHere
    if (missed.length === 0 && isHere) availableCount += 1
    if (missed.length === 0 && !isHereMissed) left.push(title)
    if (isHereMissed || missed.length > 1) continue
    for (const name of FACETS) {
      if (missed.length === 0 || missed[0] === name) tallies[name].add(facets[name])
    }
  }
  return {
    titles: left,
    counts: {
      kind: tallies.kind.byCount(),
      years: tallies.years.byCount().toSorted((a, b) => yearsPlace(b.value) - yearsPlace(a.value)),
      language: tallies.language.byCount(),
      audience: tallies.audience.byCount(),
      availableHere: availableCount,
    },
  }
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
