/**
 * Desks that come back at once, event by event. A push takes its server's processor, then the
 * database, each one after the other; a server has a few running and a line of waiting pushes
 * (server/http/turnstile.ts), and refuses the rest, who come again as main/sync/loop.ts does.
 */
export interface StormRates {
  readonly nodes: number
  /** Operations a second of one server, and of the database under all. */
  readonly nodePerSecond: number
  readonly databasePerSecond: number
  readonly running: number
  readonly waiting: number
  readonly batch: number
}

export interface StormSummary {
  readonly lastMs: number
  /** When each desk was done. */
  readonly doneMs: readonly number[]
  readonly answerMs: readonly number[]
  readonly busy: number
}

const BACKOFF_FIRST_MS = 500
const BACKOFF_MAX_MS = 15_000
/** Retry-After of server/http/app.ts: 1 to 10 s. */
const RETRY_AFTER_S = 10
/** A line comes back to all at once; the desks notice within a live line's heartbeat. */
const NOTICED_WITHIN_MS = 15_000
/** To the desk and back. */
const WAY_MS = 20

interface Arrival {
  readonly at: number
  readonly desk: number
  readonly failures: number
  readonly left: number
}

/** `random`: 0 … 1. The same seed gives the same storm. */
export function simulateStorm(
  { desks, operations }: { readonly desks: number; readonly operations: number },
  rates: StormRates,
  random: () => number,
): StormSummary {
  const events = openQueue()
  for (let desk = 0; desk < desks; desk += 1) {
    events.add({ at: random() * NOTICED_WITHIN_MS, desk, failures: 0, left: operations })
  }
  const nodes = Array.from({ length: rates.nodes }, () => ({ freeAt: 0, ends: [] as number[] }))
  let databaseFreeAt = 0
  let busy = 0
  const doneMs: number[] = []
  const answerMs: number[] = []
  for (let next = events.take(); next !== null; next = events.take()) {
    const { at, desk, failures, left } = next
    const node = nodes[Math.floor(random() * nodes.length)]
    if (node === undefined) throw new Error('a storm without servers')
    node.ends = node.ends.filter((end) => end > at)
    if (node.ends.length >= rates.running + rates.waiting) {
      busy += 1
      const retryAfterMs = (1 + Math.floor(random() * RETRY_AFTER_S)) * 1_000
      const full = Math.min(BACKOFF_FIRST_MS * 2 ** failures, BACKOFF_MAX_MS)
      const waitMs = Math.max(full, retryAfterMs) * (0.5 + random() / 2)
      events.add({ at: at + waitMs, desk, failures: failures + 1, left })
      continue
    }
    const taken = Math.min(left, rates.batch)
    node.freeAt = Math.max(node.freeAt, at) + (taken / rates.nodePerSecond) * 1_000
    databaseFreeAt =
      Math.max(databaseFreeAt, node.freeAt) + (taken / rates.databasePerSecond) * 1_000
    node.ends.push(databaseFreeAt)
    const answeredAt = databaseFreeAt + WAY_MS
    answerMs.push(answeredAt - at)
    if (left > taken) events.add({ at: answeredAt, desk, failures: 0, left: left - taken })
    else doneMs.push(answeredAt)
  }
  const lastMs = doneMs.reduce((latest, one) => Math.max(latest, one), 0)
  return { lastMs, doneMs, answerMs, busy }
}

/** A binary heap by time. */
function openQueue() {
  const heap: Arrival[] = []
  const timeAt = (place: number): number => heap[place]?.at ?? Infinity
  const swap = (one: number, other: number): void => {
    const [first, second] = [heap[one], heap[other]]
    if (first === undefined || second === undefined) return
    heap[one] = second
    heap[other] = first
  }
  return {
    add(arrival: Arrival): void {
      let place = heap.push(arrival) - 1
      while (place > 0) {
        const parent = (place - 1) >> 1
        if (timeAt(parent) <= arrival.at) return
        swap(place, parent)
        place = parent
      }
    },
    take(): Arrival | null {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) return null
      if (heap.length === 0) return first
      heap[0] = last
      for (let place = 0; ;) {
        const left = 2 * place + 1
        const least = timeAt(left) <= timeAt(left + 1) ? left : left + 1
        if (timeAt(least) >= last.at) return first
        swap(place, least)
        place = least
      }
    },
  }
}
