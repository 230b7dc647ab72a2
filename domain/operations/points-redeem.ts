/** Points for a reward that is handed over now. Rules Z1, Z3–Z6, Z9 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { inLedger } from '../ledger-facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { leftIn } from '../policy/points-leases.ts'
import { PlainText } from '../words/plain-text.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { activeAtAfter } from '../scopes.ts'
import { LeaseId, ReaderId } from '../words/ids.ts'
import type { BranchId, LedgerEntryId } from '../words/ids.ts'
import { leaseFindings, spentFrom } from './lease-spending.ts'
import { cardFindings } from './points-earn.ts'

const Amount = z.int().min(1).max(100_000)

const Payload = z.strictObject({
  reader: ReaderId,
  /** A line of the policy, and its price as it was told to the reader. */
  reward: PlainText(60).min(1),
  amount: Amount,
  /** Named, not found again: the city must know which lease the desk believed in. */
  from: z.array(z.strictObject({ lease: LeaseId, amount: Amount })).max(20),
  note: PlainText(200).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  readerId: z.string(),
  amount: z.int(),
  entryIds: z.array(z.string()),
  /** Of the amount, what no lease covered: taken from the free points. */
  uncovered: z.int().min(0),
})

export const redeemPoints = defineOperation({
  kind: 'points.redeem',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, from }) =>
    aSubject({
      readerId: reader,
      ledger: inLedger({ leaseIds: [...new Set(from.map(({ lease }) => lease))] }),
    }),
  decide(facts, payload, ctx) {
    const spent = spend(facts, payload, ctx)
    return {
      findings: [
        ...(facts.reader === null
          ? [impossible('unknown-reader', 'L2', { exception: 'unknown-reader' })]
          : []),
        ...cardFindings(facts.reader),
        ...rewardFindings(facts, payload),
        ...spendFindings(facts, payload, ctx),
        ...overdrawn(facts, spent.uncovered, ctx),
      ],
      changes: spent.changes,
      summary: {
        readerId: payload.reader,
        amount: payload.amount,
        entryIds: spent.entryIds,
        uncovered: spent.uncovered,
      },
      about: { itemId: null, readerId: payload.reader, loanId: null, otherLoanId: null },
    }
  },
})

/** Z3. The policy may have changed since: the price that the desk told counts all the same. */
function rewardFindings({ policy }: Facts, { reward, amount }: Payload): Finding[] {
  const line = policy.points.rewards.find((one) => one.id === reward)
  if (line !== undefined && line.points === amount) return []
  return [impossible('unknown-reward', 'Z3', { params: { amount, price: line?.points ?? 0 } })]
}

/** Z4–Z6, for each lease it names and for what it leaves open; each thing is said once. */
function spendFindings(facts: Facts, { reader, amount, from }: Payload, ctx: Ctx): Finding[] {
  const found: Finding[] = []
  const open = amount - from.reduce((sum, piece) => sum + piece.amount, 0)
  if (open !== 0) {
    const params = { amount, open }
    found.push(impossible('no-lease', 'Z4', { params, exception: 'double-spend' }))
  }
  for (const [lease, pieces] of Map.groupBy(from, (piece) => piece.lease)) {
    const here = leaseFindings(facts, { leaseId: lease, kind: 'points', of: reader }, ctx)
    found.push(...here)
    const held = facts.ledger.leases.get(lease)
    const wanted = pieces.reduce((sum, piece) => sum + piece.amount, 0)
    if (here.some(({ code }) => code !== 'lease-expired') || held === undefined) continue
    if (wanted <= leftIn(held)) continue
    const params = { left: leftIn(held), wanted }
    found.push(impossible('lease-used-up', 'Z5', { params, exception: 'double-spend' }))
  }
  return found
}

/** I23: what came out of free points that were not there is never without its exception. */
function overdrawn({ reader, policy }: Facts, uncovered: number, ctx: Ctx): Finding[] {
  if (!ctx.isCity || reader === null || uncovered === 0) return []
  const free = reader.pointsFree - uncovered
  if (free >= policy.points.floor) return []
  return [alert('points-overdrawn', 'Z9', { params: { free }, exception: 'double-spend' })]
}

interface Spent {
  readonly changes: readonly Change[]
  readonly entryIds: string[]
  readonly uncovered: number
}

/**
 * A lease gives what is left in it and no more (I25); the rest comes out of the free points, so that
 * the goods that left are paid for and the sum stays right (I24).
 */
function spend(facts: Facts, { reader, reward, amount, from, note }: Payload, ctx: Ctx): Spent {
  const changes: Change[] = []
  const entryIds: string[] = []
  const givenBy = new Map<string, number>()
  const enter = (id: LedgerEntryId, points: number, leaseId: LedgerEntry['leaseId']): void => {
    entryIds.push(id)
    changes.push(
      put('ledger-entry', {
        id,
        ledger: 'points',
        readerId: reader,
        amount: -points,
        cause: 'redeemed',
        policyLine: reward,
        number: null,
        at: ctx.at,
        branchId: ctx.branchId as BranchId,
        leaseId,
        reversesId: null,
        feeId: null,
        tender: null,
        tillId: null,
        note,
      }),
    )
  }
  let open = amount
  for (const piece of from) {
    // One id for each lease named, given or not: desk and city count the same ones.
    const id = ctx.newId() as LedgerEntryId
    const lease = spentFrom(facts, { leaseId: piece.lease, kind: 'points', of: reader }, ctx)
    if (lease === null) continue
    const given = givenBy.get(lease.id) ?? 0
    const points = Math.min(piece.amount, leftIn(lease) - given, open)
    if (points < 1) continue
    givenBy.set(lease.id, given + points)
    open -= points
    enter(id, points, lease.id)
  }
  for (const [id, points] of givenBy) changes.push(patch('lease', id, {}, { spent: points }))
  if (open > 0) enter(ctx.newId() as LedgerEntryId, open, null)
  const activeAt =
    facts.reader === null ? null : activeAtAfter(facts.reader, ctx.branchId, ctx.today)
  const set = activeAt === null ? {} : { activeAt }
  if (facts.reader !== null && (open > 0 || activeAt !== null)) {
    changes.push(patch('reader', reader, set, open > 0 ? { pointsFree: -open } : {}))
  }
  return { changes, entryIds, uncovered: open }
}
