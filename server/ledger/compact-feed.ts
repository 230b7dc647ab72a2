/**
 * Keeps the feeds short. A scope whose entries are many times its rows gets a base: entries that
 * repeat every row. What lies before the base is deleted when every desk has had 90 days to read it.
 */
import { applyChange, keyOfChange, put } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Item } from '../../domain/records.ts'
import { isOwnItem } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { AnyRow, LedgerStorage, ScopeState } from '../storage/ledger-storage.ts'
import { kindInKey } from '../storage/record-keys.ts'

export const FEED_DAYS = 90
export const TOMBSTONE_DAYS = 180
const DAY_MS = 86_400_000
/** Who follows reads the base as well: it has to be rare beside the entries it stands for. */
const ENTRIES_PER_ROW = 4
const ENTRIES_MIN = 2_000
const CHANGES_PER_ENTRY = 200

/** The feed entry up to which a ready file has everything; null where there is none. */
export interface SnapshotCursors {
  readonly brief: number | null
  readonly catalogue: number | null
}

/** Scopes are done one after the other; each may be interrupted and is done at the next time. */
export async function compactFeeds(
  storage: LedgerStorage,
  snapshots: SnapshotCursors,
  at: number,
): Promise<void> {
  for (const state of await storage.scopeStates()) {
    const { scope } = state
    if (scope === 'brief' || scope === 'catalogue') {
      await trim(storage, scope, state.deleted, snapshots[scope], at)
    } else {
      await dropBeforeBase(storage, state, at)
      await writeBase(storage, state, at)
    }
  }
  await storage.forgetRemoved(at - TOMBSTONE_DAYS * DAY_MS)
}

/** Entries that are old and that a snapshot stands for. */
async function trim(
  storage: LedgerStorage,
  scope: Scope,
  deleted: number,
  snapshot: number | null,
  at: number,
): Promise<void> {
  if (snapshot === null) return
  const old = await storage.lastEntryBefore(scope, at - FEED_DAYS * DAY_MS)
  const until = Math.min(old, snapshot)
  if (until > deleted) await storage.deleteEntries(scope, until)
}

async function dropBeforeBase(storage: LedgerStorage, state: ScopeState, at: number) {
  const { scope, base, baseAt, deleted } = state
  if (baseAt === null || base <= deleted || baseAt > at - FEED_DAYS * DAY_MS) return
  await storage.deleteEntries(scope, base)
}

async function writeBase(storage: LedgerStorage, state: ScopeState, at: number): Promise<void> {
  const { scope, head, base, baseRows, baseAt } = state
  // One base at a time: the one before is still what new desks begin with.
  if (baseAt !== null && baseAt > at - FEED_DAYS * DAY_MS) return
  if (head - base < Math.max(ENTRIES_MIN, ENTRIES_PER_ROW * baseRows)) return
  const rows = new Map<RecordKey, AnyRow>()
  let last = base
  for await (const entries of storage.entriesOf(scope, base)) {
    for (const { number, changes } of entries) {
      last = number
      for (const change of changes) fold(rows, scope, change)
    }
  }
  if (last - base < ENTRIES_PER_ROW * rows.size) return
  const puts = [...rows].map(([key, row]) => put(kindInKey(key), row as never))
  const chunks = Array.from({ length: Math.ceil(puts.length / CHANGES_PER_ENTRY) }, (_, n) =>
    puts.slice(n * CHANGES_PER_ENTRY, (n + 1) * CHANGES_PER_ENTRY),
  )
  // Where somebody wrote meanwhile it is left for the next time.
  await storage.writeBase(scope, last, { chunks, rows: rows.size }, at)
}

/**
 * As on a desk: what the feed says is what the desks hold (I17). An item that left is told in brief,
 * for the desks that follow; it is no row of this scope any more.
 */
export function fold(rows: Map<RecordKey, AnyRow>, scope: Scope, change: Change): void {
  const key = keyOfChange(change)
  const after = applyChange(rows.get(key) ?? null, change)
  if (after === null || hasLeft(scope, key, after)) rows.delete(key)
  else rows.set(key, after)
}

const hasLeft = (scope: Scope, key: RecordKey, row: AnyRow): boolean =>
  scope.startsWith('branch:') &&
  kindInKey(key) === 'item' &&
  !isOwnItem(row as Item, scope.slice('branch:'.length))
