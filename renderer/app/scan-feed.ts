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

/** More than a person enters while a connection is away. */
const KEPT_IDS = 64

export function createScanFeed(): ScanFeed {
  const taken = new Set<string>()
  let consumers: readonly TakeScan[] = []
  let fallbacks: readonly ((scan: ScanNews) => void)[] = []
  return {
    publish(scan) {
      if (isRepeated(taken, scan)) return
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

/** Entered again because the answer was lost: the engine told it before it stopped, and tells it again. */
function isRepeated(taken: Set<string>, { scanId }: ScanNews): boolean {
  if (scanId === null) return false
  if (taken.has(scanId)) return true
  taken.add(scanId)
  const [oldest] = taken
  if (taken.size > KEPT_IDS && oldest !== undefined) taken.delete(oldest)
  return false
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
