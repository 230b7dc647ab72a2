/** The choices that narrow a found list ⇄ the address of the screen. */
import type { AskOf } from '../../../contract/queries.ts'
import { Title } from '../../../domain/records.ts'

export type Filter = AskOf<'browse-titles'>['filter']

export const FACETS = ['kind', 'years', 'language', 'audience'] as const
export type Facet = (typeof FACETS)[number]
const HERE = 'here'
const HELD = 'held'
const HIDDEN = 'hidden'
export const HOLDERS = ['library', 'city'] as const

/** What an address says that is no choice is none. */
export function filterOf(search: URLSearchParams): Filter {
  const { kind, audience } = Title.shape
  return {
    kind: kind.safeParse(search.get('kind')).data ?? null,
    years: search.get('years')?.slice(0, 20) ?? null,
    language: search.get('language')?.slice(0, 10) ?? null,
    audience: audience.safeParse(search.get('audience')).data ?? null,
    isAvailableHere: search.get(HERE) === '1',
    heldBy: HOLDERS.find((holder) => holder === search.get(HELD)) ?? null,
    isSuppressed: search.get(HIDDEN) === '1',
  }
}

export const isNarrowing = (filter: Filter): boolean =>
  filter.isAvailableHere ||
  filter.isSuppressed ||
  filter.heldBy !== null ||
  FACETS.some((facet) => filter[facet] !== null)

/** What is chosen is taken back; the chosen title closes, for it may be gone from the list. */
export function withChoice(
  search: URLSearchParams,
  facet: Facet | typeof HERE | typeof HELD | typeof HIDDEN,
  value: string,
): URLSearchParams {
  const next = new URLSearchParams(search)
  next.delete('title')
  if (next.get(facet) === value) next.delete(facet)
  else next.set(facet, value)
  return next
}

export function withoutChoices(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const name of [...FACETS, HERE, HELD, HIDDEN, 'title']) next.delete(name)
  return next
}
