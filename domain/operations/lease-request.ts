/** Asking the city for something that may be spent without asking. Rules Z7, Z10 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { LEASES_OF_READER_MAX, inLedger } from '../ledger-facts.ts'
import { defineOperation, deskOf, impossible, note } from '../operation.ts'
import type { Ctx, Decision, Finding } from '../operation.ts'
import { isOwn, leftIn, seriesTerms } from '../policy/points-leases.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Lease } from '../ledger-records.ts'
import { ReaderId } from '../words/ids.ts'
import type { DeviceId, LeaseId } from '../words/ids.ts'
import { cardFindings } from './card-findings.ts'

const DAY_MS = 86_400_000

const Payload = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('points'),
    reader: ReaderId,
    amount: z.int().min(1).max(100_000),
  }),
  z.strictObject({ kind: z.literal('numbers'), series: PlainText(60).min(1) }),
])
type Payload = z.infer<typeof Payload>
type PointsAsked = Extract<Payload, { kind: 'points' }>

const Summary = z.strictObject({
  /** Null where it was only asked for: the city grants, no desk does. */
  leaseId: z.string().nullable(),
  readerId: z.string().nullable(),
  series: z.string().nullable(),
  amount: z.int().min(0),
})
type Summary = z.infer<typeof Summary>

export const requestLease = defineOperation({
  kind: 'lease.request',
  evidence: 'intent',
  isUntold: true,
  permission: 'circulate',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: (payload) =>
    payload.kind === 'points'
      ? aSubject({
          readerId: payload.reader,
          ledger: inLedger({ leasesOfReaderId: payload.reader }),
        })
      : aSubject({ ledger: inLedger({ series: payload.series }) }),
  decide(facts, payload, ctx): Decision<Summary> {
    const unknown = unknownFindings(facts, payload, ctx)
    if (unknown.length > 0 || !ctx.isCity) return asked(payload, unknown)
    return payload.kind === 'points'
      ? grantPoints(facts, payload, ctx)
      : grantNumbers(facts, payload.series, ctx)
  },
})

function unknownFindings(facts: Facts, payload: Payload, ctx: Ctx): Finding[] {
  const { reader, policy } = facts
  if (payload.kind === 'points') {
    return reader === null ? [impossible('unknown-reader', 'Z7')] : cardFindings(facts, ctx)
  }
  const isKnown = seriesTerms(policy.points, payload.series) !== undefined
  return isKnown ? [] : [impossible('unknown-series', 'Z10')]
}

const asked = (payload: Payload, findings: readonly Finding[]): Decision<Summary> =>
  answer(payload, null, [
    ...findings,
    ...(findings.length === 0 ? [note('lease-asked-for', 'Z7')] : []),
  ])

/** Z7: what is free, and no more than one desk may hold of one reader. */
function grantPoints(facts: Facts, payload: PointsAsked, ctx: Ctx): Decision<Summary> {
  const { reader, policy, ledger } = facts
  const open = ledger.openLeasesOfReader
  const desk = deskOf(ctx.operationId)
  const held = open.filter((lease) => isOwn(lease, desk)).reduce((sum, one) => sum + leftIn(one), 0)
  const free = (reader?.pointsFree ?? 0) - policy.points.floor
  if (free < 1) return answer(payload, null, [impossible('not-enough-points', 'Z7')])
  const room = policy.points.leaseMax - held
  // Of more than a finder lists this desk's own may be among those it leaves out.
  if (room < 1 || open.length >= LEASES_OF_READER_MAX) {
    const params = { held, max: policy.points.leaseMax }
    return answer(payload, null, [impossible('lease-limit-reached', 'Z7', { params })])
  }
  const amount = Math.min(payload.amount, free, room)
  const lease = leaseOf(ctx, policy.points.leaseDays, { amount, readerId: payload.reader })
  const smaller = note('lease-smaller-than-asked', 'Z7', { params: { amount } })
  return answer(payload, lease, amount < payload.amount ? [smaller] : [], [
    put('lease', lease),
    patch('reader', payload.reader, {}, { pointsFree: -amount }),
  ])
}

/** Z10: the next block, which nobody gets again, whatever becomes of it. */
function grantNumbers(facts: Facts, series: string, ctx: Ctx): Decision<Summary> {
  const terms = seriesTerms(facts.policy.points, series)
  if (terms === undefined) throw new Error(`no terms of ${series}`)
  const firstNumber = facts.ledger.series?.nextNumber ?? 1
  const amount = terms.blockSize
  const lease = leaseOf(ctx, terms.blockDays, { amount, series, firstNumber })
  const moved =
    facts.ledger.series === null
      ? put('number-series', { id: series, nextNumber: firstNumber + amount })
      : patch('number-series', series, {}, { nextNumber: amount })
  return answer({ kind: 'numbers', series }, lease, [], [moved, put('lease', lease)])
}

type Granted = Pick<Lease, 'amount'> & Partial<Pick<Lease, 'readerId' | 'series' | 'firstNumber'>>

/** Counted from its arrival at the city: the clock of a desk may stand at any date. */
export function leaseOf(ctx: Ctx, days: number, granted: Granted): Lease {
  const { deviceId, epoch } = deskOf(ctx.operationId)
  return {
    id: ctx.newId() as LeaseId,
    kind: granted.series === undefined ? 'points' : 'numbers',
    deviceId: deviceId as DeviceId,
    epoch,
    readerId: null,
    series: null,
    firstNumber: null,
    spent: 0,
    grantedAt: ctx.clock.now,
    notAfter: ctx.clock.now + days * DAY_MS,
    closedAt: null,
    ...granted,
  }
}

function answer(
  payload: Payload,
  lease: Lease | null,
  findings: readonly Finding[],
  changes: readonly Change[] = [],
): Decision<Summary> {
  const readerId = payload.kind === 'points' ? payload.reader : null
  const series = payload.kind === 'numbers' ? payload.series : null
  return {
    findings,
    changes,
    summary: { leaseId: lease?.id ?? null, readerId, series, amount: lease?.amount ?? 0 },
    about: { itemId: null, readerId, loanId: null, otherLoanId: null },
  }
}
