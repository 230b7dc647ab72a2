/** What this desk did today, newest first. */
import { kindOfChange } from '../../domain/change.ts'
import type { Finding } from '../../domain/operation.ts'
import { isUndoableKind } from '../../domain/operations/index.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import type { OutcomeName, StoredOperation } from '../outbox/outbox.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface Today {
  readonly rows: readonly OperationRow[]
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
}

export function today(
  { outbox, replica: { rows }, catalogue }: Stores,
  { limit }: { readonly limit: number },
  asked: AskedAt,
): Today {
  const midnight = startOf(asked.today)
  const operations = outbox.since(midnight, limit)
  const items = operations.map(({ about }) =>
    about.itemId === null ? null : rows.row('item', about.itemId),
  )
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  const counts = outbox.countsSince(midnight)
  return {
    rows: operations.map((operation, index): OperationRow => {
      const { readerId } = operation.about
      const item = items[index] ?? null
      const reader = readerId === null ? null : rows.row('reader', readerId)
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
        titleText: titleOf(item?.titleId)?.title ?? null,
        undoneBy: operation.undoneBy,
        isUndoable: isUndoable(operation),
      }
    }),
    lentCount: counts.get('loan.check-out') ?? 0,
    returnedCount: counts.get('loan.check-in') ?? 0,
    pendingCount: outbox.pendingCount(),
  }
}

/** Worth offering; the rule has the last word. */
const isUndoable = ({ kind, changes, undoneBy, outcome }: StoredOperation): boolean =>
  isUndoableKind(kind) &&
  changes.length > 0 &&
  // An entry of a ledger stays.
  !changes.some((change) => kindOfChange(change) === 'ledger-entry') &&
  undoneBy === null &&
  outcome !== 'refused'
