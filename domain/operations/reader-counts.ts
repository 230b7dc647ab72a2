/** What is counted on a reader's record, to be counted on another one instead. */
import type { NumericFields } from '../change.ts'
import type { Reader } from '../records.ts'

/** Every counter: one that is new and left out does not compile. */
export const countsOf = (
  other: Reader,
  sign: 1 | -1,
): Readonly<Record<NumericFields<'reader'>, number>> => ({
  openLoansCount: sign * other.openLoansCount,
  openForeignCount: sign * other.openForeignCount,
  openAvCount: sign * other.openAvCount,
  openReadingRoomCount: sign * other.openReadingRoomCount,
  claimsCount: sign * other.claimsCount,
  feesOwedFen: sign * other.feesOwedFen,
  // The points that are free are in the entries as well.
  pointsFree: sign * other.pointsFree,
  depositFen: sign * other.depositFen,
  openHoldsCount: sign * other.openHoldsCount,
})
