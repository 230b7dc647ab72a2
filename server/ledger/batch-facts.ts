/**
 * What the operations of one batch see: the store as committed, and over it what the operations
 * before them in the batch changed. Everything read is kept, so that the facts of a whole batch
 * are fetched at once, side by side, before the first is decided.
 */
import { applyChange, inverseOf, keyOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/facts.ts'
import type {
  FinderName,
  FinderValue,
  LoggedOperation,
  Lookup,
  LookupAnswer,
} from '../../domain/facts.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import type { AnyRow, LedgerBatch } from '../storage/ledger-storage.ts'
import { idInKey, kindInKey, openChangedRows } from './changed-rows.ts'

type Source = Pick<LedgerBatch, 'get' | 'find' | 'operation'>

export interface BatchFacts {
  answer(lookup: Lookup): Promise<LookupAnswer>
  row<K extends RecordKind>(kind: K, id: string): Promise<RecordOf<K> | null>
  /**
   * Applies the changes of an operation for those that follow; answers what takes each of them
   * back.
   */
  apply(operationId: string, changes: readonly Change[]): Promise<Change[]>
  log(operation: LoggedOperation): void
  markUndone(id: string, by: string): void
  /** Drops what was read. Only before anything was applied. */
  forget(): void
  readonly rows: ReadonlyMap<RecordKey, AnyRow | null>
  readonly undone: readonly { readonly id: string; readonly by: string }[]
}

export function openBatchFacts(source: Source): BatchFacts {
  const read = new Map<string, Promise<unknown>>()
  const changed = openChangedRows()
  const logged = new Map<string, LoggedOperation>()
  const undone: { id: string; by: string }[] = []

  function once<T>(key: string, fetch: () => Promise<T>): Promise<T> {
    const kept = read.get(key) as Promise<T> | undefined
    if (kept !== undefined) return kept
    const fetched = fetch()
    read.set(key, fetched)
    return fetched
  }

  async function row<K extends RecordKind>(kind: K, id: string): Promise<RecordOf<K> | null> {
    const key = keyOf(kind, id)
    const now = changed.byKey.get(key)
    if (now !== undefined) return now as RecordOf<K> | null
    return (await once(key, () => source.get(kind, id))) as RecordOf<K> | null
  }

  /** Null at once for a record named after the operation: it cannot have been there. */
  const rowBefore = async (operationId: string, key: RecordKey): Promise<AnyRow | null> =>
    idInKey(key).startsWith(`${operationId}.`) ? null : await row(kindInKey(key), idInKey(key))

  const found = (finder: FinderName, values: readonly FinderValue[]) =>
    changed.found(finder, values, (limit) =>
      once(`find:${finder}:${limit}:${JSON.stringify(values)}`, async () => {
        const rows = await source.find(finder, values, limit)
        // The rules will change these rows: what they were before is at hand already.
        const { kind } = finders[finder]
        for (const one of rows) void once(keyOf(kind, one.id), () => Promise.resolve(one))
        return rows
      }),
    )

  async function operation(id: string): Promise<LoggedOperation | null> {
    const here = logged.get(id) ?? (await once(`operation:${id}`, () => source.operation(id)))
    const taken = undone.find((one) => one.id === id)
    return here === null || taken === undefined ? here : { ...here, undoneBy: taken.by }
  }

  return {
    async answer(lookup) {
      if (lookup.lookup === 'operation') return await operation(lookup.id)
      if (lookup.lookup === 'find') return await found(lookup.finder, lookup.values)
      const one = await row(lookup.kind, lookup.id)
      return one === null ? [] : [one]
    },
    row,
    async apply(operationId, changes) {
      const next = new Map<RecordKey, AnyRow | null>()
      const inverse: Change[] = []
      for (const change of changes) {
        const key = keyOfChange(change)
        const before = next.has(key) ? (next.get(key) ?? null) : await rowBefore(operationId, key)
        inverse.push(inverseOf(change, before))
        next.set(key, applyChange(before, change))
      }
      for (const [key, row] of next) changed.set(key, row)
      return inverse
    },
    log: (entry) => void logged.set(entry.id, entry),
    markUndone: (id, by) => void undone.push({ id, by }),
    forget() {
      if (changed.byKey.size > 0) throw new Error('facts of a batch cannot be read again half-way')
      read.clear()
    },
    rows: changed.byKey,
    undone,
  }
}
