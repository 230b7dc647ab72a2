/** Readers by card number or telephone from the left, or by part of the name; never by ID number. */
import type { Reader } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface ReaderRow {
  readonly id: string
  readonly cardNumber: string
  readonly name: string
  readonly category: string
  readonly bornOn: string | null
  readonly openLoansCount: number
}

interface Ask {
  readonly text: string
  readonly limit: number
}

/** Cards first, then telephones, then names; each reader once. */
export function findReaders({ replica }: Stores, ask: Ask, _asked: AskedAt): readonly ReaderRow[] {
  const text = ask.text.trim()
  if (text === '') return []
  const { rows } = replica
  const prefix = [text, `${text}${LAST_CHARACTER}`] as const
  const found = new Map<string, ReaderRow>()
  const searches: (() => Reader[])[] = [
    () => rows.select('reader', `${prefixed('cardNumber')} LIMIT ?`, ...prefix, ask.limit),
    () => ofOtherCards(rows, prefix, ask.limit),
    () => rows.select('reader', `${prefixed('phone')} LIMIT ?`, ...prefix, ask.limit),
    // The names are read from their index, which is a fraction of the table.
    () =>
      rows.select(
        'reader',
        `WHERE rowid IN (SELECT rowid FROM reader WHERE name LIKE ? ESCAPE '\\' LIMIT ?)
         ORDER BY name, id`,
        `%${likeLiteral(text)}%`,
        ask.limit,
      ),
  ]
  for (const search of searches) {
    if (found.size >= ask.limit) break
    for (const reader of search()) {
      const isMerged = reader.mergedIntoId !== null
      if (!isMerged && !found.has(reader.id)) found.set(reader.id, readerToRow(reader))
    }
  }
  return [...found.values()].slice(0, ask.limit)
}

/** A virtual card, or the card that was the main one before. */
function ofOtherCards(
  rows: Stores['replica']['rows'],
  prefix: readonly [string, string],
  limit: number,
): Reader[] {
  const cards = rows.select('card', `${prefixed('number')} LIMIT ?`, ...prefix, limit)
  return cards.flatMap(({ readerId }) => rows.row('reader', readerId) ?? [])
}

/** Sorts after every other character: the end of a prefix's range. */
const LAST_CHARACTER = '\u{10ffff}'

/** A range, because LIKE folds case and so cannot use the index. */
const prefixed = (column: string): string =>
  `WHERE ${column} >= ? AND ${column} < ? ORDER BY ${column}`

const likeLiteral = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`)

export const readerToRow = (reader: Reader): ReaderRow => ({
  id: reader.id,
  cardNumber: reader.cardNumber,
  name: reader.name,
  category: reader.category,
  bornOn: reader.bornOn,
  openLoansCount: reader.openLoansCount,
})
