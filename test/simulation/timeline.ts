/**
 * Virtual time: events in the order of their instants, one after the other. Whatever an event
 * starts runs on microtasks, which are all done before the next event; work that leaves the thread
 * (PostgreSQL, the HTTP stack) is counted and waited for. So one seed is one run.
 */
import { setImmediate } from 'node:timers/promises'

export interface Timeline {
  readonly now: () => number
  /** Answers the way to call it off. */
  readonly after: (ms: number, what: string, event: () => void) => () => void
  /** Runs `work` outside the thread; the next event waits for it. */
  readonly outside: <T>(work: () => Promise<T>) => Promise<T>
  /** Runs the events up to `until`; stops early where `isOver` says so. */
  readonly runUntil: (until: number, isOver: () => boolean) => Promise<void>
  readonly step: () => number
}

interface Planned {
  readonly at: number
  readonly order: number
  readonly what: string
  readonly event: () => void
  isOff: boolean
}

/** `onStep` is told of every event before it runs; `afterStep` checks what it did. */
export function openTimeline(
  start: number,
  onStep: (at: number, what: string) => void,
  afterStep: () => void,
): Timeline {
  let now = start
  let order = 0
  let steps = 0
  const queue: Planned[] = []
  const running = new Set<Promise<unknown>>()

  /** All microtasks, and what they start outside, until nothing moves. */
  async function settled(): Promise<void> {
    for (;;) {
      await setImmediate()
      if (running.size === 0) return
      await Promise.allSettled(running)
    }
  }

  return {
    now: () => now,
    step: () => steps,
    after(ms, what, event) {
      const planned: Planned = {
        at: now + Math.max(0, Math.round(ms)),
        order: (order += 1),
        what,
        event,
        isOff: false,
      }
      place(queue, planned)
      return () => {
        planned.isOff = true
      }
    },
    async outside(work) {
      const done = work()
      running.add(done)
      try {
        return await done
      } finally {
        running.delete(done)
      }
    },
    async runUntil(until, isOver) {
      await settled()
      for (;;) {
        const next = queue.at(-1)
        if (next === undefined || next.at > until || isOver()) break
        queue.pop()
        if (next.isOff) continue
        now = next.at
        steps += 1
        onStep(now, next.what)
        next.event()
        await settled()
        afterStep()
      }
      now = Math.max(now, until)
    },
  }
}

const isLater = (one: Planned, other: Planned): boolean =>
  one.at > other.at || (one.at === other.at && one.order > other.order)

/** The next event is the last of the queue: a binary search keeps it sorted. */
function place(queue: Planned[], planned: Planned): void {
  let low = 0
  let high = queue.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isLater(queue[middle] as Planned, planned)) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, planned)
}
