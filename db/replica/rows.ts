/** Reading records: from the replica's tables, and titles from the catalogue. */
import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../domain/gathering.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import { isCityKind } from '../../domain/scopes.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { guarded, statementCache } from '../open.ts'
import type { Database } from '../open.ts'
import { keptRows } from './kept-rows.ts'
import type { KeptRows } from './kept-rows.ts'
import { columnsOf, isReplicaKind, neverNull, quoted, quotedList } from './tables.ts'

export type FoundBy<F extends FinderName> = RecordOf<(typeof finders)[F]['kind']>
export type SqlValue = string | number | null

export interface Rows {
  readonly row: <K extends RecordKind>(kind: K, id: string) => RecordOf<K> | null
  /** `values` in the order of the finder's `by`. */
  readonly find: <F extends FinderName>(
    finder: F,
    values: readonly FinderValue[],
  ) => readonly FoundBy<F>[]
  /** Records of the replica: `SELECT … FROM kind` and then `tail`. For db/queries. */
  readonly select: <K extends RecordKind>(
    kind: K,
    tail: string,
    ...values: SqlValue[]
  ) => RecordOf<K>[]
  /** Rows that are no records: counts, groups. For db/queries. */
  readonly raw: (sql: string, ...values: SqlValue[]) => readonly Record<string, SqlValue>[]
  /** As it lies in the replica, without what stands in for rows that the city has not sent yet. */
  readonly storedRow: <K extends RecordKind>(kind: K, id: string) => RecordOf<K> | null
  /** Policy and organisation are kept decoded: a policy of 5,000 lines takes ms to parse. */
  readonly forgetCity: () => void
  /** For whoever writes: the only writer of record tables tells each row that it wrote. */
  readonly kept: KeptRows
}

/** Stands in for city rows that are not there, while the city has not sent them again. */
export interface EssentialRows {
  readonly row: (kind: RecordKind, id: string) => RecordOf<RecordKind> | null
  readonly find: (
    finder: FinderName,
    values: readonly FinderValue[],
  ) => readonly RecordOf<RecordKind>[]
}

type AnyRow = RecordOf<RecordKind>

export function openRows(
  db: Database,
  catalogue: Catalogue,
  essentials: EssentialRows | null = null,
): Rows {
  const prepared = statementCache(db)
  const cityRows = new Map<string, AnyRow | null>()
  const kept = keptRows()
  const stored = (kind: RecordKind, tail: string, values: readonly SqlValue[]): AnyRow[] => {
    const statement = prepared(selectSql(kind, tail))
    return (statement.all(...values) as Record<string, SqlValue>[]).map((row) =>
      rowToRecord(kind, row),
    )
  }
  const row = (kind: RecordKind, id: string): AnyRow | null => {
    if (kind === 'title') return catalogue.titles([id]).get(id) ?? null
    if (kind === 'bib') return catalogue.bib(id)
    if (!isReplicaKind(kind)) return null
    if (!isCityKind(kind)) {
      const met = kept.known(kind, id)
      if (met !== undefined) return met
      const found = stored(kind, 'WHERE id = ?', [id])[0] ?? null
      kept.note(kind, id, found)
      return found
    }
    const key = `${kind}:${id}`
    const known = cityRows.get(key)
    if (known !== undefined) return known
    const read = stored(kind, 'WHERE id = ?', [id])[0] ?? null
    // What stands in is not remembered: it must go when the city's own comes.
    if (read === null && essentials !== null) return essentials.row(kind, id)
    cityRows.set(key, read)
    return read
  }
  /** The table says which; what they are is mostly at hand. */
  const foundKept = (finder: FinderName, values: readonly FinderValue[]): AnyRow[] => {
    const { kind } = finders[finder]
    const ids = prepared(`SELECT id FROM ${quoted(kind)} ${finderTail(finder)}`).pluck()
    return (ids.all(...values) as string[]).flatMap((id) => row(kind, id) ?? [])
  }
  const find = (finder: FinderName, values: readonly FinderValue[]): readonly AnyRow[] => {
    const { kind } = finders[finder]
    if (!isReplicaKind(kind)) {
      const [controlNumber] = values
      return typeof controlNumber === 'string'
        ? catalogue.titlesByControlNumber(controlNumber).slice(0, finders[finder].limit)
        : []
    }
    // Whoever gave no ID number is not the same person as everyone else who gave none.
    if (finder === 'readersByIdHash' && values[0] === null) return []
    const found = kept.isKeeping()
      ? foundKept(finder, values)
      : stored(kind, finderTail(finder), values)
    return found.length === 0 && essentials !== null ? essentials.find(finder, values) : found
  }
  return guarded(db.name, {
    row: row as Rows['row'],
    storedRow: ((kind: RecordKind, id: string) =>
      isCityKind(kind)
        ? (stored(kind, 'WHERE id = ?', [id])[0] ?? null)
        : row(kind, id)) as Rows['storedRow'],
    find: find as unknown as Rows['find'],
    select: ((kind: RecordKind, tail: string, ...values: SqlValue[]) =>
      stored(kind, tail, values)) as Rows['select'],
    raw: (sql, ...values) => prepared(sql).all(...values) as Record<string, SqlValue>[],
    forgetCity: () => {
      cityRows.clear()
    },
    kept,
  })
}

const selectSqlBy = new Map<RecordKind, string>()
function selectSql(kind: RecordKind, tail: string): string {
  let head = selectSqlBy.get(kind)
  if (head === undefined) {
    const names = columnsOf(kind).map((column) => column.name)
    head = `SELECT ${quotedList(names)} FROM ${quoted(kind)}`
    selectSqlBy.set(kind, head)
  }
  return `${head} ${tail}`
}

const finderTails = new Map<FinderName, string>()
/** `IS` is equality in which null matches null, and uses a whole index as `=` does. */
export function finderTail(finder: FinderName): string {
  let tail = finderTails.get(finder)
  if (tail === undefined) {
    const { by, orderBy, limit } = finders[finder]
    const equals = neverNull.has(finder) ? '=' : 'IS'
    const where = by.map((column) => `${quoted(column)} ${equals} ?`).join(' AND ')
    tail = `WHERE ${where} ORDER BY ${quoted(orderBy)} LIMIT ${limit}`
    finderTails.set(finder, tail)
  }
  return tail
}

export function rowToRecord(kind: RecordKind, row: Record<string, SqlValue>): AnyRow {
  const record: Record<string, unknown> = row
  for (const { name, stores } of columnsOf(kind)) {
    if (stores === 'plain' || record[name] === null) continue
    record[name] = stores === 'boolean' ? record[name] === 1 : JSON.parse(record[name] as string)
  }
  return record as unknown as AnyRow
}
