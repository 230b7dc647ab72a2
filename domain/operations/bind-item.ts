/** What happened under a label that nobody knew, told again of the item that it was. */
import type { BindingFacts } from '../binding-facts.ts'
import { patch, remove } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Ctx } from '../operation.ts'
import { countedLoan } from '../policy/loan-class.ts'
import type { Item, LedgerException, Loan } from '../records.ts'
import type { EpochMs } from '../words/calendar-date.ts'
import { closeLoan, endOfLoan } from './close-loan.ts'
import { waitsAgain } from './trap-hold.ts'

interface Bound {
  readonly changes: readonly Change[]
  /** Both are open, of two readers: the first in time waits until a person has asked (I20). */
  readonly clash: { readonly first: Loan; readonly second: Loan } | null
}

export interface ItemBinding {
  readonly facts: Facts
  readonly binding: BindingFacts
  readonly placeholder: Item
  readonly target: Item
  readonly exception: LedgerException
  readonly ctx: Ctx
}

/** Times decide, not the order in which the two stories were told (design/sync.md, Time). */
export function bindItem(given: ItemBinding): Bound {
  const { placeholder, target, binding } = given
  const claim = openLoan(binding.loans, placeholder)
  const held = binding.itemLoan
  const backAt = heldBackAt(given, held)
  const claimBackAt = claim === null ? null : laterThan(target.lastCheckInAt, claim.lentAt)
  const stillClaimed = claim !== null && claimBackAt === null ? claim : null
  const stillHeld = held !== null && backAt === null ? held : null
  const changes = [...everythingMoved(given)]
  if (held !== null && backAt !== null) changes.push(...closed(given, held, backAt))
  if (claim !== null && claimBackAt !== null) changes.push(...closed(given, claim, claimBackAt))
  const open = whoHasIt(stillClaimed, stillHeld)
  if (open.replaced !== null) changes.push(...replacedBy(open.replaced, open.now))
  if (open.clash !== null) changes.push(patch('loan', open.clash.first.id, { isDisputed: true }))
  const after = targetAfter(given, open.now, backAt)
  changes.push(patch('item', target.id, after))
  // It lay where it was kept, and lies there no more: who waits for it waits for another (H7).
  const isMoved = after.state !== undefined
  if (isMoved && binding.keptFor !== null) changes.push(...waitsAgain(binding.keptFor))
  changes.push(remove('item', placeholder.id))
  // A title that was typed at a desk stands for this one copy and goes with it (L26).
  if (placeholder.titleId !== null) changes.push(remove('title', placeholder.titleId))
  return { changes, clash: open.clash }
}

const openLoan = (loans: readonly Loan[], { openLoanId }: Item): Loan | null =>
  loans.find(({ id, returnedAt }) => id === openLoanId && returnedAt === null) ?? null

const laterThan = (at: EpochMs | null, than: EpochMs): EpochMs | null =>
  at !== null && at > than ? at : null

/** A return under the unknown label ends the item's own loan: by then at the latest it was back. */
function heldBackAt({ placeholder, binding }: ItemBinding, held: Loan | null): EpochMs | null {
  if (held === null) return null
  const returned = laterThan(placeholder.lastCheckInAt, held.lentAt)
  if (returned === null) return null
  const lentSince = binding.loans.map(({ lentAt }) => lentAt).filter((at) => at > held.lentAt)
  return Math.min(returned, ...lentSince)
}

function closed({ facts, binding, target, ctx }: ItemBinding, loan: Loan, at: EpochMs): Change[] {
  const loanReader = binding.readers.get(loan.readerId) ?? null
  return closeLoan(endOfLoan({ ...facts, loanReader }, target, loan, at), ctx)
}

function everythingMoved({ facts, binding, target, exception }: ItemBinding): Change[] {
  const itemId = target.id
  const about = new Set([exception.id, ...facts.openExceptionsOfItem.map(({ id }) => id)])
  return [
    ...binding.loans.map(({ id }) => patch('loan', id, { itemId })),
    ...binding.fees.map(({ id }) => patch('fee', id, { itemId })),
    ...[...about].map((id) => patch('exception', id, { itemId })),
  ]
}

interface Holding {
  readonly now: Loan | null
  /** Of the same reader: lent again, so returned just before. */
  readonly replaced: Loan | null
  readonly clash: Bound['clash']
}

function whoHasIt(claim: Loan | null, held: Loan | null): Holding {
  if (claim === null || held === null) return { now: claim ?? held, replaced: null, clash: null }
  const [first, second] = claim.lentAt < held.lentAt ? [claim, held] : [held, claim]
  return claim.readerId === held.readerId
    ? { now: second, replaced: first, clash: null }
    : { now: second, replaced: null, clash: { first, second } }
}

const replacedBy = (loan: Loan, next: Loan | null): Change[] => [
  patch('loan', loan.id, {
    returnedAt: next?.lentAt ?? loan.lentAt,
    returnedBranchId: next?.lentBranchId ?? loan.lentBranchId,
  }),
  patch('reader', loan.readerId, {}, countedLoan(loan, -1)),
]

function targetAfter(
  { placeholder, target }: ItemBinding,
  open: Loan | null,
  backAt: EpochMs | null,
): Partial<Omit<Item, 'id'>> {
  const seenAt = laterThan(placeholder.lastCheckInAt, target.lastCheckInAt ?? 0)
  return {
    ...(seenAt === null ? {} : { lastCheckInAt: seenAt }),
    ...(placeholder.condition === 'damaged' && target.condition === 'good'
      ? { condition: 'damaged' as const, conditionNote: placeholder.conditionNote }
      : {}),
    ...whereAfter(placeholder, target, open, seenAt ?? backAt),
  }
}

function whereAfter(
  placeholder: Item,
  target: Item,
  open: Loan | null,
  seenAt: EpochMs | null,
): Partial<Omit<Item, 'id'>> {
  if (open !== null) {
    if (open.id === target.openLoanId) return {}
    return {
      state: 'on-loan',
      openLoanId: open.id,
      atBranchId: open.lentBranchId,
      transitToBranchId: null,
      transitSentAt: null,
      ...keptForNobody(target),
    }
  }
  if (seenAt === null) return {}
  return {
    // It lies where things without a record are put; the next scan says where it belongs.
    state: target.state === 'withdrawn' ? 'withdrawn' : 'in-workroom',
    openLoanId: null,
    atBranchId: placeholder.atBranchId,
    transitToBranchId: null,
    transitSentAt: null,
    ...keptForNobody(target),
  }
}

const keptForNobody = ({ holdId }: Item): Partial<Omit<Item, 'id'>> =>
  holdId === null ? {} : { holdId: null, heldForReaderId: null }
