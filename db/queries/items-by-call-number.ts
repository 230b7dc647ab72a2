/** The items whose call numbers begin so, in the order in which they stand on the shelf. */
import { isSought } from '../../domain/search/sought-call-number.ts'
import type { SoughtCallNumber } from '../../domain/search/sought-call-number.ts'
import { callNumberSortKey } from '../../domain/words/call-number.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface ShelvedItem {
  readonly titleId: string
  readonly callNumber: string
}

/** Looked at of a class whose labels are asked for as a whole. Sorting so many takes some 20 ms. */
const LABELS_MAX = 5_000
const END = '\u{10ffff}'

const BEGINNING = `SELECT titleId, callNumber FROM item
  WHERE callNumber >= ? AND callNumber < ? AND titleId IS NOT NULL AND state <> 'withdrawn'
  LIMIT ?`

/** A desk knows the call numbers of its own branch. Each title once, where it stands first. */
export function itemsByCallNumber(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { sought, limit }: { readonly sought: SoughtCallNumber; readonly limit: number },
  _asked: AskedAt,
): readonly ShelvedItem[] {
  const beginning = (start: string): ShelvedItem[] =>
    [start, start.toLowerCase()]
      .flatMap((text) => rows.raw(BEGINNING, text, text + END, LABELS_MAX))
      .map((row) => ({ titleId: String(row['titleId']), callNumber: String(row['callNumber']) }))
      .filter(({ callNumber }) => isSought(sought, callNumber))
  // As most labels are written; those written otherwise are looked for among all of the class.
  const asWritten = sought.bookStart === '' ? [] : beginning(`${sought.start}/${sought.bookStart}`)
  const shelved = (asWritten.length > 0 ? asWritten : beginning(sought.start))
    .map((item) => ({ item, key: callNumberSortKey(item.callNumber.toUpperCase()) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const firsts = new Map<string, ShelvedItem>()
  for (const { item } of shelved) if (!firsts.has(item.titleId)) firsts.set(item.titleId, item)
  return [...firsts.values()].slice(0, limit)
}
