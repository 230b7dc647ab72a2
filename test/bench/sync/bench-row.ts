/**
 * The rows that every contestant moves: the same bytes for the same index, on every machine.
 * about 315 bytes of values and 385 of JSON, as in the measurements this bench repeats.
 */
export interface BenchRow {
  readonly id: string
  readonly barcode: string
  readonly branch: string
  readonly state: string
  readonly title: string
  readonly note: string
  readonly at: number
}

/** Who made a row: the seed of the authority, the client's offline work, or another writer. */
export type RowOrigin = 'seed' | 'desk' | 'other'

/** Hanzi from the start of their block: 3 bytes each, and as compressible as titles are. */
const FIRST_HANZI = 0x4e00
const HANZI = 512

/** mulberry32: one multiplication or two for each number, and no state beyond 32 bits. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

const seedOf: Record<RowOrigin, number> = { seed: 1, desk: 2, other: 3 }

export function benchRow(index: number, origin: RowOrigin = 'seed'): BenchRow {
  const next = numbersFrom(Math.imul(index + 1, 2_654_435_761) ^ seedOf[origin])
  const hex = (): string => next().toString(16).padStart(8, '0')
  const text = (length: number): string => {
    let made = ''
    for (let at = 0; at < length; at += 1)
      made += String.fromCharCode(FIRST_HANZI + (next() % HANZI))
    return made
  }
  return {
    id: `${origin}-${String(index).padStart(8, '0')}-${hex()}-${hex()}`,
    barcode: String(10_000_000_000_000 + index * 7),
    branch: `branch-${next() % 40}`,
    state: next() % 5 === 0 ? 'on-loan' : 'available',
    title: text(8 + (next() % 17)),
    note: text(49 + (next() % 30)),
    at: 1_795_000_000_000 + index * 1_000,
  }
}
