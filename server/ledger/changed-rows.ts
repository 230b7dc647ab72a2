import type { RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/facts.ts'
import type { FinderName, FinderValue } from '../../domain/facts.ts'
import type { RecordKind } from '../../domain/records.ts'
import type { AnyRow } from '../storage/ledger-storage.ts'
import { inFinderOrder, isMatch } from '../storage/matching-rows.ts'

export const kindInKey = (key: RecordKey): RecordKind =>
  key.slice(0, key.indexOf(':')) as RecordKind
export const idInKey = (key: RecordKey): string => key.slice(key.indexOf(':') + 1)

/** Rows that a batch changed and has not written yet; null where it removed them. */
export interface ChangedRows {
  readonly byKey: ReadonlyMap<RecordKey, AnyRow | null>
  set(key: RecordKey, row: AnyRow | null): void
  /** What a finder answers, given what the store answers to it with a limit of one's choice. */
  found(
    finder: FinderName,
    values: readonly FinderValue[],
    fetch: (limit: number) => Promise<readonly AnyRow[]>,
  ): Promise<readonly AnyRow[]>
}

export function openChangedRows(): ChangedRows {
  const byKey = new Map<RecordKey, AnyRow | null>()
  const byKind = new Map<RecordKind, Map<string, AnyRow | null>>()
  return {
    byKey,
    set(key, row) {
      const ofKind = byKind.get(kindInKey(key)) ?? new Map<string, AnyRow | null>()
      byKind.set(kindInKey(key), ofKind.set(idInKey(key), row))
      byKey.set(key, row)
    },
    async found(finder, values, fetch) {
      const { kind, limit } = finders[finder]
      const stored = await fetch(limit)
      const ours = byKind.get(kind)
      if (ours === undefined) return stored
      // A full answer that lost a row to this batch may have had a next one.
      const isCut = stored.length >= limit && stored.some((one) => ours.has(one.id))
      const enough = isCut ? await fetch(limit + ours.size) : stored
      const matching = [...ours.values()].filter(
        (one): one is AnyRow => one !== null && isMatch(finder, values, one),
      )
      const others = enough.filter((one) => !ours.has(one.id))
      return inFinderOrder(finder, [...others, ...matching]).slice(0, limit)
    },
  }
}
