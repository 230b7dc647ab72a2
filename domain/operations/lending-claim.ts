/** Who else has a claim on the item that is to be lent. Rules L7, L8, L16, L21. */
import type { Facts } from '../facts.ts'
import { placeInHistory } from '../item-history.ts'
import { dueOf } from '../lender-facts.ts'
import { isOverridden, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Loan } from '../records.ts'
import type { CalendarDate, EpochMs } from '../words/calendar-date.ts'
import { dueText } from '../words/due-date.ts'
import { maskedName } from '../words/masked-name.ts'
import { heldForReaderId } from './trap-hold.ts'

/** Whose the item is at the time of the event, whatever arrived here first. */
export type Claim =
  | { readonly is: 'none' }
  | { readonly is: 'same-reader' | 'other-reader'; readonly loan: Loan }
  /** This lending arrives late: the item was lent to another afterwards, with no return between. */
  | { readonly is: 'later-reader'; readonly loan: Loan }
  /** This lending arrives late: its return is recorded already. */
  | { readonly is: 'returned-since'; readonly at: EpochMs }

export function claimOf({ item, reader, loan }: Facts, ctx: Ctx): Claim {
  const returnedAt = item?.lastCheckInAt ?? 0
  const place = placeInHistory(ctx)
  if (returnedAt > place) return { is: 'returned-since', at: returnedAt }
  if (loan === null || loan.returnedAt !== null) return { is: 'none' }
  if (loan.readerId === reader?.id) return { is: 'same-reader', loan }
  return { is: loan.lentAt > place ? 'later-reader' : 'other-reader', loan }
}

/** Lent now, the item is in this reader's hands: nothing is known to have happened to it since. */
export const isWithReader = ({ is }: Claim): boolean =>
  is !== 'returned-since' && is !== 'later-reader'

/** Who else has a claim: another reader's loan, another reader's hold. */
export function claimFindings(facts: Facts, ctx: Ctx, printedOn: CalendarDate): Finding[] {
  const { item, reader } = facts
  if (item === null) return []
  const found: Finding[] = []
  const claim = claimOf(facts, ctx)
  const permission = 'circulate'
  if (claim.is === 'same-reader') {
    const reader = maskedName(facts.loanReader?.name ?? '')
    const params = { dueOn: dueText(dueOf(facts, claim.loan)), reader, printedOn }
    const exception = isOverridden(ctx, 'already-on-loan-to-reader') ? null : 'open-loan-same'
    found.push(override('already-on-loan-to-reader', 'L8', { params, permission, exception }))
  }
  if (claim.is === 'other-reader' || claim.is === 'later-reader') {
    const dueOn = dueText(dueOf(facts, claim.loan))
    const params = { dueOn, reader: maskedName(facts.loanReader?.name ?? '') }
    // Nobody could answer for a loan that did not exist yet.
    const isAnswered = claim.is === 'other-reader' && isOverridden(ctx, 'item-on-loan')
    const exception = isAnswered ? null : 'open-loan-other'
    found.push(override('item-on-loan', 'L7', { params, permission, exception }))
  }
  if (isLentElsewhere(facts)) found.push(override('item-on-loan-elsewhere', 'L21', { permission }))
  const heldFor = heldForReaderId(facts, item)
  if (heldFor !== null && heldFor !== reader?.id) {
    const params = { reader: maskedName(facts.heldForReader?.name ?? '') }
    const exception = isOverridden(ctx, 'item-held-for-another') ? null : 'hold-bypassed'
    found.push(
      override('item-held-for-another', 'L16', {
        params,
        permission: 'override-limits',
        exception,
      }),
    )
  }
  return found
}

/** L21: the city says that it is out; the loan itself is of desks that serve its reader. */
export const isLentElsewhere = ({ item, loan }: Facts): boolean =>
  item !== null && item.openLoanId !== null && loan === null
