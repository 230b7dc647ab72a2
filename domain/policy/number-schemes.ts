/** Whose book numbers a place shares, and what stands in the way of sharing them. */
import type { Item } from '../records.ts'
import type { NumberScheme, ShelfPlace } from '../shelf-records.ts'
import { splitCallNumber } from '../words/call-number.ts'
import { isProvisional } from '../words/book-number.ts'

/** Without a shelf, a place is all of its branch. */
const meets = (one: ShelfPlace, other: ShelfPlace): boolean =>
  one.branchId === other.branchId &&
  (one.shelf === null || other.shelf === null || one.shelf === other.shelf)

/** Null where the books of this place are numbered by nobody here. */
export const schemeOfPlace = (
  schemes: readonly NumberScheme[],
  place: ShelfPlace,
): NumberScheme | null =>
  schemes.find(({ places }) =>
    places.some(
      (one) => one.branchId === place.branchId && (one.shelf === null || one.shelf === place.shelf),
    ),
  ) ?? null

export interface PlaceClash {
  readonly place: ShelfPlace
  /** Null: twice in the scheme itself. */
  readonly other: NumberScheme | null
}

/** The first place of `scheme` that is numbered twice. */
export function placeClash(
  scheme: NumberScheme,
  schemes: readonly NumberScheme[],
): PlaceClash | null {
  for (const [index, place] of scheme.places.entries()) {
    if (scheme.places.some((one, at) => at < index && meets(one, place))) {
      return { place, other: null }
    }
    const other = schemes.find(
      ({ id, places }) => id !== scheme.id && places.some((one) => meets(one, place)),
    )
    if (other !== undefined) return { place, other }
  }
  return null
}

export const branchesOf = ({ places }: NumberScheme): ShelfPlace['branchId'][] =>
  [...new Set(places.map(({ branchId }) => branchId))].toSorted()

/**
 * The book number that copies of a title have on the shelves of a scheme: most were numbered before
 * anybody counted here. Without volume and edition. Null where none stands in this class.
 */
export function numberOnShelves(
  copies: readonly Item[],
  scheme: NumberScheme,
  classNumber: string,
): string | null {
  for (const { callNumber, homeBranchId, shelf, state } of copies) {
    if (callNumber === null || state === 'withdrawn' || isProvisional(callNumber)) continue
    const place = { branchId: homeBranchId, shelf }
    const parts = splitCallNumber(callNumber)
    const isOfScheme = schemeOfPlace([scheme], place) !== null
    if (!isOfScheme || parts.prefix !== null || parts.classNumber !== classNumber) continue
    const [number] = parts.bookNumber?.split(/[:(]/u) ?? []
    if (number !== undefined && number !== '') return number
  }
  return null
}
