/**
 * Which issues of a year a service point keeps, as the whole city may know it: a bit for each
 * ordinal, in counters. A first copy adds its bit and the last one takes it away, by differences, so
 * that an arrival can be undone after others have come. 40 bits in each: exact as a double, and in
 * every database.
 */
const BITS = 40
export const HELD_ORDINAL_MAX = 3 * BITS
const fields = ['heldTo40', 'heldTo80', 'heldTo120'] as const
type HeldField = (typeof fields)[number]
export type Held = Readonly<Record<HeldField, number>>

export const nothingHeld: Held = { heldTo40: 0, heldTo80: 0, heldTo120: 0 }

const placeOf = (ordinal: number): { readonly field: HeldField; readonly bit: number } | null => {
  const field = fields[Math.floor((ordinal - 1) / BITS)]
  return field === undefined ? null : { field, bit: 2 ** ((ordinal - 1) % BITS) }
}

/** Of a daily beyond its 120th nothing is told to the city: newspapers are not kept on paper. */
export function isHeld(held: Held, ordinal: number): boolean {
  const place = placeOf(ordinal)
  return place !== null && Math.floor(held[place.field] / place.bit) % 2 === 1
}

/** What is added to the counters as these ordinals come (`by` 1) or go (-1). */
export function heldBy(
  ordinal: number,
  lastOrdinal: number,
  by: 1 | -1,
): Partial<Record<HeldField, number>> {
  const added: Partial<Record<HeldField, number>> = {}
  for (let at = ordinal; at <= lastOrdinal; at += 1) {
    const place = placeOf(at)
    if (place !== null) added[place.field] = (added[place.field] ?? 0) + by * place.bit
  }
  return added
}

export function heldOrdinals(held: Held): number[] {
  const all = Array.from({ length: HELD_ORDINAL_MAX }, (_, index) => index + 1)
  return all.filter((ordinal) => isHeld(held, ordinal))
}
