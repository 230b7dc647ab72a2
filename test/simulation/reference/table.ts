/** Rows in a map: the plainest store there can be. */
import { applyChange, keyOf, keyOfChange } from '../../../domain/change.ts'
import type { Change, RecordKey } from '../../../domain/change.ts'
import type { RecordKind, Records } from '../../../domain/records.ts'

export type Row = Records[RecordKind]
export type Table = Map<RecordKey, Row>

export const kindOfKey = (key: RecordKey): RecordKind =>
  key.slice(0, key.indexOf(':')) as RecordKind
export const idOfKey = (key: RecordKey): string => key.slice(key.indexOf(':') + 1)

export function applyTo(table: Table, changes: readonly Change[]): void {
  for (const change of changes) {
    const key = keyOfChange(change)
    const after = applyChange(table.get(key) ?? null, change)
    if (after === null) table.delete(key)
    else table.set(key, after)
  }
}

export function rowsOf<K extends RecordKind>(table: Table, kind: K): Records[K][] {
  const prefix = `${kind}:`
  const rows: Records[K][] = []
  for (const [key, row] of table) if (key.startsWith(prefix)) rows.push(row as Records[K])
  return rows
}

export const rowIn = <K extends RecordKind>(table: Table, kind: K, id: string): Records[K] | null =>
  (table.get(keyOf(kind, id)) ?? null) as Records[K] | null
