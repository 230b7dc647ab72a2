/**
 * What staff had in hand: a lending or a return that they saw succeed leaves an open loan or an ended
 * one, or a person looks. Written without the rules of domain/operations.
 */
import type { Receipt } from '../../../contract/desk-api.ts'
import type { Change } from '../../../domain/change.ts'
import type { Item, Loan } from '../../../domain/records.ts'
import type { Stores } from '../../../main/engine/stores.ts'
import type { LedgerOperation } from '../../../server/storage/ledger-storage.ts'
import { rowIn, rowsOf } from './table.ts'
import type { Table } from './table.ts'

/** At the desk, the moment after it said "done". */
export function shownBroken(
  kind: string,
  { operationId, summary }: Receipt,
  stores: Stores | null,
): string[] {
  if (stores === null) return []
  const { replica, outbox } = stores
  if (kind !== 'loan.check-out' && kind !== 'loan.check-in') return []
  const told = summary as { itemId?: string; loanId?: string | null } | null
  const isOfFile = isFromFile(outbox.byId(operationId ?? '')?.body)
  // It is done, and the rows follow at the next start (disk full, damage met).
  if (isOfFile || replica.localSeq() < outbox.lastSeq()) return []
  const item = told?.itemId === undefined ? null : replica.row('item', told.itemId)
  if (item === null) return []
  const loan = replica.row('loan', told?.loanId ?? '')
  if (kind === 'loan.check-out') {
    return loan !== null && loan.returnedAt === null
      ? []
      : [`I7 ${operationId} lent ${item.id}, and the desk shows no open loan`]
  }
  return item.openLoanId === null && loan?.returnedAt !== null
    ? []
    : [`I7 ${operationId} took ${item.id} back, and the desk shows it lent`]
}

interface Body {
  readonly payload: { readonly barcode?: string; readonly elsewhere?: object }
  readonly knewAt?: number
  readonly isClockSuspect?: boolean
  readonly promised?: { readonly holdId?: string | null }
}
const bodyOf = ({ body }: Pick<LedgerOperation, 'body'>): Body => JSON.parse(body) as Body
const isFromFile = (body: unknown): boolean =>
  (body as Body | undefined)?.payload.elsewhere !== undefined

interface City {
  readonly rows: Table
  readonly operations: ReadonlyMap<string, LedgerOperation>
}

/** In the city, when it has been decided there. */
export function handsBroken(operation: LedgerOperation, city: City): string[] {
  const { kind, outcome } = operation
  const broken = toldBroken(operation, city)
  if (outcome !== 'applied' || isFromFile(bodyOf(operation))) return broken
  if (kind === 'loan.check-out') broken.push(...lentBroken(operation))
  if (kind === 'loan.check-in') broken.push(...returnBroken(operation, city))
  return broken
}

/** A loan that is over as it begins: by a return that its desk did not know, both clocks believed. */
function lentBroken(operation: LedgerOperation): string[] {
  const { knewAt = 0, isClockSuspect } = bodyOf(operation)
  return operation.changes.flatMap((change) => {
    if (!('put' in change) || change.put !== 'loan' || change.row.returnedAt === null) return []
    const { returnedAt } = change.row
    if (returnedAt <= knewAt) return [`E14 ${operation.id} was over by what its desk knew`]
    return isClockSuspect === true ? [`E14 ${operation.id} was over, and nobody looks`] : []
  })
}

const endsLoan = (change: Change): boolean =>
  'patch' in change && change.patch === 'loan' && (change.set.returnedAt ?? null) !== null

/** A return that ended nothing, while the item is lent. */
function returnBroken(operation: LedgerOperation, { rows, operations }: City): string[] {
  if (operation.changes.some(endsLoan)) return []
  const { payload, knewAt = 0, isClockSuspect } = bodyOf(operation)
  const items: Item[] = rowsOf(rows, 'item').filter(({ barcode }) => barcode === payload.barcode)
  const [item] = items
  const loan = item === undefined ? null : rowIn(rows, 'loan', item.openLoanId ?? '')
  if (items.length !== 1 || loan === null || loan.returnedAt !== null) return []
  const lending = operations.get(makerOf(loan))
  if (lending === undefined || lending.receivedAt > operation.receivedAt) return []
  if (isAfter(lending, operation) || isFromFile(bodyOf(lending))) return []
  if (loan.lentAt <= knewAt) return [`E14 ${operation.id} ended nothing that its desk knew`]
  const isDoubtful = isClockSuspect === true || bodyOf(lending).isClockSuspect === true
  return isDoubtful ? [`E14 ${operation.id} ended nothing, and nobody looks`] : []
}

const makerOf = ({ id }: Pick<Loan, 'id'>): string => id.replace(/\.r\d+$/, '')
const deskOf = (id: string): string => id.slice(0, id.lastIndexOf('.'))

/** Of one desk, in one log. */
const isAfter = (one: LedgerOperation, other: LedgerOperation): boolean =>
  deskOf(one.id) === deskOf(other.id) && one.seq > other.seq

/** H8: the hold that a slip names was placed by an operation that the city has. */
function toldBroken(operation: LedgerOperation, { operations }: City): string[] {
  const held = bodyOf(operation).promised?.holdId ?? null
  if (held === null || !held.startsWith(`${operation.id.split('.')[0]}.`)) return []
  return operations.has(held.replace(/\.r\d+$/, ''))
    ? []
    : [`H8 ${operation.id} names ${held}, which nobody placed`]
}
