/** What a lending changes. */
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { placeInHistory } from '../item-history.ts'
import { isOverridden } from '../operation.ts'
import type { Ctx } from '../operation.ts'
import type { Due } from '../policy/due-date.ts'
import { endOfDue } from '../policy/effective-due.ts'
import type { EffectiveDue } from '../policy/effective-due.ts'
import { classOf, countedLoan } from '../policy/loan-class.ts'
import type { Item, Loan, Reader } from '../records.ts'
import { activeAtAfter } from '../scopes.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import type { BranchId, LoanId, ReaderId, StaffId } from '../words/ids.ts'
import { closeLoan, endOfLoan } from './close-loan.ts'
import { holdsAfterLending } from './fill-hold.ts'
import { isWithReader } from './lending-claim.ts'
import type { Claim } from './lending-claim.ts'
import { renewedTo } from './renew.ts'
import { heldForReaderId } from './trap-hold.ts'

export interface Lending {
  readonly facts: Facts
  readonly ctx: Ctx
  readonly loanId: LoanId
  readonly reader: Reader
  readonly item: Item
  readonly claim: Claim
  readonly due: Due
  readonly policyLine: string
  readonly isReadingRoom?: boolean
  readonly takenOverFromId?: LoanId | null
}

export function lend(lending: Lending) {
  const { facts, ctx, loanId, reader, item, claim, due, policyLine } = lending
  const { isReadingRoom = false, takenOverFromId = null } = lending
  const isOver = claim.is === 'returned-since'
  const loan: Loan = {
    id: loanId,
    itemId: item.id,
    readerId: reader.id,
    lentAt: placeInHistory(ctx),
    lentBranchId: ctx.branchId as BranchId,
    dueOn: due.on,
    dueAt: due.at,
    countsAs: isReadingRoom ? 'reading-room' : classOf(item),
    renewalsCount: 0,
    returnedAt: isOver ? claim.at : null,
    returnedBranchId: isOver ? item.atBranchId : null,
    // The later loan has the item; this one waits until a person has asked (I20).
    isDisputed: claim.is === 'later-reader',
    policyLine,
    claimedReturnedAt: null,
    lostAt: null,
    lossRefundUntilOn: null,
    takenOverFromId,
  }
  const changes: Change[] = []
  if (facts.reader === null) changes.push(put('reader', reader))
  if (facts.item === null) changes.push(put('item', item))
  changes.push(put('loan', loan))
  if (claim.is === 'other-reader') changes.push(...closeOrDispute(facts, item, claim.loan, ctx))
  if (!isOver) changes.push(patch('reader', reader.id, {}, countedLoan(loan, 1)))
  const activeAt = activeAtAfter(reader, ctx.branchId, ctx.today)
  if (activeAt !== null) changes.push(patch('reader', reader.id, { activeAt }))
  const hasIt = isWithReader(claim)
  if (hasIt) changes.push(itemLent(facts, item, loan))
  changes.push(...holdsAfterLending(facts, item, reader, hasIt, ctx))
  if (isOver) changes.push(...riddleSolved(facts, claim.at, ctx))
  return {
    changes,
    summary: {
      loanId: loan.id as string,
      itemId: item.id as string,
      titleId: item.titleId as string | null,
      readerId: reader.id as string,
      dueOn: due.on,
      dueAt: due.at,
      policyLine,
      isRenewal: false,
      openLoansCount: reader.openLoansCount + (isOver ? 0 : 1),
    },
    about: {
      itemId: item.id,
      readerId: reader.id,
      loanId: loan.id,
      otherLoanId: 'loan' in claim ? claim.loan.id : null,
    },
  }
}

/** R10: the lending that was missing when the item came back has arrived, and names its staff. */
const riddleSolved = (facts: Facts, returnedAt: EpochMs, ctx: Ctx): Change[] =>
  facts.openExceptionsOfItem
    .filter(
      ({ kind, happenedAt }) =>
        (kind === 'return-not-on-loan' || kind === 'route-item') && happenedAt === returnedAt,
    )
    .map(({ id }) =>
      patch('exception', id, {
        settledAt: ctx.at,
        settledBy: ctx.staff.id as StaffId,
        settlement: 'lending-found',
      }),
    )

function itemLent(facts: Facts, item: Item, { id, readerId, lentBranchId }: Loan): Change {
  const heldFor = heldForReaderId(facts, item)
  // Another's hold outlives the loan that went before it: the item goes to its shelf on return.
  const isKeptOn = heldFor !== null && heldFor !== readerId
  const holdId = isKeptOn ? (facts.holds.holdOfItem?.id ?? null) : null
  return patch('item', item.id, {
    state: 'on-loan',
    openLoanId: id,
    atBranchId: lentBranchId,
    heldForReaderId: isKeptOn ? (heldFor as ReaderId) : null,
    transitToBranchId: null,
    transitSentAt: null,
    ...(holdId === item.holdId ? {} : { holdId }),
  })
}

/** L7: with the override the other loan is returned first; a recorded clash disputes it instead. */
function closeOrDispute(facts: Facts, item: Item, current: Loan, ctx: Ctx): Change[] {
  if (!isOverridden(ctx, 'item-on-loan')) return [patch('loan', current.id, { isDisputed: true })]
  return closeLoan(endOfLoan(facts, item, current, ctx.at), ctx)
}

/** L8: already with this reader. Confirmed, it is a renewal; merely recorded, it changes nothing. */
export function keepWithSameReader(facts: Facts, ctx: Ctx, loan: Loan, due: EffectiveDue) {
  const isRenewal = isOverridden(ctx, 'already-on-loan-to-reader')
  const kept = { on: loan.dueOn, at: loan.dueAt }
  const later = endOfDue(due) > endOfDue(kept) ? due : kept
  const changes: Change[] = isRenewal ? [patch('loan', loan.id, renewedTo(loan, later))] : []
  const now = isRenewal ? later : kept
  return {
    changes,
    summary: {
      loanId: loan.id as string,
      itemId: loan.itemId as string,
      titleId: (facts.item?.titleId ?? null) as string | null,
      readerId: loan.readerId as string,
      dueOn: now.on,
      dueAt: now.at,
      policyLine: loan.policyLine,
      isRenewal,
      openLoansCount: facts.reader?.openLoansCount ?? 0,
    },
    about: { itemId: loan.itemId, readerId: loan.readerId, loanId: loan.id, otherLoanId: null },
  }
}
