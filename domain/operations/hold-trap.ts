/** An item taken off its shelf for a hold of the pull list. Rules H7, H8, H12. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Facts } from '../facts.ts'
import { placeInHistory } from '../item-history.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Item } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { promisedHold, returnSubject } from './check-in.ts'
import { Route, homeRoute, whereBy } from './item-route.ts'
import {
  HoldSlip,
  holdChanges,
  holdRoute,
  keptFor,
  slipOf,
  trapFindings,
  trappingOf,
} from './trap-hold.ts'
import type { Trapping } from './trap-hold.ts'

const Payload = z.strictObject({ barcode: PlainText(64).min(1) })

const Summary = z.strictObject({
  itemId: z.string().nullable(),
  titleId: z.string().nullable(),
  route: Route,
  hold: HoldSlip.nullable(),
})

export const trapForHold = defineOperation({
  kind: 'hold.trap',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: returnSubject,
  decide(facts, _payload, ctx) {
    const { item } = facts
    const about = { itemId: item?.id ?? null, readerId: null, loanId: null, otherLoanId: null }
    if (item === null) {
      const route = { to: 'nowhere', branchId: null, shelf: null } as const
      const summary = { itemId: null, titleId: null, route, hold: null }
      return { findings: [impossible('unknown-item', 'H7')], changes: [], summary, about }
    }
    const trapping = trappingOf(facts, item, facts.holds.holdOfItem, ctx)
    const route = holdRoute(facts, trapping, ctx) ?? homeRoute(facts, item, ctx)
    const slip = slipOf(facts, trapping, ctx)
    return {
      findings: [
        ...takenFindings(facts, item, trapping, ctx),
        ...trapFindings(facts, trapping, ctx),
      ],
      changes: isElsewhere(item, ctx)
        ? []
        : [
            patch('item', item.id, {
              ...whereBy(route, item, ctx),
              // Seen here now: a lending that arrives late was over by then.
              lastCheckInAt: placeInHistory(ctx),
              ...keptFor(item, trapping),
            }),
            ...holdChanges(facts, item, facts.holds.holdOfItem, trapping, ctx),
          ],
      summary: { itemId: item.id, titleId: item.titleId, route, hold: slip },
      about,
    }
  },
  promises: promisedHold,
})

/** With a reader, or seen again since: the item is not here, whatever was told. */
const isElsewhere = (item: Item, ctx: Ctx): boolean =>
  item.openLoanId !== null || (item.lastCheckInAt ?? 0) > placeInHistory(ctx)

function takenFindings(facts: Facts, item: Item, trapping: Trapping, ctx: Ctx): Finding[] {
  if (facts.isBarcodeAmbiguous) return [impossible('barcode-ambiguous', 'L1')]
  if (item.openLoanId !== null) {
    const params = { dueOn: '', reader: '' }
    const exception = typeof ctx.promised.holdId === 'string' ? 'hold-clash' : null
    return [impossible('item-on-loan', 'H8', { params, exception })]
  }
  return trapping.is === 'none' ? [impossible('no-hold-waits', 'H7')] : []
}
