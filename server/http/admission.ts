/**
 * Who is asked to come again: a desk that asks too often, and everybody while the server is behind.
 * Facts come first: a push is the last to be sent away.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Refused } from './refused.ts'

export interface Admission {
  /** Throws Refused `busy`. `key`: the device, or the address of a stranger. */
  readonly enter: (key: string, kind: RequestKind) => void
  /** Longest wait of the event loop lately, ms. */
  readonly lagMs: () => number
  readonly close: () => void
}
export type RequestKind = 'push' | 'read' | 'sign-in' | 'enrol'

interface Rate {
  /** Tokens a second, and how many wait at most. */
  readonly perSecond: number
  readonly burst: number
}

const rates: Record<RequestKind, Rate> = {
  push: { perSecond: 100, burst: 400 },
  // A new desk pulls page after page.
  read: { perSecond: 200, burst: 1_000 },
  'sign-in': { perSecond: 0.5, burst: 20 },
  enrol: { perSecond: 0.5, burst: 20 },
}
/** A desk that has not been heard for so long has its tokens back anyway. */
const FORGET_MS = 60_000
const KEYS_MAX = 20_000
const LAG_RESOLUTION_MS = 20
const LAG_WINDOW_MS = 1_000
/** Everyone sent away above this; nobody below it. */
const LAG_READ_MS = 400
const LAG_PUSH_MS = 2_000

export function openAdmission(now: () => number): Admission {
  const buckets = new Map<string, { tokens: number; at: number }>()
  const lag = openLag()
  const forget = setInterval(() => {
    for (const [key, { at }] of buckets) if (now() - at > FORGET_MS) buckets.delete(key)
  }, FORGET_MS)
  forget.unref()
  return {
    lagMs: lag.ms,
    enter(key, kind) {
      if (lag.ms() > (kind === 'push' ? LAG_PUSH_MS : LAG_READ_MS)) {
        throw new Refused('busy', 'the server is behind')
      }
      const { perSecond, burst } = rates[kind]
      const name = `${kind} ${key}`
      const at = now()
      const before = buckets.get(name) ?? { tokens: burst, at }
      const tokens = Math.min(
        burst,
        before.tokens + (Math.max(0, at - before.at) * perSecond) / 1_000,
      )
      if (buckets.size >= KEYS_MAX && !buckets.has(name))
        throw new Refused('busy', 'too many desks')
      buckets.set(name, { tokens: Math.max(0, tokens - 1), at })
      if (tokens < 1) throw new Refused('busy', 'asked too often')
    },
    close() {
      clearInterval(forget)
      lag.close()
    },
  }
}

function openLag(): { ms: () => number; close: () => void } {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  delay.enable()
  let worst = 0
  const timer = setInterval(() => {
    worst = delay.percentile(90) / 1e6
    delay.reset()
  }, LAG_WINDOW_MS)
  timer.unref()
  return {
    ms: () => worst,
    close() {
      clearInterval(timer)
      delay.disable()
    },
  }
}
