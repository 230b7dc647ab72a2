/** Where a row answers a query, for marking it: written, or spelled in pinyin or initials. */
import { foldedPlaces, isHanzi } from './fold.ts'
import type { FoldedPlaces } from './fold.ts'
import { spelledIn } from './re-rank.ts'
import type { PreparedQuery } from './re-rank.ts'
import type { SearchTables } from './search-tables.ts'

/** Start and end by turns, rising, in UTF-16 places of the text as it is shown. */
export type Hits = readonly number[]

/** Longer texts are marked as far as a row shows them. */
const TEXT_LENGTH_MAX = 240
const HITS_MAX = 16

interface Place {
  readonly from: number
  readonly to: number
}

/** `isSpelled`: the text is also found by pinyin; a publisher is not. */
export function hitsIn(
  query: PreparedQuery,
  text: string | null,
  isSpelled: boolean,
  tables: SearchTables,
): Hits {
  if (text === null || query.terms.length === 0) return []
  const shown = text.length <= TEXT_LENGTH_MAX ? text : text.slice(0, TEXT_LENGTH_MAX)
  // Nothing that letters could answer: most publishers, and pinyin is asked most.
  if (!isSpelled && !query.terms.some(({ letters }) => letters === null) && !/\w/.test(shown)) {
    return []
  }
  const folded = foldedPlaces(shown.toWellFormed(), tables)
  return flat(placesIn(query, folded, isSpelled, tables), folded)
}

function placesIn(
  query: PreparedQuery,
  { characters }: FoldedPlaces,
  isSpelled: boolean,
  tables: SearchTables,
): Place[] {
  if (isSpelled && query.hasWords && query.letters.length > 1) {
    const whole = spelledIn(characters, query.letters, tables)
    if (whole !== null) return [whole]
  }
  return query.terms.flatMap(({ run, letters }) => {
    const wanted = Array.from(run.text)
    const written = writtenIn(characters, wanted, letters !== null)
    if (written.length > 0) return written
    if (letters === null) {
      return query.isStrict ? [] : wanted.flatMap((hanzi) => writtenIn(characters, [hanzi], false))
    }
    if (!isSpelled) return []
    // One letter is the beginning of the title, or it would be everywhere.
    const within = letters.length === 1 ? characters.slice(0, 1) : characters
    const spelled = spelledIn(within, letters, tables)
    return spelled === null ? [] : [spelled]
  })
}

/** All places, none within another; a word only where a word begins. */
function writtenIn(
  characters: readonly string[],
  wanted: readonly string[],
  isWord: boolean,
): Place[] {
  const places: Place[] = []
  for (let from = 0; from + wanted.length <= characters.length; from += 1) {
    if (isWord && !isWordStart(characters[from - 1])) continue
    if (!wanted.every((character, index) => characters[from + index] === character)) continue
    places.push({ from, to: from + wanted.length })
    from += wanted.length - 1
  }
  return places
}

const isWordStart = (before: string | undefined): boolean =>
  before === undefined || before === ' ' || isHanzi(before)

function flat(places: readonly Place[], { starts, ends }: FoldedPlaces): number[] {
  const hits: number[] = []
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from)) {
    const start = starts[from]
    const end = ends[to - 1]
    if (start === undefined || end === undefined) continue
    const reached = hits.at(-1) ?? -1
    if (start <= reached) hits[hits.length - 1] = Math.max(reached, end)
    else if (hits.length < 2 * HITS_MAX) hits.push(start, end)
  }
  return hits
}
