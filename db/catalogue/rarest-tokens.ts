/**
 * A long text has many tokens, and each one more costs a look into its list for every title that the
 * others meet in: 5 ms for a whole title among 3.6 M. Its rarest tokens lead to hardly more titles,
 * and the re-ranking finds out which of those hold the rest.
 */
import type { Expression } from '../../domain/search/query-plan.ts'
import { ranksByMatch } from './title-ranks.ts'
import type { Asking } from './title-ranks.ts'

/** With fewer, looking at each costs more than it saves. */
const TOKENS_MIN = 5
/** How far each list is read to see how rare it is. */
const PROBED = 40
const RAREST = 3

/** All titles that can answer, best first, where they are few enough to be looked at; else null. */
export function fewByRarest(asking: Asking, expression: Expression): readonly number[] | null {
  const tokens = [...new Set(requiredTokens(expression))]
  if (tokens.length < TOKENS_MIN) return null
  const lists: { readonly match: string; readonly ranks: readonly number[] }[] = []
  for (const one of tokens) {
    const match = quoted(one)
    const ranks = ranksByMatch(asking, match, PROBED)
    // The whole list: whatever answers is in it.
    if (ranks.length < PROBED) return ranks
    lists.push({ match, ranks })
  }
  const rarest = lists
    .toSorted((one, other) => lastOf(other.ranks) - lastOf(one.ranks))
    .slice(0, RAREST)
  const { candidates } = asking.bounds
  const met = rarest.map(({ match }) => match).join(' AND ')
  const ranks = ranksByMatch(asking, met, candidates + 1)
  return ranks.length > candidates ? null : ranks
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const lastOf = (ranks: readonly number[]): number => ranks.at(-1) ?? 0

/** Tokens that every title that answers has. */
function requiredTokens(expression: Expression): readonly string[] {
  if ('token' in expression) return [expression.token]
  return 'all' in expression ? expression.all.flatMap(requiredTokens) : []
}
