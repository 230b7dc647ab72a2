/**
 * Is the desk's clock to be believed? It never says what time it is: it says when the clock went
 * back behind what this desk has already seen, or jumped against the clock that cannot be set. Such
 * operations are marked; nothing is refused for it (design/sync.md, Time).
 */
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { Clock } from './clock.ts'

/** Below this it is the drift of a cheap clock, or the time server at work. */
const TOLERATED_MS = 120_000
const SAVE_EVERY_MS = 60_000
/** The latest wall clock seen, epoch ms. */
export const HIGH_WATER_SETTING = 'clock-high-water-ms'
const JUMPED_SETTING = 'clock-jumped'

export interface ClockReading {
  readonly wallMs: number
  readonly monoMs: number
  readonly isSuspect: boolean
}

export interface ClockWatch {
  readonly reading: () => ClockReading
  /** The city has just measured this clock: what it says is as good as the measurement. */
  readonly measured: () => void
}

export interface ClockState {
  /** The latest wall clock seen. */
  readonly highWaterMs: number
  readonly last: { readonly wallMs: number; readonly monoMs: number } | null
  /** The clock jumped since the city last measured it. */
  readonly hasJumped: boolean
}

type Instant = { readonly wallMs: number; readonly monoMs: number }

/** Pure. `monoMs` counts on while the machine sleeps. */
export function afterReading(
  state: ClockState,
  now: Instant,
): { readonly state: ClockState; readonly isSuspect: boolean } {
  const { highWaterMs, last } = state
  const isBehind = now.wallMs < highWaterMs - TOLERATED_MS
  const drift = last === null ? 0 : now.wallMs - last.wallMs - (now.monoMs - last.monoMs)
  const hasJumped = state.hasJumped || Math.abs(drift) > TOLERATED_MS
  return {
    state: { highWaterMs: Math.max(highWaterMs, now.wallMs), last: now, hasJumped },
    isSuspect: isBehind || hasJumped,
  }
}

/** After a measurement the mark starts anew: a year set by mistake must not cast doubt for a year. */
export const afterMeasurement = (now: Instant): ClockState => ({
  highWaterMs: now.wallMs,
  last: now,
  hasJumped: false,
})

/**
 * `elapsed`: ms since any fixed moment, sleep included. A clock that stands still while the machine
 * sleeps would call every morning a jump.
 */
export function createClockWatch(
  outbox: Outbox,
  clock: Clock,
  elapsed: () => number = clock.monotonic,
): ClockWatch {
  let state: ClockState = {
    highWaterMs: highWaterOf(outbox),
    last: null,
    hasJumped: outbox.setting(JUMPED_SETTING) !== null,
  }
  let saved = state
  const instant = (): Instant => ({ wallMs: clock.now(), monoMs: elapsed() })
  const save = (): void => {
    if (state.hasJumped !== saved.hasJumped) {
      outbox.saveSetting(JUMPED_SETTING, state.hasJumped ? String(state.highWaterMs) : null)
    } else if (Math.abs(state.highWaterMs - saved.highWaterMs) < SAVE_EVERY_MS) return
    outbox.saveSetting(HIGH_WATER_SETTING, String(state.highWaterMs))
    saved = state
  }
  return {
    reading() {
      const now = instant()
      const after = afterReading(state, now)
      state = after.state
      save()
      return { wallMs: now.wallMs, monoMs: clock.monotonic(), isSuspect: after.isSuspect }
    },
    measured() {
      state = afterMeasurement(instant())
      save()
    },
  }
}

/** Each operation carries its own reading: the last one is as good as a mark, and costs no commit. */
function highWaterOf({ bySeq, lastSeq, setting }: Outbox): number {
  const body = bySeq(lastSeq())?.body as { wallMs?: unknown } | undefined
  const last = typeof body?.wallMs === 'number' ? body.wallMs : 0
  return Math.max(last, Number(setting(HIGH_WATER_SETTING) ?? 0))
}
