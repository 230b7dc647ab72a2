/** Returning an item, at any library. Rules R1–R8 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import type { ExceptionKind, Item, Loan } from '../records.ts'
import { CalendarDate, startOf } from '../words/calendar-date.ts'
import { HoldId } from '../words/ids.ts'
import type { StaffId } from '../words/ids.ts'
import { maskedName } from '../words/masked-name.ts'
import { isLentElsewhere } from './lending-claim.ts'
import { closeLoan, endOfLoan, lateFindings } from './close-loan.ts'
import type { LoanEnd } from './close-loan.ts'
import { placeholderItem } from './placeholders.ts'
import {
  HoldSlip,
  Route,
  heldForReaderId,
  holdChanges,
  holdRoute,
  homeRoute,
  keptFor,
  slipOf,
  trapFindings,
  trappingOf,
  whereBy,
} from './trap-hold.ts'
import type { Trapping } from './trap-hold.ts'

const Payload = z.strictObject({
  barcode: PlainText(64).min(1),
  /** Book-drop and back-dated returns: the day it came back; null for now. */
  returnedOn: CalendarDate.nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  itemId: z.string(),
  titleId: z.string().nullable(),
  loanId: z.string().nullable(),
  readerId: z.string().nullable(),
  route: Route,
  /** What to print where it is kept for a reader. */
  hold: HoldSlip.nullable(),
  feeFen: z.int().min(0),
  overdueDays: z.int().min(0),
})

export const checkIn = defineOperation({
  kind: 'loan.check-in',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ barcode }, promised) => {
    const holds = aboutHolds({ holdId: promised?.holdId ?? null, ofItem: true, queue: true })
    return aSubject({ barcode, holds })
  },
  decide(facts, payload, ctx) {
    const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
    const loan = loanClosedBy(facts, ctx)
    const end =
      loan === null ? null : endOfLoan(facts, item, loan, returnInstant(payload, loan, ctx))
    const trapping = trappingHere(facts, item, ctx)
    const route = routeOf(facts, item, trapping, ctx)
    const findings = [
      ...returnFindings(facts, payload, ctx, loan),
      ...(trapping.is === 'none'
        ? routeFindings(facts, route)
        : trapFindings(facts, trapping, ctx)),
      ...(end === null ? [] : lateFindings(end)),
    ]
    return {
      findings,
      changes: takeBack({ facts, ctx, item, end, route, trapping }),
      summary: {
        itemId: item.id,
        titleId: item.titleId,
        loanId: loan?.id ?? null,
        readerId: loan?.readerId ?? null,
        route,
        hold: slipOf(facts, trapping, ctx),
        feeFen: end?.feeFen ?? 0,
        overdueDays: end?.overdueDays ?? 0,
      },
      about: {
        itemId: item.id,
        readerId: loan?.readerId ?? null,
        loanId: loan?.id ?? null,
        otherLoanId: null,
      },
    }
  },
  promises: ({ hold }) => ({ holdId: hold === null ? null : HoldId.parse(hold.id) }),
})

/** A back-dated return counts to the end of its day: after the lending, never past now. */
function returnInstant({ returnedOn }: Payload, loan: Loan, ctx: Ctx): number {
  if (returnedOn === null) return ctx.at
  return Math.min(ctx.at, Math.max(loan.lentAt, startOf(returnedOn) + 86_400_000 - 1))
}

/** The item was lent or returned again since: this return arrives late and moves it no more. */
function isBehind({ item, loan }: Facts, ctx: Ctx): boolean {
  const isLentSince = loan !== null && loan.returnedAt === null && loan.lentAt > ctx.at
  return isLentSince || (item?.lastCheckInAt ?? 0) > ctx.at
}

/**
 * R8: a return closes the loan that was open at its event time, never one that began later. Where
 * the item was lent again since, that loan is disputed by now.
 */
function loanClosedBy(facts: Facts, ctx: Ctx): Loan | null {
  const { loan, openLoansOfItem } = facts
  const wasOpen = (one: Loan): boolean => one.returnedAt === null && one.lentAt <= ctx.at
  if (loan !== null && wasOpen(loan)) return loan
  return isBehind(facts, ctx) ? (openLoansOfItem.findLast(wasOpen) ?? null) : null
}

function returnFindings(facts: Facts, payload: Payload, ctx: Ctx, loan: Loan | null): Finding[] {
  const found: Finding[] = []
  if (payload.returnedOn !== null && payload.returnedOn > ctx.today) {
    found.push(impossible('return-date-in-future', 'R8'))
  }
  if (facts.item === null) {
    found.push(alert('unknown-item', 'R7', { exception: 'unknown-item' }))
  } else if (loan === null) {
    found.push(
      isLentElsewhere(facts)
        ? note('loan-elsewhere', 'R9')
        : note('not-on-loan', 'R2', { exception: strayed(facts, ctx) }),
    )
  }
  if (facts.openLoansOfItem.some((open) => open.isDisputed)) {
    found.push(alert('loan-disputed', 'R8'))
  }
  if (facts.item?.state === 'lost') found.push(alert('item-was-lost', 'L11'))
  if (facts.item?.state === 'withdrawn') found.push(alert('item-withdrawn', 'L10'))
  return found
}

/**
 * R10: nothing was open, and the city last saw the item somewhere else: a lending, a return or a
 * parcel is missing. A second scan at one branch, the end of a transit and a find are no riddle.
 */
function strayed(facts: Facts, ctx: Ctx): ExceptionKind | null {
  const { item } = facts
  if (item === null || item.isPlaceholder || item.state === 'lost') return null
  if (item.atBranchId === ctx.branchId || item.transitToBranchId === ctx.branchId) return null
  // Seen again since: what lies between may be on its way in the same log.
  if (isBehind(facts, ctx)) return null
  return item.state === 'in-transit' ? 'route-item' : 'return-not-on-loan'
}

/** An item that moved on since is kept for nobody here: the hold waits for another. */
const trappingHere = (facts: Facts, item: Item, ctx: Ctx): Trapping =>
  isBehind(facts, ctx) ? { is: 'none' } : trappingOf(facts, item, facts.holds.holdOfItem, ctx)

function routeOf(facts: Facts, item: Item, trapping: Trapping, ctx: Ctx): Route {
  const home = homeRoute(item, ctx)
  if (home.to === 'workroom') return home
  const held = holdRoute(trapping, ctx)
  if (held !== null) return held
  // Kept for a reader by hand, or by a program that knew no queue.
  const isKept = item.holdId === null && heldForReaderId(facts, item) !== null
  return isKept ? { to: 'hold-shelf', branchId: null, shelf: null } : home
}

function routeFindings(facts: Facts, route: Route): Finding[] {
  switch (route.to) {
    case 'transit': {
      const params = {
        branchZh: facts.itemHomeBranch?.nameZh ?? '',
        branchEn: facts.itemHomeBranch?.nameEn ?? '',
      }
      return [alert('belongs-elsewhere', 'R4', { params })]
    }
    case 'hold-shelf':
      return [
        alert('hold-waiting', 'R5', {
          params: { reader: maskedName(facts.heldForReader?.name ?? '') },
        }),
      ]
    case 'workroom':
      return facts.item?.condition === 'damaged'
        ? [alert('item-damaged', 'R6', { params: { note: facts.item.conditionNote ?? '' } })]
        : []
    case 'shelf':
    case 'nowhere':
      return []
  }
}

interface Returning {
  readonly facts: Facts
  readonly ctx: Ctx
  readonly item: Item
  readonly end: LoanEnd | null
  readonly route: Route
  readonly trapping: Trapping
}

function takeBack({ facts, ctx, item, end, route, trapping }: Returning): Change[] {
  const changes: Change[] = facts.item === null ? [put('item', item)] : []
  if (!isBehind(facts, ctx)) {
    changes.push(
      patch('item', item.id, {
        ...whereBy(route, item, ctx),
        openLoanId: null,
        lastCheckInAt: ctx.at,
        ...keptFor(item, trapping),
      }),
      ...holdChanges(facts, item, facts.holds.holdOfItem, trapping, ctx),
    )
  }
  if (end === null) return changes
  changes.push(...closeLoan(end, ctx))
  if (end.loan.isDisputed) changes.push(...settleDispute(facts, end.loan, ctx))
  return changes
}

/** The return that was missing has arrived: it answers who had the item, and names its staff. */
function settleDispute(facts: Facts, loan: Loan, ctx: Ctx): Change[] {
  const settled = {
    settledAt: ctx.at,
    settledBy: ctx.staff.id as StaffId,
    settlement: 'first-returned',
  }
  const about = facts.openExceptionsOfItem.filter((one) => {
    if (one.kind !== 'open-loan-other') return false
    if (one.loanId !== loan.id && one.otherLoanId !== loan.id) return false
    // Of three loans the middle one stands in two exceptions: the first loan is still disputed (I21).
    const partnerId = one.loanId === loan.id ? one.otherLoanId : one.loanId
    return facts.openLoansOfItem.every(({ id, isDisputed }) => id !== partnerId || !isDisputed)
  })
  return [
    patch('loan', loan.id, { isDisputed: false }),
    ...about.map((one) => patch('exception', one.id, settled)),
  ]
}
