/**
 * The pure core of rebase (design/sync.md, Rebase).
 *
 *   table row  = what staff should see
 *   base row   = the server's last row, kept only for keys that pending operations changed (I11)
 *   shown      = base + pending operations replayed in order (I12)
 *
 * When the server speaks about a key that pending operations changed, the base row moves, and the
 * pending operations that share keys, directly or through one another, are replayed. The cost
 * follows the operations on those keys, not the whole queue.
 */
import type { RecordKey } from '../change.ts'

/** A pending operation and the keys its changes touched when it was last applied. */
export interface Pending {
  readonly seq: number
  readonly keys: readonly RecordKey[]
}

export interface RebasePlan {
  /** Keys to take back to their base rows. */
  readonly restore: ReadonlySet<RecordKey>
  /** Operations to replay, in order. */
  readonly replay: readonly number[]
}

/**
 * Which pending operations must be replayed when `touched` keys moved under them, and which keys
 * must first go back to base: the connected component of the operations that share keys.
 */
export function planRebase(pending: readonly Pending[], touched: Iterable<RecordKey>): RebasePlan {
  const restore = new Set<RecordKey>(touched)
  const replay = new Set<number>()
  let grew = true
  while (grew) {
    grew = false
    for (const operation of pending) {
      if (replay.has(operation.seq)) continue
      if (!operation.keys.some((key) => restore.has(key))) continue
      replay.add(operation.seq)
      for (const key of operation.keys) restore.add(key)
      grew = true
    }
  }
  return { restore, replay: [...replay].toSorted((one, other) => one - other) }
}

/**
 * Keys that a replay wrote beyond those it restored. Where another pending operation, not in the
 * replay, holds one of them, the plan must be made again with these keys counted in.
 */
export function keysOutgrown(
  plan: RebasePlan,
  written: Iterable<RecordKey>,
  pending: readonly Pending[],
): readonly RecordKey[] {
  const replayed = new Set(plan.replay)
  const heldByOthers = new Set(
    pending.filter((one) => !replayed.has(one.seq)).flatMap((one) => one.keys),
  )
  return [...written].filter((key) => !plan.restore.has(key) && heldByOthers.has(key))
}
