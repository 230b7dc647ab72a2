/** Runs the digest soon after the feeds moved, and less often the more they move. */
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { digestAll } from './digest.ts'

const IDLE_MS = 250
const LONGEST_MS = 2_000
/** What a node that died left untold. */
const POLL_MS = 30_000

export interface Digesting {
  close(): Promise<void>
}

/** `failed` hears of each failure; what was not told is told at the next run. */
export async function openDigesting(
  storage: LedgerStorage,
  now: () => number,
  failed: (error: unknown) => void,
): Promise<Digesting> {
  let idle: NodeJS.Timeout | null = null
  let waitingSince: number | null = null
  let running: Promise<void> | null = null
  let isClosed = false

  function run(): void {
    idle = null
    waitingSince = null
    running ??= digestAll(storage, now)
      .catch(failed)
      .then(() => {
        running = null
      })
  }

  function soon(): void {
    if (isClosed) return
    const at = performance.now()
    waitingSince ??= at
    if (idle !== null) clearTimeout(idle)
    const isLong = at - waitingSince >= LONGEST_MS - IDLE_MS
    idle = setTimeout(run, isLong ? 0 : IDLE_MS)
  }

  const unlisten = await storage.onHeadsMoved(({ scopes }) => {
    // Its own entries are no news to it.
    if (scopes === null || scopes.some((scope) => scope !== 'brief')) soon()
  })
  const poll = setInterval(soon, POLL_MS)
  soon()
  return {
    async close() {
      isClosed = true
      clearInterval(poll)
      if (idle !== null) clearTimeout(idle)
      await unlisten()
      await running
    },
  }
}
