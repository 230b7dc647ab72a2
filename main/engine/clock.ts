/** Time as the engine sees it; tests and the simulator bring their own. */
export interface Clock {
  /** Wall clock, epoch ms. */
  readonly now: () => number
  /** Never goes back, ms. */
  readonly monotonic: () => number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
