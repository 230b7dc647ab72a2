/**
 * What time it is, by the city: the machine's clock and how far it is from the server's, measured at
 * every answer that tells the server's time (design/sync.md, Time; docs/decisions/0016).
 *
 * An answer that took `t` ms says that the offset lies within t / 2 of its middle. A slow one says
 * little, and is believed only where it contradicts what was measured before.
 */
import type { Outbox } from '../../db/outbox/outbox.ts'
import { HIGH_WATER_SETTING } from './clock-watch.ts'
import type { Clock } from './clock.ts'

const OFFSET_SETTING = 'clock-offset-ms'
const VOUCHED_SETTING = 'clock-vouched-ms'
/** Each saving is a disk's flush: an offset of before is good enough to start with. */
const SAVED_FROM_MS = 1_000
const VOUCHED_EVERY_MS = 60_000
/** Below this the two clocks agree well enough for a signature. */
const SKEW_MS = 60_000
/** News comes this late at most on a line that is alive; and never before it was sent. */
const NEWS_LATE_MS = 30_000
const NEWS_EARLY_MS = 1_000

export interface DeskClock {
  /** To be added to the machine's clock at this moment; null before the first contact. */
  readonly offsetMs: () => number | null
  /**
   * The latest time that can be meant: it goes on where the clock is set back, and across a restart
   * where it was behind the mark. For ages, which may be too high and never too low.
   */
  readonly latest: () => number
  /** Rises with each measurement. */
  readonly measurementsCount: () => number
  /** An answer came `tookMs` after it was asked for. */
  readonly answered: (serverMs: number, tookMs: number) => void
  /** What was sent unasked contradicts the clock: it is to be measured. */
  readonly isContradictedBy: (serverMs: number) => boolean
  /**
   * A desk whose clock is wrong by more than a signature may be off could never say hello, and so
   * never measure by how much. The refusal's own date is good enough to sign the next hello by.
   */
  readonly refused: (serverMs: number) => void
}

/** An instant of the city, and the stopwatch at that moment. */
interface Mark {
  readonly ms: number
  readonly mono: number
}

export function openDeskClock(outbox: Outbox, clock: Clock): DeskClock {
  const since = ({ ms, mono }: Mark): number => ms + clock.monotonic() - mono
  const marked = (ms: number): Mark => ({ ms, mono: clock.monotonic() })
  const numberIn = (setting: string): number | null => {
    const text = outbox.setting(setting)
    return text === null ? null : Number(text)
  }

  let offset = numberIn(OFFSET_SETTING)
  let savedOffset = offset
  let savedVouched = numberIn(VOUCHED_SETTING)
  /** The city said so: it cannot be earlier now. */
  let vouched = savedVouched === null ? null : marked(savedVouched)
  const highWater = numberIn(HIGH_WATER_SETTING)
  let latestMark = marked(highWater === null ? 0 : highWater + (offset ?? 0))
  let count = 0

  function offsetMs(): number | null {
    if (vouched === null) return offset
    return Math.max(offset ?? 0, Math.ceil(since(vouched) - clock.now()))
  }
  const now = (): number => clock.now() + (offsetMs() ?? 0)

  function save(): void {
    if (offset !== null && Math.abs(offset - (savedOffset ?? Infinity)) >= SAVED_FROM_MS) {
      outbox.saveSetting(OFFSET_SETTING, String(offset))
      savedOffset = offset
    }
    const ms = vouched?.ms ?? 0
    if (savedVouched !== null && Math.abs(ms - savedVouched) < VOUCHED_EVERY_MS) return
    outbox.saveSetting(VOUCHED_SETTING, String(ms))
    savedVouched = ms
  }

  return {
    offsetMs,
    latest() {
      latestMark = marked(Math.max(now(), since(latestMark)))
      return latestMark.ms
    },
    measurementsCount: () => count,
    answered(serverMs, tookMs) {
      const half = tookMs / 2
      const sample = Math.round(serverMs + half - clock.now())
      if (offset === null || Math.abs(offset - sample) > half + 1) offset = sample
      vouched = marked(serverMs)
      latestMark = marked(now())
      count += 1
      save()
    },
    isContradictedBy(serverMs) {
      const ahead = serverMs - now()
      return ahead > NEWS_EARLY_MS || ahead < -NEWS_LATE_MS
    },
    refused(serverMs) {
      const told = serverMs - clock.now()
      if (Math.abs(told - (offsetMs() ?? 0)) <= SKEW_MS) return
      offset = told
      vouched = null
    },
  }
}
