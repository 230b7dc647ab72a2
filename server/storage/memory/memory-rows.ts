/** Records in memory, with an index for each finder. */
import { keyOf } from '../../../domain/change.ts'
import type { RecordKey } from '../../../domain/change.ts'
import { finders } from '../../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../../domain/gathering.ts'
import type { RecordKind } from '../../../domain/records.ts'
import type { AnyRow, FoundRecord, RecordWriting, Search, StoredRecord } from '../ledger-storage.ts'
import { finderValues, inFinderOrder } from '../matching-rows.ts'
import { kindInKey } from '../record-keys.ts'

export interface MemoryRows {
  at(key: RecordKey): StoredRecord | undefined
  search(search: Search): FoundRecord[]
  list(kind: RecordKind, afterId: string, limit: number): FoundRecord[]
  write(records: ReadonlyMap<RecordKey, RecordWriting>, at: number): void
  forgetRemoved(before: number): number
}

const finderNames = Object.keys(finders) as FinderName[]
const namesByKind = Map.groupBy(finderNames, (name): RecordKind => finders[name].kind)
const valuesKey = (values: readonly FinderValue[]): string => JSON.stringify(values)

export function openMemoryRows(): MemoryRows {
  const kept = new Map<RecordKey, StoredRecord>()
  const removedAt = new Map<RecordKey, number>()
  const index = new Map<string, Map<string, AnyRow>>()

  /** The places in the index where a row stands, one for each finder of its kind. */
  const places = (kind: RecordKind, row: AnyRow): string[] =>
    (namesByKind.get(kind) ?? []).map((name) => `${name} ${valuesKey(finderValues(name, row))}`)

  function unplace(kind: RecordKind, row: AnyRow): void {
    for (const place of places(kind, row)) {
      const rows = index.get(place)
      rows?.delete(row.id)
      if (rows?.size === 0) index.delete(place)
    }
  }

  function place(kind: RecordKind, row: AnyRow): void {
    for (const at of places(kind, row)) {
      const rows = index.get(at) ?? new Map<string, AnyRow>()
      index.set(at, rows.set(row.id, row))
    }
  }

  return {
    at: (key) => kept.get(key),
    search({ finder, values, limit }) {
      const rows = index.get(`${finder} ${valuesKey(values)}`)
      if (rows === undefined) return []
      const { kind } = finders[finder]
      return inFinderOrder(finder, [...rows.values()])
        .slice(0, limit)
        .map((row) => kept.get(keyOf(kind, row.id)) as FoundRecord)
    },
    list: (kind, afterId, limit) =>
      [...kept]
        .flatMap(([key, one]) => {
          const isWanted = one.row !== null && kindInKey(key) === kind && one.row.id > afterId
          return isWanted ? [one as FoundRecord] : []
        })
        .toSorted((one, other) => (one.row.id < other.row.id ? -1 : 1))
        .slice(0, limit),
    write(records, at) {
      for (const [key, { row, scopes }] of records) {
        const kind = kindInKey(key)
        const before = kept.get(key)
        if (before === undefined && row === null) continue
        if (before?.row) unplace(kind, before.row)
        if (row !== null) place(kind, row)
        const version = (before?.version ?? 0) + 1
        kept.set(key, { row, version, scopes })
        if (row === null) removedAt.set(key, at)
        else removedAt.delete(key)
      }
    },
    forgetRemoved(before) {
      let count = 0
      for (const [key, at] of removedAt) {
        if (at >= before) continue
        kept.delete(key)
        removedAt.delete(key)
        count += 1
      }
      return count
    },
  }
}
