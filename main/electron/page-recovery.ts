/** Brings a crashed page back, and stops trying where it crashes again and again. */
import type { RenderProcessGoneDetails } from 'electron'

const BACKOFF_FIRST_MS = 250
const CRASHES_MAX = 3
const WINDOW_MS = 5 * 60_000

export interface RecoveryParts {
  readonly now: () => number
  readonly after: (ms: number, work: () => void) => void
  readonly reload: () => void
  /** The third crash within five minutes: a person decides. */
  readonly giveUp: (reason: string) => void
}

/** Listener of `render-process-gone`. */
export function createPageRecovery({
  now,
  after,
  reload,
  giveUp,
}: RecoveryParts): (details: Pick<RenderProcessGoneDetails, 'reason'>) => void {
  let crashes: number[] = []
  return ({ reason }) => {
    if (reason === 'clean-exit') return
    const at = now()
    crashes = [...crashes.filter((crashedAt) => at - crashedAt < WINDOW_MS), at]
    if (crashes.length < CRASHES_MAX) {
      after(BACKOFF_FIRST_MS * 2 ** (crashes.length - 1), reload)
      return
    }
    crashes = []
    giveUp(reason)
  }
}
