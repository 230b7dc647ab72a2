import type { Scan } from './scan-assembler.ts'

/** More scans than anyone leaves waiting by intent. */
export const QUEUE_LIMIT = 256

export interface ScanQueueEnds {
  readonly deliver: (scan: Scan) => void
  readonly waiting: (count: number) => void
  readonly dropped: (scan: Scan, droppedCount: number) => void
}

/**
 * Scans in order, each delivered once. While held they wait; when full the newest is dropped, and
 * said so at once, because its book is still in the librarian's hand.
 */
export class ScanQueue {
  readonly #ends: ScanQueueEnds
  #isHeld: boolean
  #scans: Scan[] = []
  #droppedCount = 0

  constructor(ends: ScanQueueEnds, isHeld: boolean) {
    this.#ends = ends
    this.#isHeld = isHeld
  }

  push(scan: Scan): void {
    if (!this.#isHeld) {
      this.#ends.deliver(scan)
    } else if (this.#scans.length < QUEUE_LIMIT) {
      this.#scans.push(scan)
      this.#ends.waiting(this.#scans.length)
    } else {
      this.#droppedCount += 1
      this.#ends.dropped(scan, this.#droppedCount)
    }
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (isHeld || this.#scans.length === 0) return
    const scans = this.#scans
    this.#scans = []
    this.#droppedCount = 0
    for (const [n, scan] of scans.entries()) {
      // A delivery may open the next dialog, which holds the rest again.
      if (this.#isHeldAgain()) {
        this.#scans = [...scans.slice(n), ...this.#scans]
        break
      }
      this.#ends.deliver(scan)
    }
    this.#ends.waiting(this.#scans.length)
  }

  /** Read anew each time: delivery may have changed it. */
  #isHeldAgain(): boolean {
    return this.#isHeld
  }

  /** Drops all that wait; answers how many. */
  discard(): number {
    const count = this.#scans.length
    this.#scans = []
    this.#droppedCount = 0
    if (count > 0) this.#ends.waiting(0)
    return count
  }
}
