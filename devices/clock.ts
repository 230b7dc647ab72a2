/** Time as the device layer sees it. Injected everywhere, so that no test waits. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs `ring` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, ring: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, ring) => {
    const timer = setTimeout(ring, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}

interface Alarm {
  readonly at: number
  readonly ring: () => void
}

/** A clock that moves only when told. Alarms due at the same moment ring in the order set. */
export class ManualClock implements Clock {
  #now: number
  #alarms: Alarm[] = []

  constructor(startAt: number) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  after(delayMs: number, ring: () => void): () => void {
    const alarm: Alarm = { at: this.#now + delayMs, ring }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** Alarms not yet rung: zero after a clean stop. */
  get pending(): number {
    return this.#alarms.length
  }

  /** Moves time on; between two alarms the promises they started are given a turn. */
  async advance(byMs: number): Promise<void> {
    const until = this.#now + byMs
    await settle()
    for (;;) {
      const next = this.#alarms
        .filter((alarm) => alarm.at <= until)
        .toSorted((a, b) => a.at - b.at)
        .at(0)
      if (next === undefined) break
      this.#alarms = this.#alarms.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.ring()
      await settle()
    }
    this.#now = until
  }
}

/** Lets every promise that can go on without time or input go on. */
export const settle = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done)
  })
