/** Money for one fee or several, whole or in part. Rules Z11, F6, F8 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Tender } from '../policy/charge-shapes.ts'
import { balanced, owedFen, sumFen } from '../policy/fee-balance.ts'
import { FeeId, ReaderId, TillId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { Elsewhere, fromElsewhere } from './from-elsewhere.ts'
import { cashFindings, cashMoved, openTillOf } from './till-cash.ts'

const Line = z.strictObject({ fee: FeeId, amountFen: z.int().min(1).max(100_000_000) })
type Line = z.infer<typeof Line>

const Payload = z.strictObject({
  reader: ReaderId,
  /** Each fee once. */
  fees: z
    .array(Line)
    .min(1)
    .max(200)
    .refine((lines) => new Set(lines.map(({ fee }) => fee)).size === lines.length),
  /** Null where a program of before did not ask. */
  tender: Tender.nullable(),
  till: TillId.nullable(),
  /** Cash as it was handed over, for the receipt; the change is what is beyond. */
  givenFen: z.int().min(1).max(100_000_000).optional(),
  elsewhere: Elsewhere.optional(),
})
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
  subject: ({ reader, fees, till, elsewhere }) =>
    aSubject({
      readerId: reader,
      offlineLineId: elsewhere?.line ?? null,
      ledger: inLedger({ feeIds: fees.map(({ fee }) => fee), tillId: till }),
    }),
  decide: (facts, payload, given) =>
    fromElsewhere(payload.elsewhere, facts, given, (ctx) => taken(facts, payload, ctx)),
})

function taken(facts: Facts, payload: Payload, ctx: Ctx) {
  const till = openTillOf(facts, ctx)
  const { tender } = payload
  const entries = payload.fees.map((line) => entryOf(facts, payload, line, ctx))
  const amountFen = sumFen(payload.fees.map((line) => ({ amount: line.amountFen })))
  return {
    findings: [...paymentFindings(facts, payload), ...cashFindings(tender, till)],
    changes: [
      ...entries.map((entry) => put('ledger-entry', entry)),
      ...payload.fees.flatMap((line) => counted(facts, line, ctx)),
      ...cashMoved(tender, till, amountFen),
    ],
    summary: { entryIds: entries.map(({ id }) => id), amountFen, tender },
    about: { itemId: null, readerId: payload.reader, loanId: null, otherLoanId: null },
  }
}

const entryOf = (
  facts: Facts,
  { reader, tender }: Payload,
  { fee, amountFen }: Line,
  ctx: Ctx,
): LedgerEntry => ({
  id: ctx.newId() as LedgerEntryId,
  ledger: 'money',
  // A card may have been bound to its reader meanwhile, and its fees with it.
  readerId: facts.ledger.feesById.get(fee)?.readerId ?? reader,
  amount: amountFen,
  cause: 'paid',
  policyLine: null,
  number: null,
  at: ctx.at,
  branchId: ctx.branchId as BranchId,
  leaseId: null,
  reversesId: null,
  feeId: fee,
  tender,
  tillId: openTillOf(facts, ctx)?.id ?? null,
  note: null,
})

/** One finding for each thing that is wrong, with what it comes to. */
function paymentFindings({ ledger }: Facts, { fees, reader }: Payload): Finding[] {
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
    if (fee !== null && fee.readerId !== reader) isOthers = true
  }
  const exception = 'fee-settled-twice'
  const found: Finding[] = []
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

function counted({ ledger }: Facts, { fee: feeId, amountFen }: Line, ctx: Ctx): readonly Change[] {
  const fee = ledger.feesById.get(feeId)
  if (fee === undefined) return []
  const entered = sumFen(ledger.entriesByFee.get(feeId) ?? []) + amountFen
  return balanced(fee, entered, fee.waivedFen, ctx.at)
}
