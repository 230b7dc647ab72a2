/** A certificate with a number that no other desk prints. Rules Z4, Z6, Z10 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { nextNumberOf, numberText, seriesTerms } from '../policy/points-leases.ts'
import { PlainText } from '../words/plain-text.ts'
import { LeaseId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { leaseFindings, spentFrom } from './lease-spending.ts'
import { placeholderReader } from './placeholders.ts'

const Payload = z.strictObject({
  card: PlainText(64).min(1),
  series: PlainText(60).min(1),
  lease: LeaseId,
  /** As printed: a fact, not to be counted again by whoever decides later. */
  number: z.int().min(1),
  /** What it is for. */
  text: PlainText(200).min(1),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  entryId: z.string(),
  readerId: z.string(),
  number: z.int(),
  printed: z.string(),
})

export const issueCertificate = defineOperation({
  kind: 'certificate.issue',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ card, lease }) => aSubject({ card, ledger: inLedger({ leaseIds: [lease] }) }),
  decide(facts, payload, ctx) {
    const entryId = ctx.newId() as LedgerEntryId
    const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
    const { series, number } = payload
    const terms = seriesTerms(facts.policy.points, series)
    const changes: Change[] = facts.reader === null ? [put('reader', reader)] : []
    changes.push(
      put('ledger-entry', {
        id: entryId,
        ledger: 'certificates',
        readerId: reader.id,
        amount: 0,
        cause: 'issued',
        policyLine: series,
        number,
        at: ctx.at,
        branchId: ctx.branchId as BranchId,
        leaseId: payload.lease,
        reversesId: null,
        feeId: null,
        tender: null,
        tillId: null,
        note: payload.text,
      }),
      ...drawn(facts, payload, ctx),
    )
    return {
      findings: [
        ...(facts.reader === null
          ? [alert('unknown-reader', 'L2', { exception: 'unknown-reader' })]
          : []),
        ...(terms === undefined ? [impossible('unknown-series', 'Z10')] : []),
        ...numberFindings(facts, payload, ctx),
      ],
      changes,
      summary: {
        entryId: entryId,
        readerId: reader.id,
        number,
        printed: terms === undefined ? String(number) : numberText(terms, number),
      },
      about: { itemId: null, readerId: reader.id, loanId: null, otherLoanId: null },
    }
  },
})

const spendOf = ({ lease, series }: Payload) =>
  ({ leaseId: lease, kind: 'numbers', of: series }) as const

function numberFindings(facts: Facts, payload: Payload, ctx: Ctx): Finding[] {
  const found = leaseFindings(facts, spendOf(payload), ctx)
  const lease = facts.ledger.leases.get(payload.lease)
  const first = lease?.firstNumber ?? null
  if (lease === undefined || first === null) return found
  const { number } = payload
  if (number < first || number >= first + lease.amount) {
    return [...found, impossible('number-not-leased', 'Z10', { exception: 'double-spend' })]
  }
  if (number < first + lease.spent) {
    return [...found, impossible('number-taken', 'Z10', { exception: 'double-spend' })]
  }
  // Where a drawing before this one is in quarantine, the city sees a hole that is none.
  const isNext = number === nextNumberOf(lease)
  return isNext || ctx.mode === 'record' ? found : [...found, impossible('number-taken', 'Z10')]
}

function drawn(facts: Facts, payload: Payload, ctx: Ctx): Change[] {
  const lease = spentFrom(facts, spendOf(payload), ctx)
  if (lease === null || lease.firstNumber === null) return []
  const spent = payload.number - lease.firstNumber + 1
  if (spent <= lease.spent || spent > lease.amount) return []
  return [patch('lease', lease.id, { spent })]
}
