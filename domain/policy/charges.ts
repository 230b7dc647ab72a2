/** What may be charged for what: fixed sums, bounds, and multiples of the price. Rules F1, F2. */
import type { ChargedCause, Charges } from './charge-shapes.ts'
import type { Item } from '../records.ts'

interface Bounds {
  readonly usualFen: number
  readonly minFen: number
  readonly maxFen: number
}

/** Null where the policy charges nothing for it. */
export function boundsFor(
  { lines, loss }: Charges,
  cause: ChargedCause,
  item: Pick<Item, 'priceFen'> | null,
): Bounds | null {
  if (cause !== 'loss') return lines.find((line) => line.cause === cause) ?? null
  const priceFen = item?.priceFen ?? loss.priceUnknownFen
  const minFen = Math.round(priceFen * loss.factorMin)
  return { usualFen: minFen, minFen, maxFen: Math.round(priceFen * loss.factorMax) }
}
