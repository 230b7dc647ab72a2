import { Refused } from './refused.ts'

/**
 * At most `runningMax` at a time and `waitingMax` in line; the rest are told to come later at
 * once. Pushes wait for one another in the database anyway: a longer line there helps nobody.
 */
export function openTurnstile(runningMax: number, waitingMax: number) {
  const line: (() => void)[] = []
  let running = 0
  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (running >= runningMax) {
      if (line.length >= waitingMax) throw new Refused('busy', 'too many at once')
      await new Promise<void>((go) => line.push(go))
    }
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      line.shift()?.()
    }
  }
}
