/** Who gets a scan: the screen that was opened last, then the screens below, then the fallback. */
import type { TopicNews } from '../../contract/topics.ts'

export type ScanNews = TopicNews<'scan'>
/** True where the scan was meant for this screen. */
export type TakeScan = (scan: ScanNews) => boolean

export interface ScanFeed {
  readonly publish: (scan: ScanNews) => void
  /** Returns the way to stop. */
  readonly consume: (take: TakeScan) => () => void
  /** What no screen took. */
  readonly fallBackTo: (take: (scan: ScanNews) => void) => () => void
}

export function createScanFeed(): ScanFeed {
  let consumers: readonly TakeScan[] = []
  let fallbacks: readonly ((scan: ScanNews) => void)[] = []
  return {
    publish(scan) {
      const isTaken = consumers.toReversed().some((take) => take(scan))
      if (!isTaken) fallbacks.at(-1)?.(scan)
    },
    consume(take) {
      consumers = [...consumers, take]
      return () => {
        consumers = consumers.filter((one) => one !== take)
      }
    },
    fallBackTo(take) {
      fallbacks = [...fallbacks, take]
      return () => {
        fallbacks = fallbacks.filter((one) => one !== take)
      }
    },
  }
}

/** Scans are held while at least one dialog asks for it. */
export interface ScanHolds {
  /** Returns the way to let go. */
  readonly hold: () => () => void
  readonly isHeld: () => boolean
}

export function createScanHolds(tell: (isHeld: boolean) => void): ScanHolds {
  let count = 0
  return {
    hold() {
      count += 1
      if (count === 1) tell(true)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        count -= 1
        if (count === 0) tell(false)
      }
    },
    isHeld: () => count > 0,
  }
}
