/** A deposit as money: in the ledger, and in the till where it is cash. Rules D17, D18, F8. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { alert, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Tender } from '../policy/charge-shapes.ts'
import type { ReaderCategory } from '../policy/policy-shapes.ts'
import type { Reader } from '../records.ts'
import { TillId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { cashFindings, cashMoved, openTillOf } from './till-cash.ts'

/** Part of a payload: what went over the counter. */
export const DepositMoney = z.strictObject({
  /** Below zero it was handed back. */
  takenFen: z.int().min(-100_000_000).max(100_000_000),
  tender: Tender.nullable(),
  till: TillId.nullable(),
})
export type DepositMoney = z.infer<typeof DepositMoney>

interface Held {
  /** Held for the reader afterwards, as the desk said it. */
  readonly depositFen: number
  /** Undefined from a program that did not ask how. */
  readonly deposit: DepositMoney | undefined
}

export const takenFenOf = (reader: Reader | null, { depositFen, deposit }: Held): number =>
  deposit?.takenFen ?? depositFen - (reader?.depositFen ?? 0)

export function depositFindings(
  facts: Facts,
  category: ReaderCategory | undefined,
  held: Held,
  ctx: Ctx,
): Finding[] {
  const { reader } = facts
  const takenFen = takenFenOf(reader, held)
  const found: Finding[] = []
  const afterFen = (reader?.depositFen ?? 0) + takenFen
  if (reader !== null && afterFen !== held.depositFen) {
    // Another desk took or handed back one meanwhile.
    const params = { heldFen: afterFen, toldFen: held.depositFen }
    found.push(impossible('deposit-differs', 'D17', { params }))
  }
  const askedFen = category?.depositFen ?? 0
  if (held.depositFen < askedFen) {
    found.push(alert('deposit-short', 'D18', { params: { askedFen, heldFen: held.depositFen } }))
  }
  if (takenFen === 0) return found
  return [...found, ...cashFindings(held.deposit?.tender ?? null, openTillOf(facts, ctx))]
}

/** The entry, the sum held for the reader, and the till; none where nothing moved. */
export function depositMoved(facts: Facts, reader: Reader, held: Held, ctx: Ctx): Change[] {
  const takenFen = takenFenOf(reader, held)
  if (takenFen === 0) return []
  const till = openTillOf(facts, ctx)
  const tender = held.deposit?.tender ?? null
  const entry = put('ledger-entry', {
    id: ctx.newId() as LedgerEntryId,
    ledger: 'money',
    readerId: reader.id,
    amount: takenFen,
    cause: takenFen > 0 ? 'deposited' : 'deposit-returned',
    policyLine: null,
    number: null,
    at: ctx.at,
    branchId: ctx.branchId as BranchId,
    leaseId: null,
    reversesId: null,
    feeId: null,
    tender,
    tillId: till?.id ?? null,
    note: null,
  })
  // Handed back twice, the ledger tells; nobody holds less than nothing.
  const movedFen = Math.max(takenFen, -reader.depositFen)
  return [
    entry,
    patch('reader', reader.id, {}, { depositFen: movedFen }),
    ...cashMoved(tender, till, takenFen),
  ]
}
