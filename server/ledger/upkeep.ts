/** What the city does by itself: the digest, and once a day expiry and compaction. */
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { compactFeeds } from './compact-feed.ts'
import type { SnapshotCursors } from './compact-feed.ts'
import { openDigesting } from './digest-soon.ts'
import { expireActivity } from './expire-activity.ts'
import { forgetHolds } from './forget-holds.ts'
import { reclaimLeases } from './reclaim-leases.ts'

/** Looked at this often: a server that is restarted every night still has its daily tasks done. */
const LOOK_MS = 3_600_000
const FIRST_LOOK_MS = 60_000
const DAY_MS = 86_400_000

export interface Upkeep {
  close(): Promise<void>
}

/** Every task may run on several nodes at once, and again: each asks what is left to be done. */
export async function openUpkeep(
  storage: LedgerStorage,
  snapshots: () => SnapshotCursors,
  now: () => number,
  failed: (error: unknown) => void,
): Promise<Upkeep> {
  const digesting = await openDigesting(storage, now, failed)
  let doneAt: number | null = null
  let running: Promise<void> = Promise.resolve()

  async function daily(): Promise<void> {
    const at = now()
    if (doneAt !== null && at - doneAt < DAY_MS) return
    doneAt = at
    await expireActivity(storage, at)
    await reclaimLeases(storage, at)
    await forgetHolds(storage, at)
    await compactFeeds(storage, snapshots(), at)
  }
  const look = () => {
    running = running.then(daily).catch(failed)
  }
  const first = setTimeout(look, FIRST_LOOK_MS)
  const again = setInterval(look, LOOK_MS)
  return {
    async close() {
      clearTimeout(first)
      clearInterval(again)
      await digesting.close()
      await running
    },
  }
}
