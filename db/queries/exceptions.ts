/** Facts that clash: by severity, then the oldest open first, or the latest settled first; and their ages. */
import type { ExceptionKind, LedgerException } from '../../domain/records.ts'
import { severityByKind, Severity } from '../../domain/settlements.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import type { Rows, SqlValue } from '../replica/rows.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface Exceptions {
  readonly rows: readonly ExceptionRow[]
  readonly openCount: number
  readonly counts: readonly KindCount[]
}

interface ExceptionRow {
  readonly exception: LedgerException
  readonly severity: Severity
  readonly title: string | null
  readonly barcode: string | null
  readonly assigneeName: string | null
}

interface KindCount {
  readonly kind: ExceptionKind
  readonly severity: Severity
  readonly today: number
  readonly days: number
  readonly older: number
}

interface Ask {
  readonly state: 'open' | 'settled'
  readonly kind: ExceptionKind | null
  readonly assignedTo: string | null
  readonly limit: number
}

/** Yesterday and the two days before it. */
const DAYS_MS = 3 * 86_400_000

export function exceptions(
  { replica: { rows }, catalogue }: Stores,
  ask: Ask,
  { today }: AskedAt,
): Exceptions {
  const found = listed(rows, ask)
  const items = found.map(({ itemId }) => (itemId === null ? null : rows.row('item', itemId)))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  return {
    rows: found.map((exception, index) => ({
      exception,
      severity: severityByKind[exception.kind],
      title: titleOf(items[index]?.titleId)?.title ?? null,
      barcode: items[index]?.barcode ?? null,
      assigneeName: staffName(rows, exception.assignedTo),
    })),
    openCount: openExceptionsCount(rows),
    counts: countsByKind(rows, startOf(today)),
  }
}

/** Also shown in the status bar. */
export function openExceptionsCount(rows: Rows): number {
  const [row] = rows.raw('SELECT count(*) AS count FROM exception WHERE settledAt IS NULL')
  return Number(row?.['count'])
}

export const staffName = (rows: Rows, id: string | null): string | null =>
  id === null ? null : (rows.row('staff', id)?.name ?? null)

const rankSql = `CASE kind ${Object.entries(severityByKind)
  .map(([kind, severity]) => `WHEN '${kind}' THEN ${Severity.options.indexOf(severity)}`)
  .join(' ')} ELSE 9 END`

/** The order is found in the index alone; only the rows that are shown are read. */
export function openTail(ask: Pick<Ask, 'kind' | 'assignedTo'>): string {
  const order = `${rankSql}, openedAt, id`
  const kind = ask.kind === null ? '' : ' AND kind = ?'
  const mine = ask.assignedTo === null ? '' : ' AND assignedTo = ?'
  const chosen = `SELECT rowid FROM exception WHERE settledAt IS NULL${kind}${mine}`
  return `WHERE rowid IN (${chosen} ORDER BY ${rankSql}, openedAt LIMIT ?) ORDER BY ${order}`
}

function settledTail(ask: Pick<Ask, 'kind' | 'assignedTo'>): string {
  const kind = ask.kind === null ? '' : ' AND kind = ?'
  const mine = ask.assignedTo === null ? '' : ' AND assignedTo = ?'
  return `WHERE settledAt IS NOT NULL${kind}${mine} ORDER BY settledAt DESC LIMIT ?`
}

function listed(rows: Rows, ask: Ask): LedgerException[] {
  const values: SqlValue[] = [ask.kind, ask.assignedTo].filter((value) => value !== null)
  const tail = ask.state === 'open' ? openTail(ask) : settledTail(ask)
  return rows.select('exception', tail, ...values, ask.limit)
}

export const countsSql = `
  SELECT kind, sum(openedAt >= ?) AS today, sum(openedAt < ? AND openedAt >= ?) AS days,
    sum(openedAt < ?) AS older
  FROM exception WHERE settledAt IS NULL GROUP BY kind`

function countsByKind(rows: Rows, todayAt: number): KindCount[] {
  const daysAt = todayAt - DAYS_MS
  const counts = rows
    .raw(countsSql, todayAt, todayAt, daysAt, daysAt)
    .map(({ kind, today, days, older }) => ({
      kind: kind as ExceptionKind,
      severity: severityByKind[kind as ExceptionKind],
      today: Number(today),
      days: Number(days),
      older: Number(older),
    }))
  const rank = ({ severity }: KindCount): number => Severity.options.indexOf(severity)
  return counts.toSorted((one, other) => rank(one) - rank(other))
}
