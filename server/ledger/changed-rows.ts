import { keyOf } from '../../domain/change.ts'
import type { RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue, Lookup } from '../../domain/gathering.ts'
import type { RecordKind } from '../../domain/records.ts'
import type { AnyRow } from '../storage/ledger-storage.ts'
import { finderValue, inFinderOrder, isMatch } from '../storage/matching-rows.ts'
import { idInKey } from '../storage/record-keys.ts'

/** Rows that a batch changed and has not written yet; null where it removed them. */
export interface ChangedRows {
  /** Undefined where the batch did not change it. */
  at(kind: RecordKind, id: string): AnyRow | null | undefined
  /** `before`: the row as it was, null where there was none. */
  set(kind: RecordKind, id: string, before: AnyRow | null, row: AnyRow | null): void
  keys(): RecordKey[]
  /** True where a row that the store answers this with may have changed, or come or gone. */
  hasTouched(lookup: Extract<Lookup, { lookup: 'get' | 'find' }>): boolean
  /** What a finder answers, given what the store answers to it with a limit of one's choice. */
  found(
    finder: FinderName,
    values: readonly FinderValue[],
    limit: number,
    fetch: (limit: number) => readonly AnyRow[],
  ): readonly AnyRow[]
}

/** The first field of every finder of a kind: where a changed row is looked for. */
const fieldsByKind = new Map<RecordKind, readonly string[]>(
  [...Map.groupBy(Object.values(finders), ({ kind }): RecordKind => kind)].map(([kind, ofKind]) => [
    kind,
    [...new Set(ofKind.map(({ by }) => by[0]))],
  ]),
)

interface OfKind {
  readonly rows: Map<string, AnyRow | null>
  /** Ids of changed rows, by a field and each value that it had before or after a change. */
  readonly places: Map<string, Map<FinderValue, Set<string>>>
}

/** Looked up 20 times for each operation: by kind and id, since a key would be a new text each. */
export function openChangedRows(): ChangedRows {
  const kinds = new Map<RecordKind, OfKind>()

  function place(ofKind: OfKind, field: string, value: FinderValue, id: string): void {
    let byValue = ofKind.places.get(field)
    if (byValue === undefined) ofKind.places.set(field, (byValue = new Map()))
    const ids = byValue.get(value)
    if (ids === undefined) byValue.set(value, new Set([id]))
    else ids.add(id)
  }

  return {
    at: (kind, id) => kinds.get(kind)?.rows.get(id),
    set(kind, id, before, row) {
      let ofKind = kinds.get(kind)
      if (ofKind === undefined) kinds.set(kind, (ofKind = { rows: new Map(), places: new Map() }))
      const isFirst = !ofKind.rows.has(id)
      ofKind.rows.set(id, row)
      for (const field of fieldsByKind.get(kind) ?? []) {
        const was = before === null ? undefined : finderValue(before, field)
        const is = row === null ? undefined : finderValue(row, field)
        if (isFirst && was !== undefined) place(ofKind, field, was, id)
        if (is !== undefined && is !== was) place(ofKind, field, is, id)
      }
    },
    hasTouched(lookup) {
      if (lookup.lookup === 'get') return kinds.get(lookup.kind)?.rows.has(lookup.id) ?? false
      const { kind, by } = finders[lookup.finder]
      return (
        kinds
          .get(kind)
          ?.places.get(by[0])
          ?.has(lookup.values[0] ?? null) ?? false
      )
    },
    keys: () =>
      [...kinds].flatMap(([kind, { rows }]) => [...rows.keys()].map((id) => keyOf(kind, id))),
    found(finder, values, limit, fetch) {
      const { kind, by } = finders[finder]
      const stored = fetch(limit)
      const ours = kinds.get(kind)
      const candidates = ours?.places.get(by[0])?.get(values[0] ?? null)
      if (ours === undefined || candidates === undefined) return stored
      const isOurs = ({ id }: AnyRow) => ours.rows.has(id)
      // A full answer that lost a row to this batch may have had a next one.
      const isCut = stored.length >= limit && stored.some(isOurs)
      const enough = isCut ? fetch(limit + ours.rows.size) : stored
      const rows = enough.filter((one) => !isOurs(one))
      for (const id of candidates) {
        const row = ours.rows.get(id) ?? null
        if (row !== null && isMatch(finder, values, row)) rows.push(row)
      }
      return rows.length < 2 ? rows : inFinderOrder(finder, rows).slice(0, limit)
    },
  }
}

/** A record named after the operation that makes it cannot have been there before. */
export const isNamedAfter = (key: RecordKey, operationId: string): boolean =>
  idInKey(key).startsWith(`${operationId}.`)
