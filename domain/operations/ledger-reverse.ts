/** The only way to correct a ledger: an entry that takes another back. Rules Z1, Z13. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { balanced, sumFen } from '../policy/fee-balance.ts'
import { mayDo } from '../policy/roles.ts'
import { PlainText } from '../words/plain-text.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { dateAt } from '../words/calendar-date.ts'
import { LedgerEntryId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'
import { cashMoved } from './till-cash.ts'

const Payload = z.strictObject({ entry: LedgerEntryId, reason: PlainText(200).min(1) })

const Summary = z.strictObject({ entryId: z.string().nullable(), reverses: z.string() })

export const reverseEntry = defineOperation({
  kind: 'ledger.reverse',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ entry }) => aSubject({ ledger: inLedger({ entryId: entry }) }),
  decide(facts, payload, ctx) {
    const { entry } = facts.ledger
    const about = {
      itemId: null,
      readerId: facts.reader?.id ?? entry?.readerId ?? null,
      loanId: null,
      otherLoanId: null,
    }
    const reverses = payload.entry as string
    const findings = reverseFindings(facts, ctx)
    if (entry === null || findings.length > 0) {
      return { findings, changes: [], summary: { entryId: null, reverses }, about }
    }
    const reversal = reversalOf(facts, entry, payload.reason, ctx)
    return {
      findings,
      changes: [put('ledger-entry', reversal), ...consequences(facts, entry, ctx)],
      summary: { entryId: reversal.id, reverses },
      about,
    }
  },
})

function reverseFindings({ ledger, reader, policy }: Facts, ctx: Ctx): Finding[] {
  const { entry, reversals } = ledger
  if (entry === null) return [impossible('unknown-entry', 'Z13')]
  const found: Finding[] = []
  const isOwn = entry.branchId === ctx.branchId && dateAt(entry.at) === ctx.today
  if (!isOwn && !mayDo(ctx.staff.role, 'undo-any')) found.push(impossible('other-branch', 'Z13'))
  if (!reversible.has(entry.cause)) found.push(impossible('not-reversible', 'Z13'))
  if (reversals.length > 0) found.push(impossible('already-reversed', 'Z13'))
  const free = reader?.pointsFree ?? 0
  if (entry.cause === 'earned' && free - entry.amount < policy.points.floor) {
    // What is spent, or lies in a lease that a desk may be spending, cannot be taken back (I23).
    const params = { free, amount: entry.amount }
    found.push(impossible('points-spent-already', 'Z13', { params }))
  }
  return found
}

const reversible: ReadonlySet<LedgerEntry['cause']> = new Set([
  'earned',
  'redeemed',
  'paid',
  'issued',
])

const reversalOf = (
  { ledger, reader }: Facts,
  entry: LedgerEntry,
  reason: string,
  ctx: Ctx,
): LedgerEntry => ({
  ...entry,
  id: ctx.newId() as LedgerEntryId,
  // What it came to was carried over to the record that stands for the reader now (D13).
  readerId: reader?.id ?? entry.readerId,
  // Not -0, which is another JSON on the way back.
  amount: entry.amount === 0 ? 0 : -entry.amount,
  cause: 'reversed',
  at: ctx.at,
  branchId: ctx.branchId as BranchId,
  leaseId: null,
  reversesId: entry.id,
  // The money never came: it is missing from the till that took it, unless that one is counted.
  tillId: ledger.till?.closedAt === null ? entry.tillId : null,
  note: reason,
})

/**
 * Points go back to the free ones, never into the lease they were spent from: only the desk that
 * holds a lease moves what was spent of it, and a reversal may come from any.
 */
function consequences({ ledger, reader }: Facts, entry: LedgerEntry, ctx: Ctx): Change[] {
  if (entry.ledger === 'points') {
    if (reader === null) return []
    return [patch('reader', reader.id, {}, { pointsFree: -entry.amount })]
  }
  if (entry.ledger !== 'money') return []
  const { fee, till } = ledger
  const openTill = till?.closedAt === null ? till : null
  const moved = cashMoved(entry.tender, openTill, -entry.amount)
  if (fee === null) return moved
  // Paid twice, and once taken back: it is paid.
  const entered = sumFen(ledger.entriesByFee.get(fee.id) ?? []) - entry.amount
  return [...balanced(fee, entered, fee.waivedFen, ctx.at), ...moved]
}
