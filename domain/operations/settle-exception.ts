/** Settling an exception: by a person, by an operation, never silently. Rules E1–E3. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { editOf, writeMine } from '../edit-conflict.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { About, Ctx, Finding } from '../operation.ts'
import { countedLoan } from '../policy/loan-class.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Item, LedgerException } from '../records.ts'
import { Settlement, clashing, laterDueOn, ownSettlements, settlementsFor } from '../settlements.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import type { BranchId, StaffId } from '../words/ids.ts'
import { ExceptionId } from '../words/ids.ts'
import { grantFindings, messageLeft, placedAnyway, waivedAnyway } from './grant-request.ts'
import { homeRoute, whereBy } from './item-route.ts'
import {
  holdChanges,
  holdRoute,
  keptFor,
  keptForNobody,
  keptNoMore,
  trappingOf,
} from './trap-hold.ts'
import type { Trapping } from './trap-hold.ts'

const Chosen = Settlement.exclude([...ownSettlements])

const Payload = z.strictObject({
  exception: ExceptionId,
  settlement: Chosen,
  comment: PlainText(500).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ exceptionId: z.string(), settlement: Chosen })

export const settleException = defineOperation({
  kind: 'exception.settle',
  evidence: 'intent',
  permission: 'settle-exceptions',
  audit: 'exception',
  payload: Payload,
  summary: Summary,
  subject: ({ exception }, promised) => {
    const holds = aboutHolds({ holdId: promised?.holdId ?? null, ofItem: true, queue: true })
    return aSubject({ exceptionId: exception, holds })
  },
  decide(facts, payload, ctx) {
    const { exception } = facts
    const { settlement, comment } = payload
    const summary = { exceptionId: payload.exception as string, settlement }
    const about = aboutException(exception)
    if (exception === null) {
      return { findings: [impossible('unknown-exception', 'E1')], changes: [], summary, about }
    }
    const isSoAlready = exception.settlement === settlement
    return {
      isSoAlready,
      findings: settleFindings(facts, exception, payload),
      changes: [
        ...consequences(facts, exception, payload, ctx),
        settled(exception, settlement, comment, ctx),
      ],
      summary,
      about,
    }
  },
})

export const aboutException = (exception: LedgerException | null): About => ({
  itemId: exception?.itemId ?? null,
  readerId: exception?.readerId ?? null,
  loanId: exception?.loanId ?? null,
  otherLoanId: exception?.otherLoanId ?? null,
})

export const settled = (
  exception: LedgerException,
  settlement: Settlement,
  comment: string | null,
  ctx: Ctx,
): Change =>
  patch('exception', exception.id, {
    settledAt: ctx.at,
    settledBy: ctx.staff.id as StaffId,
    settlement,
    comment,
  })

function settleFindings(
  facts: Facts,
  exception: LedgerException,
  { settlement, comment }: Payload,
): Finding[] {
  if (exception.settledAt !== null) return [impossible('already-settled', 'E2')]
  const doesFit = settlementsFor(exception, facts).includes(settlement)
  if (!doesFit) return [impossible('settlement-does-not-fit', 'E3')]
  return grantFindings(facts, settlement, comment)
}

function consequences(
  facts: Facts,
  exception: LedgerException,
  { settlement, comment }: Payload,
  ctx: Ctx,
): readonly Change[] {
  switch (settlement) {
    case 'first-returned':
      return firstReturned(facts, exception, ctx)
    case 'first-has-it':
      return firstHasIt(facts, exception, ctx)
    case 'later-date': {
      const dueOn = laterDueOn(exception, facts)
      if (dueOn === null || exception.loanId === null) return []
      return [patch('loan', exception.loanId, laterDate(facts, exception, dueOn as CalendarDate))]
    }
    case 'hold-released':
      return facts.item === null ? [] : [keptForNobody(facts.item)]
    case 'withdrawn-again':
      return facts.item === null ? [] : withdrawn(facts, facts.item)
    case 'keep-mine': {
      const edit = editOf(exception)
      return edit === null ? [] : writeMine(edit, facts.policy)
    }
    case 'shelved-again':
    case 'given-to-next':
      return facts.item === null ? [] : routedAgain(facts, facts.item, settlement, ctx)
    case 'placed-anyway':
      return placedAnyway(facts, exception, ctx)
    case 'waived-anyway':
      return waivedAnyway(facts, ctx)
    case 'message-left':
      return messageLeft(facts, comment, ctx)
    case 'waiting-reader-first':
    case 'item-forwarded':
    case 'lending-found':
    case 'keep-both':
    case 'keep-theirs':
    case 'reader-contacted':
    case 'desk-checked':
    case 'entered-again':
    case 'accepted':
    case 'done-by-hand':
      return []
  }
}

/** A renewal that stands after all counts as one. */
function laterDate({ loan }: Facts, { kind }: LedgerException, dueOn: CalendarDate) {
  return kind === 'request-refused' && loan !== null
    ? { dueOn, dueAt: null, renewalsCount: loan.renewalsCount + 1 }
    : { dueOn, dueAt: null }
}

const notUnderWay = { transitToBranchId: null, transitSentAt: null }

function withdrawn(facts: Facts, item: Item): Change[] {
  const { ofItem, ofHold } = keptNoMore(facts, item)
  return [patch('item', item.id, { state: 'withdrawn', ...notUnderWay, ...ofItem }), ...ofHold]
}

/** H8: the item that was kept for nobody goes on: to the next of the queue, or home. */
function routedAgain(
  facts: Facts,
  item: Item,
  settlement: 'shelved-again' | 'given-to-next',
  ctx: Ctx,
): Change[] {
  const trapping: Trapping =
    settlement === 'given-to-next' ? trappingOf(facts, item, null, ctx) : { is: 'none' }
  const route = holdRoute(facts, trapping, ctx) ?? homeRoute(facts, item, ctx)
  return [
    patch('item', item.id, { ...whereBy(route, item, ctx), ...keptFor(item, trapping) }),
    ...holdChanges(facts, item, null, trapping, ctx),
  ]
}

const closedNow = (ctx: Ctx) => ({
  returnedAt: ctx.at,
  returnedBranchId: ctx.branchId as BranchId,
})

function firstReturned(facts: Facts, exception: LedgerException, ctx: Ctx): Change[] {
  const { first } = clashing(facts, exception)
  if (first === null) return []
  return [
    patch('loan', first.id, { ...closedNow(ctx), isDisputed: false }),
    patch('reader', first.readerId, {}, countedLoan(first, -1)),
  ]
}

function firstHasIt(facts: Facts, exception: LedgerException, ctx: Ctx): Change[] {
  const { first, second } = clashing(facts, exception)
  if (first === null || second === null) return []
  return [
    patch('loan', first.id, { isDisputed: false }),
    patch('loan', second.id, closedNow(ctx)),
    patch('reader', second.readerId, {}, countedLoan(second, -1)),
    patch('item', first.itemId, { state: 'on-loan', openLoanId: first.id, ...notUnderWay }),
  ]
}
