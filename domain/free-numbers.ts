/**
 * Which book numbers of a class copies carry already, at any place of the scheme. Most were numbered
 * before anybody counted here, so the sequence of the city alone does not know. Rules C43, C47.
 */
import { find, get, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { branchesOf } from './policy/number-schemes.ts'
import type { Item } from './records.ts'
import type { NumberScheme } from './shelf-records.ts'
import { bookSeries } from './words/book-number.ts'

interface NumberOfClass {
  readonly schemeId: string
  readonly classNumber: string
}

/** On the shelf, on loan or on its way: a spine shows it. */
const isCarried = ({ state }: Item): boolean => state !== 'withdrawn'

const branchesIn = (schemes: readonly NumberScheme[], { schemeId }: NumberOfClass) => {
  const scheme = schemes.find(({ id }) => id === schemeId)
  return scheme === undefined ? [] : branchesOf(scheme)
}

/** Copies that carry this number, of whatever title. Empty where none was named. */
export function* carriersOf(
  schemes: readonly NumberScheme[],
  number: (NumberOfClass & { readonly text: string }) | null,
): Gathering<readonly Item[]> {
  if (number === null) return []
  const shelfNumber = `${number.classNumber}/${number.text}`
  const found = yield* together(
    ...branchesIn(schemes, number).map((branch) =>
      find('itemsByShelfNumber', [shelfNumber, branch]),
    ),
  )
  return found.flat().filter(isCarried)
}

/** Gaps that withdrawn books left in a full sequence are shorter than this. */
const GAP_MAX = 8
/** Beyond a million numbers of one class there is no library. */
const STEPS_MAX = 17

/**
 * The city's next number of the class, or the first one behind what stands on the shelves: found by
 * steps that double and then halve, some thirty questions for a class of thousands. Null where none
 * was asked for. A desk sees its own shelves alone, and gives none.
 */
export function* freeNumberOf(
  schemes: readonly NumberScheme[],
  next: (NumberOfClass & { readonly above: number }) | null,
): Gathering<number | null> {
  const scheme = next === null ? undefined : schemes.find(({ id }) => id === next.schemeId)
  if (next === null || scheme === undefined) return null
  const branches = branchesOf(scheme)
  const series = yield* get('number-series', bookSeries(scheme.id, next.classNumber))
  const first = Math.max(series?.nextNumber ?? 1, next.above + 1)
  const isFree = (number: number, length: number) =>
    freeFrom(branches, next.classNumber, number, length)
  // A sequence that runs is behind the shelves already: only the number itself is looked at.
  if (yield* isFree(first, series === null ? GAP_MAX : 1)) return first
  let [taken, free] = [first, first + GAP_MAX]
  for (let step = 0; step < STEPS_MAX && !(yield* isFree(free, GAP_MAX)); step += 1) {
    ;[taken, free] = [free, free + (free - first)]
  }
  while (free - taken > 1) {
    const middle = taken + Math.floor((free - taken) / 2)
    if (yield* isFree(middle, GAP_MAX)) free = middle
    else taken = middle
  }
  return free
}

function* freeFrom(
  branches: readonly string[],
  classNumber: string,
  number: number,
  length: number,
): Gathering<boolean> {
  const found = yield* together(
    ...Array.from({ length }, (_one, at) => `${classNumber}/${number + at}`).flatMap(
      (shelfNumber) => branches.map((branch) => find('itemsByShelfNumber', [shelfNumber, branch])),
    ),
  )
  return !found.flat().some(isCarried)
}
