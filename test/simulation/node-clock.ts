/** The clock of one machine: it drifts, jumps and is set back; its stopwatch does none of that. */
import type { Clock } from '../../main/engine/clock.ts'

export class NodeClock implements Clock {
  readonly #now: () => number
  readonly #start: number
  readonly #driftPpm: number
  skewMs: number

  constructor(now: () => number, skewMs: number, driftPpm: number) {
    this.#now = now
    this.#start = now()
    this.skewMs = skewMs
    this.#driftPpm = driftPpm
  }

  readonly now = (): number => {
    const real = this.#now()
    const drifted = ((real - this.#start) * this.#driftPpm) / 1_000_000
    return Math.max(0, Math.round(real + this.skewMs + drifted))
  }

  readonly monotonic = (): number => this.#now() - this.#start
}
