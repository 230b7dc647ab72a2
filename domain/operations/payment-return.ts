/** Money beyond what its fees could take goes back to the reader. Rules F6, F8, E1, E2. */
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
import { balanced, excessFen, sumFen } from '../policy/fee-balance.ts'
import { ExceptionId, LedgerEntryId, ReaderId, TillId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { refundOf } from './payment-refund.ts'
import { aboutException, settled } from './settle-exception.ts'
import { cashFindings, cashMoved, openTillOf } from './till-cash.ts'

const Line = z.strictObject({
  /** The payment that was too much, each once. */
  entry: LedgerEntryId,
  amountFen: z.int().min(1).max(100_000_000),
})
type Line = z.infer<typeof Line>

const Payload = z.strictObject({
  exception: ExceptionId,
  reader: ReaderId,
  entries: z
    .array(Line)
    .min(1)
    .max(200)
    .refine((lines) => new Set(lines.map(({ entry }) => entry)).size === lines.length),
  tender: Tender,
  till: TillId.nullable(),
  comment: PlainText(200).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  exceptionId: z.string(),
  entryIds: z.array(z.string()),
  amountFen: z.int(),
})

export const returnPayment = defineOperation({
  kind: 'payment.return',
  evidence: 'physical',
  permission: 'settle-exceptions',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ exception, reader, entries, till }) =>
    aSubject({
      exceptionId: exception,
      readerId: reader,
      ledger: inLedger({ entryIds: entries.map(({ entry }) => entry), tillId: till }),
    }),
  decide(facts, payload, ctx) {
    const { exception } = facts
    const { tender, comment } = payload
    const till = openTillOf(facts, ctx)
    const refunds = payload.entries.map(({ entry, amountFen }) =>
      refundOf(
        facts,
        facts.ledger.entriesById.get(entry) ?? null,
        { reader: payload.reader, entry, amountFen, note: comment, tender, till },
        ctx,
      ),
    )
    const amountFen = -sumFen(refunds)
    const isOpen = exception !== null && exception.settledAt === null
    return {
      findings: [...returnFindings(facts, payload), ...cashFindings(tender, till)],
      changes: [
        ...refunds.map((refund) => put('ledger-entry', refund)),
        ...lessForFees(facts, payload, ctx),
        ...cashMoved(tender, till, -amountFen),
        ...(isOpen ? [settled(exception, 'excess-returned', comment, ctx)] : []),
      ],
      summary: {
        exceptionId: payload.exception,
        entryIds: refunds.map(({ id }) => id),
        amountFen,
      },
      about: { ...aboutException(exception), readerId: payload.reader },
    }
  },
})

/** What is given back, by the fee that it had been paid for. */
function returnedByFee({ ledger }: Facts, lines: readonly Line[]): ReadonlyMap<string, number> {
  const byFee = new Map<string, number>()
  for (const { entry, amountFen } of lines) {
    const feeId = ledger.entriesById.get(entry)?.feeId ?? null
    if (feeId !== null) byFee.set(feeId, (byFee.get(feeId) ?? 0) + amountFen)
  }
  return byFee
}

function returnFindings(facts: Facts, payload: Payload): Finding[] {
  const { exception, ledger } = facts
  if (exception === null) return [impossible('unknown-exception', 'E1')]
  if (exception.kind !== 'fee-settled-twice') return [impossible('settlement-does-not-fit', 'E3')]
  const found: Finding[] = []
  if (exception.settledAt !== null) found.push(impossible('already-settled', 'E2'))
  const isKnown = payload.entries.every(({ entry }) => {
    const known = ledger.entriesById.get(entry) ?? null
    return known !== null && known.cause === 'paid'
  })
  if (!isKnown) return [...found, impossible('unknown-entry', 'F6')]
  const isExcess = [...returnedByFee(facts, payload.entries)].every(([feeId, amountFen]) => {
    const fee = ledger.feesById.get(feeId) ?? null
    return amountFen <= excessFen(fee, ledger.entriesByFee.get(feeId) ?? [])
  })
  const isLeft = payload.entries.every(({ entry, amountFen }) => {
    const reversals = ledger.reversalsByEntry.get(entry)
    return reversals === undefined || amountFen <= leftOf(ledger.entriesById.get(entry), reversals)
  })
  if (!isExcess || !isLeft) found.push(impossible('no-excess', 'F6'))
  return found
}

/** Money for no fee is in excess, all that was not given back yet. */
const leftOf = (entry: LedgerEntry | undefined, reversals: readonly LedgerEntry[]): number =>
  (entry?.amount ?? 0) + sumFen(reversals)

/** A fee whose money went back twice is owed again. */
function lessForFees(facts: Facts, { entries }: Payload, ctx: Ctx): Change[] {
  return [...returnedByFee(facts, entries)].flatMap(([feeId, amountFen]) => {
    const fee = facts.ledger.feesById.get(feeId)
    if (fee === undefined) return []
    const entered = sumFen(facts.ledger.entriesByFee.get(feeId) ?? []) - amountFen
    return balanced(fee, entered, fee.waivedFen, ctx.at)
  })
}
