/** What one operation of this desk took or handed back, as its receipt says it. */
import type { Change } from '../../domain/change.ts'
import type { LedgerEntry } from '../../domain/ledger-records.ts'
import { operationOf } from '../../domain/operations/index.ts'
import type { PayloadOf } from '../../domain/operations/index.ts'
import type { FeeCause } from '../../domain/policy/charge-shapes.ts'
import type { StoredOperation } from '../outbox/outbox.ts'
import { recordsOfPerson } from './records-of-person.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'

export interface MoneyReceipt {
  readonly operationId: string
  /** Short, and of this desk alone: `A 1.23` is the 23rd operation of desk A's first run. */
  readonly number: string
  readonly slip: 'payment-receipt' | 'refund-receipt'
  readonly at: number
  readonly staffName: string
  readonly deskName: string
  readonly reader: {
    readonly id: string
    readonly name: string
    readonly cardNumber: string
  } | null
  readonly lines: readonly {
    readonly cause: FeeCause | 'deposit' | null
    readonly title: string | null
    readonly barcode: string | null
    /** Positive, whichever way it went. */
    readonly amountFen: number
  }[]
  readonly amountFen: number
  readonly tender: LedgerEntry['tender']
  /** Cash as it was handed over; null where nobody said. */
  readonly givenFen: number | null
  /** By the reader, now. */
  readonly owedFen: number
  readonly note: string | null
}

/** Null where it moved no money, was refused, or is of another desk. */
export function moneyReceipt(
  { outbox, replica: { rows }, catalogue }: Stores,
  { operationId }: { readonly operationId: string },
  _asked: AskedAt,
): MoneyReceipt | null {
  const stored = outbox.byId(operationId)
  const entries = stored === null ? [] : moneyIn(stored.changes)
  const [first] = entries
  if (stored === null || stored.outcome === 'refused' || first === undefined) return null
  const fees = entries.map(({ feeId }) => (feeId === null ? null : rows.row('fee', feeId)))
  const itemIds = fees.map((fee) => fee?.itemId ?? null)
  const items = itemIds.map((id) => (id === null ? null : rows.row('item', id)))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  const deskName = outbox.identity()?.deskName ?? ''
  const reader = rows.row('reader', first.readerId)
  const sumFen = entries.reduce((sum, { amount }) => sum + amount, 0)
  return {
    operationId,
    number: `${deskName} ${stored.epoch}.${stored.seq}`,
    slip: sumFen < 0 ? 'refund-receipt' : 'payment-receipt',
    at: stored.at,
    staffName: rows.row('staff', stored.staffId)?.name ?? stored.staffId,
    deskName,
    reader:
      reader === null ? null : { id: reader.id, name: reader.name, cardNumber: reader.cardNumber },
    lines: entries.map(({ amount, cause }, index) => ({
      cause: deposits.has(cause) ? 'deposit' : (fees[index]?.cause ?? null),
      title: titleOf(items[index]?.titleId)?.title ?? null,
      barcode: items[index]?.barcode ?? null,
      amountFen: Math.abs(amount),
    })),
    amountFen: Math.abs(sumFen),
    tender: first.tender,
    givenFen: givenIn(stored),
    owedFen: reader?.feesOwedFen ?? 0,
    note: first.note,
  }
}

const deposits: ReadonlySet<LedgerEntry['cause']> = new Set(['deposited', 'deposit-returned'])

const moneyIn = (changes: readonly Change[]): LedgerEntry[] =>
  changes.flatMap((change) =>
    'put' in change && change.put === 'ledger-entry' && change.row.ledger === 'money'
      ? [change.row]
      : [],
  )

function givenIn({ kind, body }: StoredOperation): number | null {
  if (kind !== 'payment.take') return null
  const { payload } = body as { readonly payload: unknown }
  const parsed = operationOf(kind).payload.safeParse(payload)
  return parsed.success ? ((parsed.data as PayloadOf<'payment.take'>).givenFen ?? null) : null
}

/** The latest of this desk that moved money of the reader; null where this desk moved none. */
export function newestReceiptOf(
  { outbox, replica: { rows } }: Stores,
  readerId: string,
): string | null {
  const entries = rows.select(
    'ledger-entry',
    `WHERE readerId IN (SELECT value FROM json_each(?)) AND ledger = 'money'
     ORDER BY at DESC, id DESC LIMIT ?`,
    JSON.stringify(recordsOfPerson(rows, readerId)),
    ENTRIES_MAX,
  )
  for (const { id } of entries) {
    const operationId = id.replace(/\.r\d+$/, '')
    if (outbox.byId(operationId) !== null) return operationId
  }
  return null
}

const ENTRIES_MAX = 20
