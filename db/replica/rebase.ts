/** A page of the feed meets what this desk did meanwhile (design/sync.md, Rebase). */
import { keyOfChange, kindOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Item, RecordKind } from '../../domain/records.ts'
import { isOwnItem, isReplicaScope } from '../../domain/scopes.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import { keysOutgrown, planRebase } from '../../domain/sync/replica.ts'
import type { RebasePlan } from '../../domain/sync/replica.ts'
import type { ChangeWriter } from './apply-changes.ts'
import { keysOf, partsOfKey } from './pending-operations.ts'
import type { PendingOperations } from './pending-operations.ts'
import type { Rows } from './rows.ts'
import { isReplicaKind } from './tables.ts'

/** A step of the feed of one scope. */
export interface PageEntry {
  readonly scope: Scope
  readonly number: number
  readonly changes: readonly Change[]
}

export interface Page {
  readonly entries: readonly PageEntry[]
  /** Own operations whose outcome this page contains, and refused ones. */
  readonly settled: readonly number[]
  /** Decides an own operation again on the rows as they are at that moment; none where refused. */
  readonly redecide: (seq: number) => readonly Change[]
}

export interface Changed {
  readonly kinds: RecordKind[]
  readonly ids: string[]
}

/** The feed must be pulled again from the cursor: an entry is missing. */
export class ReplicaGap extends Error {
  constructor(scope: string, wanted: number, got: number) {
    super(`${scope} needs entry ${wanted}, got ${got}`)
    this.name = 'ReplicaGap'
  }
}

/** Entries beyond the cursors, and where the cursors then stand. Known entries are passed over. */
export function entriesBeyond(
  cursors: ScopeNumbers,
  entries: readonly PageEntry[],
): { fresh: readonly PageEntry[]; reached: ScopeNumbers } {
  const reached = { ...cursors }
  const fresh = entries.filter(({ scope, number }) => {
    if (!isReplicaScope(scope)) throw new Error('the catalogue keeps its own feed')
    const wanted = (reached[scope] ?? 0) + 1
    if (number < wanted) return false
    if (number !== wanted) throw new ReplicaGap(scope, wanted, number)
    reached[scope] = number
    return true
  })
  return { fresh, reached }
}

export interface RebaseParts {
  readonly rows: Rows
  readonly writer: ChangeWriter
  readonly pending: PendingOperations
  readonly inverseOf: (changes: readonly Change[]) => Change[]
  /** Where this desk stands; null before it is known to the city. */
  readonly ownBranchId: () => string | null
  /** Runs `attempt` in a savepoint, taken back where it returns false. */
  readonly tried: (attempt: () => boolean) => boolean
}

/** Inside one transaction of the caller's. */
export const rebase = (parts: RebaseParts, fresh: readonly PageEntry[], page: Page): Changed =>
  parts.rows.kept.within(() => rebaseUntilWhole(parts, fresh, page))

function rebaseUntilWhole(parts: RebaseParts, fresh: readonly PageEntry[], page: Page): Changed {
  const settled = new Set(page.settled)
  const before = parts.pending.list()
  const entryKeys = fresh.flatMap((entry) => keysOf(entry.changes))
  const settledKeys = before.filter((one) => settled.has(one.seq)).flatMap((one) => one.keys)
  const touched = new Set<RecordKey>([...entryKeys, ...settledKeys])
  const written = new Set<RecordKey>()
  // A replay may write keys that others hold: those join, and it starts over. Each round adds keys.
  for (;;) {
    const plan = planRebase(before, touched)
    written.clear()
    let outgrown: readonly RecordKey[] = []
    const isWhole = parts.tried(() => {
      rebaseOnce(parts, plan, fresh, settled, page.redecide, written)
      outgrown = keysOutgrown(plan, written, before)
      return outgrown.length === 0
    })
    if (isWhole) return changedBy([...plan.restore, ...written])
    // What was read meanwhile was taken back with the rest.
    parts.rows.forgetCity()
    for (const key of outgrown) touched.add(key)
  }
}

function rebaseOnce(
  { rows, writer, pending, inverseOf, ownBranchId }: RebaseParts,
  plan: RebasePlan,
  fresh: readonly PageEntry[],
  settled: ReadonlySet<number>,
  redecide: (seq: number) => readonly Change[],
  written: Set<RecordKey>,
): void {
  const told = new Set(fresh.flatMap(({ changes }) => keysOf(changes)))
  /** Restored keys whose base row stays what it is, as long as somebody stands upon it. */
  const standing = new Set<RecordKey>()
  // Back to the server's rows: after this, no key of the component has a pending effect …
  for (const key of plan.restore) {
    const base = pending.base(key)
    if (base === null) continue
    const { kind, id } = partsOfKey(key)
    writer.restore(kind, id, base.row)
    if (told.has(key)) pending.dropBase(key)
    else standing.add(key)
  }
  // … so the server's changes land on the server's rows.
  for (const { scope, changes } of fresh) {
    writer.apply(scope === 'brief' ? beyondOwn(rows, ownBranchId(), changes) : changes)
  }
  for (const seq of settled) pending.drop(seq)
  for (const seq of plan.replay) {
    if (settled.has(seq)) continue
    const changes = redecide(seq)
    const inverse = keepCatalogueInverse(
      inverseOf(changes),
      () => pending.changesOf(seq)?.inverse ?? [],
    )
    for (const key of keysOf(changes)) {
      // What an earlier one of this replay wrote has its base row.
      if (written.has(key)) continue
      written.add(key)
      if (standing.has(key)) continue
      const { kind, id } = partsOfKey(key)
      pending.keepBase(key, rows.storedRow(kind, id))
    }
    writer.apply(changes)
    pending.replace(seq, { changes, inverse })
  }
  for (const key of standing) if (!written.has(key)) pending.dropBase(key)
}

/**
 * The brief facts are seconds late: the row of the desk's own branch is the better one. An old one
 * that tells of a stay at this branch is passed over as well, or the item would count as its own
 * for ever after it left.
 */
function beyondOwn(rows: Rows, branchId: string | null, changes: readonly Change[]): Change[] {
  const isOwn = (item: Item | null): boolean =>
    item !== null && branchId !== null && isOwnItem(item, branchId)
  return changes.filter((change) => {
    const { kind, id } = partsOfKey(keyOfChange(change))
    if (kind !== 'item') return true
    const told = 'put' in change ? (change.row as Item) : null
    return !isOwn(rows.row('item', id)) && !isOwn(told)
  })
}

/**
 * Titles are not rebased: the catalogue still shows what the operation did, so what takes it back
 * is what was known before it was first done.
 */
function keepCatalogueInverse(
  inverse: Change[],
  readWas: () => readonly Change[],
): readonly Change[] {
  if (inverse.every((change) => isReplicaKind(kindOfChange(change)))) return inverse
  const wasByKey = Map.groupBy(readWas(), keyOfChange)
  return inverse.map((change) =>
    isReplicaKind(kindOfChange(change))
      ? change
      : (wasByKey.get(keyOfChange(change))?.shift() ?? change),
  )
}

function changedBy(keys: readonly RecordKey[]): Changed {
  const parts = keys.map(partsOfKey)
  return {
    kinds: [...new Set(parts.map(({ kind }) => kind))],
    ids: [...new Set(parts.map(({ id }) => id))],
  }
}
