/** Titles found by one of their items: by its barcode, or by where it stands on the shelf. */
import { itemsByCallNumber } from '../../db/queries/items-by-call-number.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { titleRows } from '../../db/queries/title-row.ts'
import type { TitleRow } from '../../db/queries/title-row.ts'
import { soughtCallNumber } from '../../domain/search/sought-call-number.ts'
import { normaliseBarcode } from '../../domain/words/barcode.ts'
import type { Stores } from './stores.ts'

export interface FoundByItem {
  readonly row: TitleRow
  /** The item's barcode or call number. */
  readonly itemNumber: string
}

/** A label; a longer text is not read off one. */
const BARCODE_LENGTH_MAX = 64
const SOME_DIGIT = /\d/

/** Each title once, in the order of the shelf; none for any text that is neither. */
export function foundByItems(
  stores: Pick<Stores, 'replica' | 'catalogue'>,
  text: string,
  limit: number,
  now: AskedAt,
): readonly FoundByItem[] {
  const items = [...itemsByBarcode(stores, text), ...itemsOnShelf(stores, text, limit, now)]
  const rowOf = titleRows(
    stores.catalogue,
    items.map(({ titleId }) => titleId),
  )
  const found = new Map<string, FoundByItem>()
  for (const { titleId, itemNumber } of items) {
    const row = rowOf(titleId)
    if (row !== null && !found.has(titleId)) found.set(titleId, { row, itemNumber })
  }
  return [...found.values()].slice(0, limit)
}

interface NumberedItem {
  readonly titleId: string
  readonly itemNumber: string
}

function itemsByBarcode({ replica }: Pick<Stores, 'replica'>, text: string): NumberedItem[] {
  const barcode = normaliseBarcode(text)
  if (!SOME_DIGIT.test(barcode) || barcode.length > BARCODE_LENGTH_MAX) return []
  const spellings = new Set([barcode, barcode.toUpperCase()])
  return [...spellings]
    .flatMap((spelling) => replica.rows.find('itemByBarcode', [spelling]))
    .flatMap(({ titleId }) => (titleId === null ? [] : [{ titleId, itemNumber: barcode }]))
}

function itemsOnShelf(
  stores: Pick<Stores, 'replica'>,
  text: string,
  limit: number,
  now: AskedAt,
): NumberedItem[] {
  const sought = soughtCallNumber(text)
  if (sought === null) return []
  return itemsByCallNumber(stores, { sought, limit }, now).map(({ titleId, callNumber }) => ({
    titleId,
    itemNumber: callNumber,
  }))
}
