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
  // Mostly nobody here did anything to what a page touches: then nothing is indexed.
  if (!pending.some(({ keys }) => keys.some((key) => restore.has(key)))) {
    return { restore, replay: [] }
  }
  const operationsByKey = byKey(pending)
  const replay = new Set<number>()
  // A set that grows while it is walked: the keys of the operations found are walked in turn.
  for (const key of restore) {
    for (const operation of operationsByKey.get(key) ?? []) {
      if (replay.has(operation.seq)) continue
      replay.add(operation.seq)
      for (const other of operation.keys) restore.add(other)
    }
  }
  return { restore, replay: [...replay].toSorted((one, other) => one - other) }
}

function byKey(pending: readonly Pending[]): ReadonlyMap<RecordKey, readonly Pending[]> {
  const operationsByKey = new Map<RecordKey, Pending[]>()
  for (const operation of pending) {
    for (const key of operation.keys) {
      const known = operationsByKey.get(key)
      if (known === undefined) operationsByKey.set(key, [operation])
      else known.push(operation)
    }
  }
  return operationsByKey
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
  const beyond = [...written].filter((key) => !plan.restore.has(key))
  if (beyond.length === 0) return []
  const replayed = new Set(plan.replay)
  const heldByOthers = new Set(
    pending.filter((one) => !replayed.has(one.seq)).flatMap((one) => one.keys),
  )
  return beyond.filter((key) => heldByOthers.has(key))
}
