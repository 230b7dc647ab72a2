/**
 * How much one request carries, learnt from how long the last ones took. What is too large for a
 * slow line would time out, go again as it was, and time out again.
 */
import type { Clock } from '../engine/clock.ts'
import { TransportFailure } from './transport.ts'

/** Longer than this and the next request carries half: a loan at the desk waits behind it. */
const SLOW_MS = 5_000
const QUICK_MS = 2_000

export interface LinePace {
  /** What the next request may carry. */
  readonly bytes: () => number
  /**
   * Sends it. `isFull`: it carried all that it might, so that a quick answer says that the line takes
   * more. Throws what `request` throws.
   */
  readonly timed: <T>(isFull: boolean, request: () => Promise<T>) => Promise<T>
}

/** Begins at `first` bytes; never below `min` nor above `max`. */
export function openLinePace(
  clock: Pick<Clock, 'monotonic'>,
  { min, first, max }: { readonly min: number; readonly first: number; readonly max: number },
): LinePace {
  let bytes = first
  return {
    bytes: () => bytes,
    async timed(isFull, request) {
      const began = clock.monotonic()
      try {
        const answer = await request()
        const ms = clock.monotonic() - began
        if (ms > SLOW_MS) bytes = Math.max(min, bytes / 2)
        else if (isFull && ms < QUICK_MS) bytes = Math.min(max, bytes * 2)
        return answer
      } catch (error) {
        const isTimeout = error instanceof TransportFailure && error.reason === 'timed-out'
        if (isTimeout) bytes = Math.max(min, bytes / 4)
        throw error
      }
    },
  }
}
