/** What this desk did on one day, newest first; or, of all days, what the city did not take. */
import { kindOfChange } from '../../domain/change.ts'
import { exceptionIdOf } from '../../domain/open-exception.ts'
import type { Finding } from '../../domain/operation.ts'
import { isUndoableKind } from '../../domain/operations/index.ts'
import { addDays, dateAt, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import type { OutcomeName, StoredOperation } from '../outbox/outbox.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface Today {
  readonly rows: readonly OperationRow[]
  readonly hasMore: boolean
  readonly keptSinceOn: CalendarDate
  /** Undone and refused ones are not counted. */
  readonly lentCount: number
  readonly returnedCount: number
  readonly pendingCount: number
}

interface OperationRow {
  readonly id: string
  readonly seq: number
  readonly kind: string
  readonly at: number
  readonly staffName: string
  readonly outcome: OutcomeName
  readonly findings: readonly Finding[]
  readonly summary: unknown
  readonly item: { readonly id: string; readonly barcode: string } | null
  readonly reader: {
    readonly id: string
    readonly name: string
    readonly cardNumber: string
  } | null
  readonly titleText: string | null
  readonly undoneBy: string | null
  readonly isUndoable: boolean
  readonly whyNot: WhyNot | null
  readonly exceptionId: string | null
}

type WhyNot =
  | 'undone'
  | 'refused'
  | 'undo'
  | 'payment'
  | 'points'
  | 'certificate'
  | 'deposit'
  | 'reversal'
  | 'till'
  | 'asked'
  | 'changed-nothing'

interface Ask {
  readonly limit: number
  readonly on?: CalendarDate | null | undefined
  readonly text?: string | undefined
  readonly kinds?: readonly string[] | undefined
  readonly areRefused?: boolean | undefined
  /** Whoever may not see readers must not find them either. */
  readonly areReadersHidden?: boolean
}

/** Read at once while looking for a text. */
const PAGE = 500

export function today(stores: Stores, ask: Ask, asked: AskedAt): Today {
  const { outbox } = stores
  const on = ask.on ?? asked.today
  const day = { from: startOf(on), until: startOf(addDays(on, 1)) }
  const found: OperationRow[] = []
  const isLastSaving = lastSavings()
  for (const operations of pagesOf(stores, ask, day)) {
    const rows = rowsOf(stores, operations)
    found.push(...rows.filter((row) => fits(row, ask) && isLastSaving(row)))
    if (found.length > ask.limit) break
  }
  const counts = outbox.countsBetween(day.from, day.until)
  return {
    rows: found.slice(0, ask.limit),
    hasMore: found.length > ask.limit,
    keptSinceOn: dateAt(outbox.firstAt() ?? day.from),
    lentCount: counts.get('loan.check-out') ?? 0,
    returnedCount: counts.get('loan.check-in') ?? 0,
    pendingCount: outbox.pendingCount(),
  }
}

function* pagesOf(
  { outbox, replica: { rows } }: Stores,
  ask: Ask,
  { from, until }: { readonly from: number; readonly until: number },
): Generator<readonly StoredOperation[]> {
  if (ask.areRefused === true) {
    // By their exceptions, which are few: the log has no index over outcomes.
    const told = rows.select(
      'exception',
      `WHERE kind IN ('request-refused', 'quarantined') AND deviceId = ? ORDER BY openedAt DESC LIMIT ?`,
      outbox.identity()?.deviceId ?? '',
      ask.limit + 1,
    )
    yield told.flatMap(({ operationId }) => outbox.byId(operationId) ?? [])
    return
  }
  for (let skip = 0; ; skip += PAGE) {
    const page = outbox.between(from, until, PAGE, skip)
    yield page
    if (page.length < PAGE) return
  }
}

function rowsOf(
  { replica: { rows }, catalogue }: Stores,
  operations: readonly StoredOperation[],
): OperationRow[] {
  const items = operations.map(({ about }) =>
    about.itemId === null ? null : rows.row('item', about.itemId),
  )
  const titleIds = operations.map(
    (operation, index) => items[index]?.titleId ?? titleIdIn(operation),
  )
  const titleOf = titleRows(catalogue, titleIds)
  return operations.map((operation, index): OperationRow => {
    const { readerId } = operation.about
    const item = items[index] ?? null
    const reader = readerId === null ? null : rows.row('reader', readerId)
    const whyNot = whyNotOf(operation)
    return {
      id: operation.id,
      seq: operation.seq,
      kind: operation.kind,
      at: operation.at,
      staffName: rows.row('staff', operation.staffId)?.name ?? operation.staffId,
      outcome: operation.outcome,
      findings: operation.findings,
      summary: operation.summary,
      item: item === null ? null : { id: item.id, barcode: item.barcode },
      reader:
        reader === null
          ? null
          : { id: reader.id, name: reader.name, cardNumber: reader.cardNumber },
      titleText: titleOf(titleIds[index])?.title ?? null,
      undoneBy: operation.undoneBy,
      isUndoable: whyNot === null,
      whyNot,
      exceptionId: exceptionOf(rows, operation),
    }
  })
}

/** Of a hold on a title, no item is known yet. */
function titleIdIn({ summary }: StoredOperation): string | null {
  const { titleId } = (summary ?? {}) as { readonly titleId?: unknown }
  return typeof titleId === 'string' ? titleId : null
}

const mayHaveException: ReadonlySet<OutcomeName> = new Set([
  'applied-with-exception',
  'refused',
  'quarantined',
])

function exceptionOf(
  rows: Stores['replica']['rows'],
  { id, outcome }: StoredOperation,
): string | null {
  if (!mayHaveException.has(outcome)) return null
  if (outcome === 'refused') {
    return rows.row('exception', exceptionIdOf(id, 'request-refused'))?.id ?? null
  }
  // Named after the operation: all between `….x-` and the next letter, the open ones first.
  const [first] = rows.select(
    'exception',
    'WHERE id > ? AND id < ? ORDER BY settledAt IS NOT NULL, id LIMIT 1',
    `${id}.x-`,
    `${id}.x.`,
  )
  return first?.id ?? null
}

/** A draft saves itself all day: of its savings that stand the last is shown. Newest first. */
function lastSavings(): (row: OperationRow) => boolean {
  const seen = new Set<unknown>()
  return ({ kind, outcome, summary }) => {
    if (kind !== 'draft.save' || outcome === 'refused') return true
    const { draftId } = summary as { readonly draftId?: unknown }
    if (seen.has(draftId)) return false
    seen.add(draftId)
    return true
  }
}

function fits(
  row: OperationRow,
  { text = '', kinds = [], areReadersHidden = false }: Ask,
): boolean {
  const sought = text.trim().toLowerCase()
  if (sought === '' || kinds.includes(row.kind)) return true
  const reader = areReadersHidden ? null : row.reader
  return [
    row.item?.barcode,
    row.titleText,
    row.staffName,
    reader?.cardNumber,
    reader === null ? null : maskedName(reader.name),
  ].some((one) => one?.toLowerCase().includes(sought) === true)
}

const ofLedger: Readonly<Record<string, WhyNot>> = {
  'payment.take': 'payment',
  'payment.refund': 'reversal',
  'payment.return': 'reversal',
  'ledger.reverse': 'reversal',
  'points.earn': 'points',
  'points.redeem': 'points',
  'certificate.issue': 'certificate',
  'reader.set-category': 'deposit',
  'till.close': 'till',
  'operation.undo': 'undo',
  'reader.welcome': 'asked',
  'lease.request': 'asked',
  'lease.return': 'asked',
}

/** Null where it is worth offering; the rule has the last word. */
function whyNotOf({ kind, changes, undoneBy, outcome }: StoredOperation): WhyNot | null {
  if (outcome === 'refused') return 'refused'
  if (undoneBy !== null) return 'undone'
  // An entry of a ledger stays.
  const isInLedger = changes.some((change) => kindOfChange(change) === 'ledger-entry')
  if (isInLedger || !isUndoableKind(kind)) return ofLedger[kind] ?? 'points'
  return changes.length === 0 ? 'changed-nothing' : null
}
