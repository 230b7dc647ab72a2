/** Points for what a reader did. Rules Z1, Z2 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import type { Reader } from '../records.ts'
import { activeAtAfter } from '../scopes.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { placeholderReader } from './placeholders.ts'

const Payload = z.strictObject({
  card: PlainText(64).min(1),
  /** A line of the policy. */
  earning: PlainText(60).min(1),
  amount: z.int().min(1).max(100_000),
  note: PlainText(200).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  entryId: z.string(),
  readerId: z.string(),
  amount: z.int(),
  /** Free points after it, as far as this desk knows. */
  pointsFree: z.int(),
})

export const earnPoints = defineOperation({
  kind: 'points.earn',
  // The reader was told: what was done cannot be done less.
  evidence: 'physical',
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ card }) => aSubject({ card }),
  decide(facts, payload, ctx) {
    // First, and always: the entry has the same id where desk and city know different readers.
    const entryId = ctx.newId() as LedgerEntryId
    const reader = facts.reader ?? placeholderReader(payload.card, facts, ctx)
    const entry: LedgerEntry = {
      id: entryId,
      ledger: 'points',
      readerId: reader.id,
      amount: payload.amount,
      cause: 'earned',
      policyLine: payload.earning,
      number: null,
      at: ctx.at,
      branchId: ctx.branchId as BranchId,
      leaseId: null,
      reversesId: null,
      feeId: null,
      tender: null,
      tillId: null,
      note: payload.note,
    }
    const activeAt = activeAtAfter(reader, ctx.branchId, ctx.today)
    const set = activeAt === null ? {} : { activeAt }
    return {
      findings: earnFindings(facts, payload),
      changes: [
        ...(facts.reader === null ? [put('reader', reader)] : []),
        put('ledger-entry', entry),
        patch('reader', reader.id, set, { pointsFree: payload.amount }),
      ],
      summary: {
        entryId: entry.id,
        readerId: reader.id,
        amount: payload.amount,
        pointsFree: reader.pointsFree + payload.amount,
      },
      about: { itemId: null, readerId: reader.id, loanId: null, otherLoanId: null },
    }
  },
})

function earnFindings({ policy, reader }: Facts, { earning, amount }: Payload): Finding[] {
  const line = policy.points.earnings.find((one) => one.id === earning)
  const found: Finding[] = []
  if (line === undefined || amount > line.pointsMax) {
    const params = { amount, max: line?.pointsMax ?? 0 }
    found.push(impossible('unknown-earning', 'Z2', { params }))
  }
  if (reader === null) found.push(alert('unknown-reader', 'L2', { exception: 'unknown-reader' }))
  return [...found, ...cardFindings(reader)]
}

/** L5: a card reported lost, or closed, is in nobody's right hands. */
export function cardFindings(reader: Reader | null): Finding[] {
  const blocked = { exception: 'reader-blocked' } as const
  if (reader?.cardState === 'lost') return [impossible('card-lost', 'L5', blocked)]
  if (reader?.cardState === 'closed') return [impossible('card-closed', 'L5', blocked)]
  return []
}
