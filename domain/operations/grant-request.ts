/** Standing by what a desk said although the city refused it. Rules E11–E13 of docs/rules.md. */
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { balanced, owedFen, sumFen } from '../policy/fee-balance.ts'
import type { LedgerException } from '../records.ts'
import { activeAtAfter } from '../scopes.ts'
import type { Settlement } from '../settlements.ts'
import type { BranchId, HoldId, MessageId, StaffId } from '../words/ids.ts'
import { isSameWish } from './hold-place.ts'

type Granted = Pick<Facts, 'refused'>

const standsInTheWay = (rule: string): Finding => impossible('settlement-does-not-fit', rule)

/** What came in between: the reader has it already, or is gone; the fee takes no more. */
export function grantFindings(
  { refused }: Granted,
  settlement: Settlement,
  comment: string | null,
): Finding[] {
  switch (settlement) {
    case 'placed-anyway': {
      const wish = refused?.request.hold ?? null
      const reader = refused?.reader ?? null
      if (refused === null || wish === null || reader === null) return [standsInTheWay('E12')]
      if (reader.cardState === 'closed') return [impossible('card-closed', 'E12')]
      const asked = { title: refused.title?.id ?? wish.titleId, item: wish.itemId }
      return refused.openHoldsOfReader.some((one) => isSameWish(one, asked))
        ? [impossible('hold-placed-already', 'E12')]
        : []
    }
    case 'waived-anyway': {
      const { fee = null, request } = refused ?? {}
      if (fee === null || request?.waiver === null) return [standsInTheWay('E12')]
      return owedFen(fee) === 0
        ? [impossible('fee-settled', 'E12', { params: { excessFen: 0 } })]
        : []
    }
    case 'message-left':
      return (refused?.reader ?? null) === null || comment === null ? [standsInTheWay('E13')] : []
    default:
      return []
  }
}

export function placedAnyway(
  { refused }: Granted,
  { happenedAt, branchId }: LedgerException,
  ctx: Ctx,
): Change[] {
  const id = ctx.newId() as HoldId
  const wish = refused?.request.hold ?? null
  const reader = refused?.reader ?? null
  if (wish === null || reader === null) return []
  const knownAt = refused?.pickupBranch?.servedByBranchId ?? wish.pickupBranchId
  const activeAt = activeAtAfter(reader, knownAt, ctx.today)
  return [
    put('hold', {
      id,
      ...wish,
      titleId: refused?.title?.id ?? wish.titleId,
      readerId: reader.id,
      // Its place in the queue is the one that the reader was told.
      placedAt: happenedAt,
      placedBranchId: branchId,
      priority: 0,
      suspendedUntilOn: null,
      state: 'waiting',
      trappedItemId: null,
      trappedAt: null,
      keepUntilOn: null,
      missedItemIds: [],
      closedAt: null,
      closeReason: null,
    }),
    patch('reader', reader.id, activeAt === null ? {} : { activeAt }, { openHoldsCount: 1 }),
  ]
}

/** What is still asked for of what was waived. */
export function waivedAnyway({ refused }: Granted, ctx: Ctx): readonly Change[] {
  const { fee = null, request, entriesOfFee = [] } = refused ?? {}
  const waiver = request?.waiver ?? null
  if (fee === null || waiver === null) return []
  const amountFen = Math.min(waiver.amountFen, owedFen(fee))
  return balanced(fee, sumFen(entriesOfFee), fee.waivedFen + amountFen, ctx.at)
}

/** Whoever serves the reader next is to say that it was not done. */
export function messageLeft({ refused }: Granted, comment: string | null, ctx: Ctx): Change[] {
  const id = ctx.newId() as MessageId
  const reader = refused?.reader ?? null
  if (reader === null || comment === null) return []
  return [
    put('reader-message', {
      id,
      readerId: reader.id,
      text: comment,
      at: ctx.at,
      staffId: ctx.staff.id as StaffId,
      branchId: ctx.branchId as BranchId,
      dismissedAt: null,
      dismissedBy: null,
    }),
  ]
}
