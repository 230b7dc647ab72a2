/** Whose book numbers a place shares, and what stands in the way of sharing them. */
import type { NumberScheme, ShelfPlace } from '../shelf-records.ts'

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
