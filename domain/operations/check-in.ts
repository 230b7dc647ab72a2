/** Returning an item, at any library. Rules R1–R16 and T2–T7 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { placeInHistory } from '../item-history.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding, Promised } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Branch, ExceptionKind, Item, Loan } from '../records.ts'
import { CalendarDate, startOf } from '../words/calendar-date.ts'
import { HoldId } from '../words/ids.ts'
import type { StaffId } from '../words/ids.ts'
import { maskedName } from '../words/masked-name.ts'
import { isLentElsewhere } from './lending-claim.ts'
import { closeLoan, endOfLoan, lateFindings } from './close-loan.ts'
import type { LoanEnd } from './close-loan.ts'
import { Elsewhere, fromElsewhere } from './from-elsewhere.ts'
import { itemNotes } from './item-notes.ts'
import { placeholderItem } from './placeholders.ts'
import { Route, homeRoute, sorted, whereBy } from './item-route.ts'
import {
  HoldSlip,
  heldForReaderId,
  holdChanges,
  holdRoute,
  keptFor,
  slipOf,
  trapFindings,
  trappingOf,
} from './trap-hold.ts'
import type { Trapping } from './trap-hold.ts'

/** Counted in one line of another system's file. */
export const IN_HOUSE_USES_MAX = 999

const Payload = z.strictObject({
  barcode: PlainText(64).min(1),
  /** Book-drop and back-dated returns: the day it came back; null for now. */
  returnedOn: CalendarDate.nullable(),
  /** Read in the building and put down: where nothing was open, a use is counted (R11). */
  inHouse: z.boolean().optional(),
  /** Of in-house use: so many at once, where another system counted them. */
  usesCount: z.int().min(1).max(IN_HOUSE_USES_MAX).optional(),
  elsewhere: Elsewhere.optional(),
})
type Payload = z.infer<typeof Payload>

export const ReturnSummary = z.strictObject({
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
  summary: ReturnSummary,
  subject: (payload, promised) => ({
    ...returnSubject(payload, promised),
    offlineLineId: payload.elsewhere?.line ?? null,
  }),
  decide: (facts, payload, given) =>
    fromElsewhere(payload.elsewhere, facts, given, (ctx) =>
      takenBack(facts, payload, ctx, payload.inHouse === true ? 'in-house' : 'return'),
    ),
  promises: promisedHold,
})

/** What whoever takes something in hand must know, the queue for it included. */
export function returnSubject({ barcode }: { readonly barcode: string }, promised?: Promised) {
  const holds = aboutHolds({ holdId: promised?.holdId ?? null, ofItem: true, queue: true })
  return aSubject({ barcode, holds })
}

/** H8: the hold that staff put it aside for, or that it is kept for none. */
export function promisedHold({ hold }: { readonly hold: HoldSlip | null }): Promised {
  return { holdId: hold === null ? null : HoldId.parse(hold.id) }
}

/** In whose hands it comes: a reader's, none's, a parcel's, a finder's; or it stays after all. */
export type CameBack = 'return' | 'in-house' | 'parcel' | 'find' | 'kept'

/** Whatever comes to the desk: a loan of it ends, and it is told where it goes. */
export function takenBack(facts: Facts, payload: Payload, ctx: Ctx, as: CameBack) {
  const item = facts.item ?? placeholderItem(payload.barcode, facts, ctx)
  const loan = loanClosedBy(facts, ctx)
  const end = loan === null ? null : endOfLoan(facts, item, loan, returnInstant(payload, loan, ctx))
  const trapping = trappingHere(facts, item, ctx)
  const route = routeOf({ facts, item, ctx, trapping, mayTravel: loan === null && as !== 'kept' })
  const findings = [
    ...returnFindings(facts, payload, ctx, { loan, as, trapping }),
    ...(trapping.is === 'none'
      ? routeFindings(facts, route, ctx)
      : trapFindings(facts, trapping, ctx)),
    ...(end === null ? [] : lateFindings(end)),
    ...itemNotes(facts.item),
  ]
  return {
    findings,
    changes: takeBack({ facts, payload, ctx, item, end, route, trapping, as }),
    summary: {
      itemId: item.id as string,
      titleId: item.titleId as string | null,
      loanId: (loan?.id ?? null) as string | null,
      readerId: (loan?.readerId ?? null) as string | null,
      route: sorted(facts, item, route),
      hold: slipOf(facts, trapping, ctx),
      feeFen: end?.feeFen ?? 0,
      overdueDays: end?.late.days ?? 0,
    },
    about: {
      itemId: item.id,
      readerId: loan?.readerId ?? null,
      loanId: loan?.id ?? null,
      otherLoanId: null,
    },
    ...overtaking(facts, loan, ctx),
  }
}

/** It ended nothing, and the item is lent all the same: only the times say that this was before. */
function overtaking({ loan }: Facts, ended: Loan | null, ctx: Ctx) {
  const isLater = loan !== null && loan.returnedAt === null && loan.lentAt > placeInHistory(ctx)
  return ended === null && isLater ? { overtakenBy: loan.id } : {}
}

/** A back-dated return counts to the end of its day: after the lending, never past now. */
function returnInstant({ returnedOn }: Payload, loan: Loan, ctx: Ctx): number {
  if (returnedOn === null) return ctx.at
  return Math.min(ctx.at, Math.max(loan.lentAt, startOf(returnedOn) + 86_400_000 - 1))
}

/** The item was lent or returned again since: this return arrives late and moves it no more. */
function isBehind({ item, loan }: Facts, ctx: Ctx): boolean {
  const place = placeInHistory(ctx)
  const isLentSince = loan !== null && loan.returnedAt === null && loan.lentAt > place
  return isLentSince || (item?.lastCheckInAt ?? 0) > place
}

/**
 * R8: a return closes the loan that was open at its event time, never one that began later. Where
 * the item was lent again since, that loan is disputed by now.
 */
function loanClosedBy(facts: Facts, ctx: Ctx): Loan | null {
  const { loan, openLoansOfItem } = facts
  const place = placeInHistory(ctx)
  const wasOpen = (one: Loan): boolean => one.returnedAt === null && one.lentAt <= place
  if (loan !== null && wasOpen(loan)) return loan
  return isBehind(facts, ctx) ? (openLoansOfItem.findLast(wasOpen) ?? null) : null
}

interface Coming {
  readonly loan: Loan | null
  readonly as: CameBack
  readonly trapping: Trapping
}

function returnFindings(facts: Facts, payload: Payload, ctx: Ctx, coming: Coming): Finding[] {
  const found: Finding[] = []
  if (payload.returnedOn !== null && payload.returnedOn > ctx.today) {
    found.push(impossible('return-date-in-future', 'R8'))
  }
  if (facts.item === null) {
    found.push(alert('unknown-item', 'R7', { exception: 'unknown-item' }))
  } else if (coming.loan === null) {
    const why = isLentElsewhere(facts)
      ? note('loan-elsewhere', 'R9')
      : nothingOpen(facts, ctx, coming)
    if (why !== null) found.push(why)
  }
  if (facts.openLoansOfItem.some((open) => open.isDisputed)) {
    found.push(alert('loan-disputed', 'R8'))
  }
  if (facts.item?.state === 'lost') found.push(alert('item-was-lost', 'L11'))
  if (facts.item?.state === 'missing') found.push(alert('item-was-missing', 'R12'))
  if (facts.item?.state === 'withdrawn') found.push(alert('item-withdrawn', 'L10'))
  return found
}

/** Nothing was open: why it came all the same. */
function nothingOpen(facts: Facts, ctx: Ctx, { as, trapping }: Coming): Finding | null {
  const { item, items } = facts
  const exception = strayed(facts, ctx)
  const isParcel = item?.state === 'in-transit' && item.transitToBranchId !== null
  if (as === 'kept' && holdRoute(facts, trapping, ctx)?.to === 'transit') return null
  if (as === 'kept') return note(isParcel ? 'transit-ended' : 'not-in-transit', 'T8')
  if (isParcel && item.transitToBranchId === ctx.branchId) return note('parcel-arrived', 'T2')
  if (isParcel && isPassing(facts.policy, ctx)) return note('parcel-passes', 'T5')
  if (isParcel && item.atBranchId !== ctx.branchId) {
    return alert('wrong-arrival', 'T4', { params: branchNames(items.transitToBranch), exception })
  }
  if (as === 'in-house') return note('used-in-house', 'R11', { exception })
  if (as === 'parcel') return note('not-in-transit', 'T3', { exception })
  if (as === 'find' && notSeen.has(item?.state ?? 'lost')) return null
  if (as === 'find') return note('nothing-was-missing', 'R12', { exception })
  return note('not-on-loan', 'R2', { exception })
}

/** T5: at the branch of the logistics everything is under way, and nothing has arrived. */
const isPassing = ({ itemRules }: Facts['policy'], ctx: Ctx): boolean =>
  itemRules.logisticsBranchId === ctx.branchId

const branchNames = (branch: Branch | null) => ({
  branchZh: branch?.nameZh ?? '',
  branchEn: branch?.nameEn ?? '',
})

/**
 * R10: nothing was open, and the city last saw the item somewhere else: a lending, a return or a
 * parcel is missing. A second scan at one branch, the end of a transit and a find are no riddle.
 */
function strayed(facts: Facts, ctx: Ctx): ExceptionKind | null {
  const { item, policy } = facts
  if (item === null || item.isPlaceholder || notSeen.has(item.state)) return null
  if (item.atBranchId === ctx.branchId || item.transitToBranchId === ctx.branchId) return null
  if (item.state === 'in-transit' && isPassing(policy, ctx)) return null
  // Seen again since: what lies between may be on its way in the same log.
  if (isBehind(facts, ctx)) return null
  return item.state === 'in-transit' ? 'route-item' : 'return-not-on-loan'
}

/** Nobody knew where they were: to find one is no riddle. */
const notSeen: ReadonlySet<Item['state']> = new Set(['lost', 'missing', 'claimed-returned'])

/** An item that moved on since is kept for nobody here: the hold waits for another. */
const trappingHere = (facts: Facts, item: Item, ctx: Ctx): Trapping =>
  isBehind(facts, ctx) ? { is: 'none' } : trappingOf(facts, item, facts.holds.holdOfItem, ctx)

interface Turning {
  readonly facts: Facts
  readonly item: Item
  readonly ctx: Ctx
  readonly trapping: Trapping
  /** What was on its way goes on (T4, T5), where no reader had it in between. */
  readonly mayTravel: boolean
}

/** Whoever waits for it comes before where it was going, and before its home (H7). */
function routeOf({ facts, item, ctx, trapping, mayTravel }: Turning): Route {
  const held = holdRoute(facts, trapping, ctx)
  if (held !== null) return held
  const home = homeRoute(facts, item, ctx)
  if (home.to === 'workroom' || home.to === 'cataloguing') return home
  const further = mayTravel && item.state === 'in-transit' ? item.transitToBranchId : null
  if (further !== null && further !== ctx.branchId) {
    return { to: 'transit', branchId: further, shelf: null }
  }
  // Kept for a reader by hand, or by a program that knew no queue.
  const isKept = item.holdId === null && heldForReaderId(facts, item) !== null
  if (isKept) return { to: 'hold-shelf', branchId: null, shelf: null }
  const { factsFreshMs, itemRules } = facts.policy
  const isOld = ctx.factsAgeMs > factsFreshMs * itemRules.setAsideFactor
  return home.to === 'shelf' && isOld ? { to: 'set-aside', branchId: null, shelf: null } : home
}

function routeFindings(facts: Facts, route: Route, ctx: Ctx): Finding[] {
  switch (route.to) {
    case 'transit': {
      const goesOn = facts.item?.transitToBranchId === route.branchId
      // What T4 has said already, and what only passes, needs no second word.
      if (goesOn && (facts.item.atBranchId !== ctx.branchId || isPassing(facts.policy, ctx)))
        return []
      const params = branchNames(goesOn ? facts.items.transitToBranch : facts.itemHomeBranch)
      return [alert('belongs-elsewhere', 'R4', { params })]
    }
    case 'set-aside': {
      const params = { hours: Math.floor(ctx.factsAgeMs / 3_600_000) }
      return [alert('facts-too-old', 'R13', { params })]
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
      return facts.item?.homeBranchId === ctx.branchId || facts.item === null
        ? []
        : [note('stays-here', 'T7')]
    case 'cataloguing':
    case 'kiosk':
    case 'nowhere':
      return []
  }
}

interface Returning {
  readonly facts: Facts
  readonly payload: Payload
  readonly ctx: Ctx
  readonly item: Item
  readonly end: LoanEnd | null
  readonly route: Route
  readonly trapping: Trapping
  readonly as: CameBack
}

function takeBack({ facts, payload, ctx, item, end, route, trapping, as }: Returning): Change[] {
  const changes: Change[] = facts.item === null ? [put('item', item)] : []
  if (!isBehind(facts, ctx)) {
    changes.push(
      patch('item', item.id, {
        ...whereBy(route, item, ctx),
        openLoanId: null,
        lastCheckInAt: placeInHistory(ctx),
        ...keptFor(item, trapping),
      }),
      ...holdChanges(facts, item, facts.holds.holdOfItem, trapping, ctx),
    )
  }
  if (as === 'in-house' && end === null && !isLentElsewhere(facts)) {
    changes.push(patch('item', item.id, {}, { inHouseUsesCount: payload.usesCount ?? 1 }))
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
