/** Money for one fee or several, whole or in part. Rules Z11, F6, F8, X3 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Tender } from '../policy/charge-shapes.ts'
import { balanced, owedFen, sumFen } from '../policy/fee-balance.ts'
import type { Till } from '../till-records.ts'
import { PlainText } from '../words/plain-text.ts'
import { FeeId, ReaderId, TillId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { Elsewhere, fromElsewhere } from './from-elsewhere.ts'
import { placeholderReader } from './placeholders.ts'
import { cashFindings, cashMoved, openTillOf } from './till-cash.ts'

const Line = z.strictObject({ fee: FeeId, amountFen: z.int().min(1).max(100_000_000) })
type Line = z.infer<typeof Line>

const Payload = z
  .strictObject({
    /** Null where nobody knows the card. */
    reader: ReaderId.nullable(),
    /** Of another system's file, which knows no other name. */
    card: PlainText(64).min(1).optional(),
    /** Each fee once. */
    fees: z
      .array(Line)
      .max(200)
      .refine((lines) => new Set(lines.map(({ fee }) => fee)).size === lines.length),
    /** Null where a program of before did not ask. */
    tender: Tender.nullable(),
    till: TillId.nullable(),
    /** Cash as it was handed over, for the receipt; the change is what is beyond. */
    givenFen: z.int().min(1).max(100_000_000).optional(),
    /** Taken elsewhere for what nobody owes here any more (X3). */
    unowedFen: z.int().min(1).max(100_000_000).optional(),
    elsewhere: Elsewhere.optional(),
  })
  .refine(({ fees, unowedFen }) => fees.length > 0 || unowedFen !== undefined)
  .refine(({ reader, card }) => reader !== null || card !== undefined)
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  /** One for each fee; the receipt prints the first. */
  entryIds: z.array(z.string()),
  amountFen: z.int(),
  tender: Tender.nullable(),
})

export const takePayment = defineOperation({
  kind: 'payment.take',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, card, fees, till, elsewhere }) =>
    aSubject({
      readerId: reader,
      card: reader === null ? (card ?? null) : null,
      offlineLineId: elsewhere?.line ?? null,
      ledger: inLedger({ feeIds: fees.map(({ fee }) => fee), tillId: till }),
    }),
  decide: (facts, payload, given) =>
    fromElsewhere(payload.elsewhere, facts, given, (ctx) => taken(facts, payload, ctx)),
})

function taken(facts: Facts, payload: Payload, ctx: Ctx) {
  const till = openTillOf(facts, ctx)
  const { tender } = payload
  const { unowedFen = 0 } = payload
  // First, and always: the entries have the same ids where desk and city know different readers.
  const ids = [...payload.fees, ...(unowedFen > 0 ? [null] : [])].map(
    () => ctx.newId() as LedgerEntryId,
  )
  const payer = payerOf(facts, payload, ctx)
  const given = { payload, payer, till }
  const entries = ids.map((id, index) =>
    entryOf(facts, given, { id, ...partAt(payload, index) }, ctx),
  )
  const amountFen = sumFen(entries)
  return {
    findings: [...paymentFindings(facts, payload, payer.id), ...cashFindings(tender, till)],
    changes: [
      ...payer.changes,
      ...entries.map((entry) => put('ledger-entry', entry)),
      ...payload.fees.flatMap((line) => counted(facts, line, ctx)),
      ...cashMoved(tender, till, amountFen),
    ],
    summary: { entryIds: entries.map(({ id }) => id), amountFen, tender },
    about: { itemId: null, readerId: payer.id, loanId: null, otherLoanId: null },
  }
}

interface Payer {
  readonly id: ReaderId
  /** A record for a card that nobody knows. */
  readonly changes: readonly Change[]
}

function payerOf(facts: Facts, { reader, card }: Payload, ctx: Ctx): Payer {
  if (reader !== null) return { id: reader, changes: [] }
  if (facts.reader !== null) return { id: facts.reader.id, changes: [] }
  const unknown = placeholderReader(card ?? '', facts, ctx)
  return { id: unknown.id, changes: [put('reader', unknown)] }
}

interface Part {
  readonly fee: FeeId | null
  readonly amountFen: number
}
const partAt = ({ fees, unowedFen = 0 }: Payload, index: number): Part =>
  fees[index] ?? { fee: null, amountFen: unowedFen }

interface Given {
  readonly payload: Payload
  readonly payer: Payer
  readonly till: Till | null
}

const entryOf = (
  facts: Facts,
  { payload, payer, till }: Given,
  { id, fee, amountFen }: Part & { readonly id: LedgerEntryId },
  ctx: Ctx,
): LedgerEntry => ({
  id,
  ledger: 'money',
  // A card may have been bound to its reader meanwhile, and its fees with it.
  readerId: facts.ledger.feesById.get(fee ?? '')?.readerId ?? payer.id,
  amount: amountFen,
  cause: 'paid',
  policyLine: null,
  number: null,
  at: ctx.at,
  branchId: ctx.branchId as BranchId,
  leaseId: null,
  reversesId: null,
  feeId: fee,
  tender: payload.tender,
  tillId: till?.id ?? null,
  note: null,
})

/** One finding for each thing that is wrong, with what it comes to. */
function paymentFindings(facts: Facts, payload: Payload, payerId: ReaderId): Finding[] {
  const { ledger } = facts
  const { fees, unowedFen = 0 } = payload
  const toReturn = { unknown: 0, settled: 0, beyond: 0 }
  let owed = 0
  let isOthers = false
  for (const line of fees) {
    const fee = ledger.feesById.get(line.fee) ?? null
    const excess = line.amountFen - (fee === null ? 0 : owedFen(fee))
    owed += fee === null ? 0 : owedFen(fee)
    if (fee === null) toReturn.unknown += excess
    else if (owedFen(fee) === 0) toReturn.settled += excess
    else if (excess > 0) toReturn.beyond += excess
    if (fee !== null && fee.readerId !== payerId) isOthers = true
  }
  const exception = 'fee-settled-twice'
  const found: Finding[] = unknownPayer(facts, payload)
  if (unowedFen > 0) {
    const params = { excessFen: unowedFen }
    found.push(impossible('nothing-owed', 'F6', { params, exception }))
  }
  if (toReturn.unknown > 0) {
    const params = { excessFen: toReturn.unknown }
    found.push(impossible('unknown-fee', 'Z11', { params, exception }))
  }
  if (toReturn.settled > 0) {
    const params = { excessFen: toReturn.settled }
    found.push(impossible('fee-settled', 'F6', { params, exception }))
  }
  if (toReturn.beyond > 0) {
    const params = { excessFen: toReturn.beyond, owedFen: owed }
    found.push(impossible('payment-exceeds-owed', 'Z11', { params, exception }))
  }
  if (isOthers) found.push(impossible('fee-of-other-reader', 'Z11'))
  return found
}

const unknownPayer = ({ reader }: Facts, payload: Payload): Finding[] =>
  payload.reader === null && reader === null
    ? [alert('unknown-reader', 'X3', { exception: 'unknown-reader' })]
    : []

function counted({ ledger }: Facts, { fee: feeId, amountFen }: Line, ctx: Ctx): readonly Change[] {
  const fee = ledger.feesById.get(feeId)
  if (fee === undefined) return []
  const entered = sumFen(ledger.entriesByFee.get(feeId) ?? []) + amountFen
  return balanced(fee, entered, fee.waivedFen, ctx.at)
}
