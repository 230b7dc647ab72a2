/** Forgetting what the server has had for 90 days (design/sync.md, Files on the desk). */
import { inTransaction } from '../open.ts'
import type { Database } from '../open.ts'

/** An operation in quarantine is not over: the server may still place it. */
const KEPT = `isSettled = 0 OR answeredAt IS NULL OR answeredAt >= :answeredBefore
  OR outcome IN ('pending', 'quarantined')`

export function pruner(db: Database): (answeredBefore: number, limit: number) => number {
  const epochs = db.prepare('SELECT DISTINCT epoch FROM operation').pluck()
  // The rows of an epoch stay without gaps: only what lies before the first kept one goes.
  const erase = db.prepare(
    `DELETE FROM operation WHERE epoch = :epoch AND seq < (
       SELECT coalesce(min(seq), (SELECT max(seq) FROM operation WHERE epoch = :epoch))
       FROM operation WHERE epoch = :epoch AND (${KEPT}))
     AND seq < (SELECT min(seq) FROM operation WHERE epoch = :epoch) + :limit`,
  )
  const note = db.prepare(`INSERT OR REPLACE INTO setting (name, value)
    SELECT 'first-kept:' || epoch, min(seq) FROM operation WHERE epoch = ? GROUP BY epoch`)
  return (answeredBefore, limit) =>
    inTransaction(db, () => {
      let pruned = 0
      for (const epoch of epochs.all() as number[]) {
        if (pruned >= limit) break
        const { changes } = erase.run({ epoch, answeredBefore, limit: limit - pruned })
        if (changes > 0) note.run(epoch)
        pruned += changes
      }
      return pruned
    })
}
