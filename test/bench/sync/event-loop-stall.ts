import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'

/** From now on; the answer stops watching and tells the longest time in which nothing was served, ms. */
export function watchStall(): () => Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  return async () => {
    // A stall is noted by the first turn after it.
    await wait(10)
    delay.disable()
    return delay.max / 1e6
  }
}
