/** The only writer of record tables. */
import type { Change } from '../../domain/change.ts'
import { joined, keyOfChange, kindOfChange } from '../../domain/change.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import { isCityKind } from '../../domain/scopes.ts'
import { statementCache } from '../open.ts'
import type { Database } from '../open.ts'
import {
  columnsOf,
  derivedOf,
  isReplicaKind,
  quoted,
  quotedList,
  tableColumnsOf,
} from './tables.ts'
import type { Column, DerivedColumn } from './tables.ts'
import type { Rows, SqlValue } from './rows.ts'

export interface ChangeWriter {
  /** Changes of titles and full records are the catalogue's: they are passed over here. */
  readonly apply: (changes: readonly Change[]) => void
  /** Puts a whole row back, or takes it away. */
  readonly restore: (kind: RecordKind, id: string, row: RecordOf<RecordKind> | null) => void
}

export function changeWriter(db: Database, rows: Rows): ChangeWriter {
  const prepared = statementCache(db)
  const putRow = (kind: RecordKind, row: object): void => {
    prepared(putSqlOf(kind)).run(...recordToSql(kind, row))
  }
  const removeRow = (kind: RecordKind, id: string): void => {
    prepared(`DELETE FROM ${quoted(kind)} WHERE id = ?`).run(id)
  }
  const patchRow = (kind: RecordKind, id: string, set: object, add: object): void => {
    const { sql, values } = patchSql(kind, set, add)
    // A patch of a row that is not there changes nothing: a removed row stays removed (I19).
    if (values.length > 0) prepared(sql).run(...values, id)
  }
  const touched = (kind: RecordKind): void => {
    if (isCityKind(kind)) rows.forgetCity()
  }
  return {
    apply(changes) {
      for (const change of patchedAtOnce(changes)) {
        const kind = kindOfChange(change)
        if (!isReplicaKind(kind)) continue
        touched(kind)
        if ('put' in change) putRow(kind, change.row)
        else if ('patch' in change) patchRow(kind, change.id, change.set, change.add)
        else removeRow(kind, change.id)
        rows.kept.wrote(change)
      }
    },
    restore(kind, id, row) {
      touched(kind)
      if (row === null) removeRow(kind, id)
      else putRow(kind, row)
      rows.kept.note(kind, id, row)
    },
  }
}

/** Patches of one record that follow each other are one: each writes the row and its indexes. */
function patchedAtOnce(changes: readonly Change[]): readonly Change[] {
  const steps: Change[] = []
  for (const change of changes) {
    const last = steps.at(-1)
    if (last !== undefined && arePatchesOfOne(last, change)) {
      steps[steps.length - 1] = joined(last, change)
    } else steps.push(change)
  }
  return steps
}

/** What the first one sets and the second one counts up is left to SQL, which looks at its type. */
const arePatchesOfOne = (first: Change, second: Change): boolean =>
  'patch' in first &&
  'patch' in second &&
  keyOfChange(first) === keyOfChange(second) &&
  Object.keys(second.add).every((field) => !(field in first.set))

export function recordToSql(kind: RecordKind, row: object): SqlValue[] {
  const fields = row as Record<string, unknown>
  return [
    ...columnsOf(kind).map((column) => toSql(column, fields[column.name])),
    ...derivedOf(kind).map((column) => derivedValue(column, fields[column.from])),
  ]
}

const derivedValue = ({ of }: DerivedColumn, value: unknown): SqlValue =>
  typeof value === 'string' ? of(value) : null

const putSqlBy = new Map<RecordKind, string>()
export function putSqlOf(kind: RecordKind): string {
  const known = putSqlBy.get(kind)
  if (known !== undefined) return known
  const names = tableColumnsOf(kind)
  const sql = upsertSql(kind, `VALUES (${names.map(() => '?').join(', ')})`)
  putSqlBy.set(kind, sql)
  return sql
}

/** `source`: `VALUES (…)`, or a SELECT with a WHERE, which SQLite needs before ON CONFLICT. */
export function upsertSql(kind: RecordKind, source: string): string {
  const names = tableColumnsOf(kind)
  const sets = names
    .filter((name) => name !== 'id')
    .map((name) => `${quoted(name)} = excluded.${quoted(name)}`)
  return `INSERT INTO main.${quoted(kind)} (${quotedList(names)}) ${source}
    ON CONFLICT (id) DO UPDATE SET ${sets.join(', ')}`
}

/** Sets and adds of its own columns only; the counters add to what is there. */
function patchSql(kind: RecordKind, set: object, add: object): { sql: string; values: SqlValue[] } {
  const columns = new Map(columnsOf(kind).map((column) => [column.name, column]))
  const columnOf = (field: string): Column => {
    const column = columns.get(field)
    // Names come from other desks and from the server: none reaches SQL that is not a column.
    if (column === undefined || field === 'id')
      throw new Error(`${kind} has no field to patch: ${field}`)
    return column
  }
  const parts: string[] = []
  const values: SqlValue[] = []
  const adds = new Map(Object.entries(add) as [string, number][])
  for (const [field, value] of Object.entries(set)) {
    const column = columnOf(field)
    const by = adds.get(field)
    adds.delete(field)
    parts.push(`${quoted(field)} = ?`)
    values.push(toSql(column, by === undefined ? value : Number(value) + by))
  }
  for (const [field, by] of adds) {
    if (columnOf(field).type === 'TEXT') throw new Error(`${kind}.${field} is no counter`)
    parts.push(`${quoted(field)} = ${quoted(field)} + ?`)
    values.push(by)
  }
  for (const column of derivedOf(kind)) {
    if (!(column.from in set)) continue
    parts.push(`${quoted(column.name)} = ?`)
    values.push(derivedValue(column, (set as Record<string, unknown>)[column.from]))
  }
  return { sql: `UPDATE ${quoted(kind)} SET ${parts.join(', ')} WHERE id = ?`, values }
}

function toSql({ name, stores }: Column, value: unknown): SqlValue {
  if (value === undefined) throw new Error(`no value for ${name}`)
  if (value === null) return null
  if (stores === 'boolean') return value === true ? 1 : 0
  return stores === 'json' ? JSON.stringify(value) : (value as SqlValue)
}
