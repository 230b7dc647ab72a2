/** A seeded generator (mulberry32): the same seed makes the same run. */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number
  readonly pick: <T>(from: readonly T[]) => T
  readonly chance: (probability: number) => boolean
}

export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    pick: (from) => from[Math.floor(next() * from.length)] as never,
    chance: (probability) => next() < probability,
  }
}
