/** Time as the engine sees it; tests and the simulator bring their own. */
import { uptime } from 'node:os'
import { eventTime } from '../../contract/sync-protocol.ts'

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

/** The time of the city: `clock` and what is to be added to it at that moment. */
export const correctedClock = (clock: Clock, offsetMs: () => number | null): Clock => ({
  now: () => eventTime({ wallMs: clock.now(), clockOffsetMs: offsetMs() }),
  monotonic: clock.monotonic,
})

/** Ms since the machine started, sleep included, which `monotonic` leaves out on Linux. */
const sinceBootMs = (): number => uptime() * 1000

/** Ms since any fixed moment, sleep included where the clock is the machine's. */
export const elapsedOf = (clock: Clock): (() => number) =>
  clock === systemClock ? sinceBootMs : clock.monotonic
