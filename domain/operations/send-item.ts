/** Sending an item to another branch. Rules T1, T9 and H7 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { inItems } from '../item-facts.ts'
import { placeInHistory } from '../item-history.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Item } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { maskedName } from '../words/masked-name.ts'
import { BranchId } from '../words/ids.ts'
import { itemNotes } from './item-notes.ts'
import { carriedTo, heldForReaderId, keptNoMore } from './trap-hold.ts'

const Payload = z.strictObject({
  barcode: PlainText(64).min(1),
  to: BranchId,
  /** Printed on the slip, read by whoever opens the crate. */
  reason: z.enum(['home', 'request', 'stock', 'repair', 'other']),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  itemId: z.string(),
  titleId: z.string().nullable(),
  toBranchId: z.string(),
  reason: Payload.shape.reason,
})

export const sendItem = defineOperation({
  kind: 'item.send',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ barcode, to }) =>
    aSubject({
      barcode,
      items: inItems({ toBranchId: to }),
      holds: aboutHolds({ ofItem: true }),
    }),
  decide(facts, payload, ctx) {
    const { item } = facts
    const { to, reason } = payload
    const summary = {
      itemId: (item?.id ?? '') as string,
      titleId: (item?.titleId ?? null) as string | null,
      toBranchId: to as string,
      reason,
    }
    const about = { itemId: item?.id ?? null, readerId: null, loanId: null, otherLoanId: null }
    const isNowhere = to === ctx.branchId || facts.items.toBranch === null
    const isMoved = item !== null && !isNowhere && !isBehind(facts, ctx)
    return {
      findings: sendFindings(facts, payload, ctx),
      changes: isMoved ? sent(facts, item, to, ctx) : [],
      summary,
      about,
    }
  },
})

/** H7: to where it is collected it goes for its reader; elsewhere for nobody, who waits again. */
function sent(facts: Facts, item: Item, to: BranchId, ctx: Ctx): Change[] {
  const { holdOfItem: hold } = facts.holds
  const onItsWay = {
    state: 'in-transit',
    atBranchId: ctx.branchId as BranchId,
    transitToBranchId: to,
    transitSentAt: placeInHistory(ctx),
  } as const
  if (hold?.trappedItemId === item.id && carriedTo(facts, hold) === to) {
    const travelling = patch('hold', hold.id, { state: 'in-transit', keepUntilOn: null })
    return [patch('item', item.id, onItsWay), ...(hold.state === 'in-transit' ? [] : [travelling])]
  }
  const { ofItem, ofHold } = keptNoMore(facts, item)
  return [patch('item', item.id, { ...onItsWay, ...ofItem }), ...ofHold]
}

/** Seen or lent again since: this parcel is told of late, and moves it no more. */
const isBehind = ({ item, openLoansOfItem }: Facts, ctx: Ctx): boolean =>
  Math.max(item?.lastCheckInAt ?? 0, item?.transitSentAt ?? 0) > placeInHistory(ctx) ||
  openLoansOfItem.some(({ lentAt }) => lentAt > placeInHistory(ctx))

function sendFindings(facts: Facts, { to }: Payload, ctx: Ctx): Finding[] {
  const { item, loan, items } = facts
  if (item === null) return [impossible('unknown-item', 'T1', { exception: 'unknown-item' })]
  const found: Finding[] = []
  if (items.toBranch === null) found.push(impossible('unknown-branch', 'T1'))
  if (to === ctx.branchId) found.push(impossible('sent-to-itself', 'T1'))
  if (item.state === 'withdrawn') found.push(alert('item-withdrawn', 'L10'))
  if (isBehind(facts, ctx)) found.push(note('parcel-behind', 'T1'))
  if (loan !== null && loan.lentAt <= placeInHistory(ctx))
    found.push(impossible('sent-while-on-loan', 'T9'))
  const { holdOfItem } = facts.holds
  const goesToReader = holdOfItem !== null && carriedTo(facts, holdOfItem) === to
  if (heldForReaderId(facts, item) !== null && !goesToReader) {
    const params = { reader: maskedName(facts.heldForReader?.name ?? '') }
    found.push(alert('item-held-for-another', 'T1', { params }))
  }
  return [...found, ...itemNotes(item)]
}
