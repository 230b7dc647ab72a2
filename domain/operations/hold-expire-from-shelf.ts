/**
 * Clearing the hold shelf, one scan for each item: what was not collected goes to the next of the
 * queue or home, and what does not belong there is told where it belongs. Rules H8, H10.
 */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import type { Hold } from '../hold-records.ts'
import { placeInHistory } from '../item-history.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { collectBy, isShelfExpired } from '../policy/hold-queue.ts'
import type { Item } from '../records.ts'
import { maskedName } from '../words/masked-name.ts'
import { PlainText } from '../words/plain-text.ts'
import { promisedHold, returnSubject } from './check-in.ts'
import { Route, homeRoute, whereBy } from './item-route.ts'
import {
  HoldSlip,
  carriedTo,
  holdChanges,
  holdRoute,
  keepersCalendar,
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
  /** Of the next reader, where one waits. */
  hold: HoldSlip.nullable(),
  expiredHoldId: z.string().nullable(),
})

export const clearHoldShelf = defineOperation({
  kind: 'hold.expire-from-shelf',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: returnSubject,
  decide(facts, _payload, ctx) {
    const { item } = facts
    if (item === null) return unknownItem()
    const kept = facts.holds.holdOfItem
    const expired =
      kept !== null && isShelfExpired(kept, keepersCalendar(facts, kept), ctx.today) ? kept : null
    const trapping = trappingOf(facts, item, expired === null ? kept : null, ctx)
    const route = holdRoute(facts, trapping, ctx) ?? homeRoute(facts, item, ctx)
    const isGone = item.openLoanId !== null || (item.lastCheckInAt ?? 0) > placeInHistory(ctx)
    return {
      findings: [
        ...shelfFindings(facts, item, expired, ctx),
        ...trapFindings(facts, trapping, ctx),
      ],
      changes: isGone ? [] : cleared({ facts, ctx, item, expired, trapping, route }),
      summary: {
        itemId: item.id,
        titleId: item.titleId,
        route,
        hold: slipOf(facts, trapping, ctx),
        expiredHoldId: expired?.id ?? null,
      },
      about: {
        itemId: item.id,
        readerId: expired?.readerId ?? null,
        loanId: null,
        otherLoanId: null,
      },
    }
  },
  promises: promisedHold,
})

function unknownItem() {
  const route = { to: 'nowhere', branchId: null, shelf: null } as const
  return {
    findings: [impossible('unknown-item', 'H10')],
    changes: [],
    summary: { itemId: null, titleId: null, route, hold: null, expiredHoldId: null },
    about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
  }
}

interface Clearing {
  readonly facts: Facts
  readonly ctx: Ctx
  readonly item: Item
  readonly expired: Hold | null
  readonly trapping: Trapping
  readonly route: Route
}

function cleared({ facts, ctx, item, expired, trapping, route }: Clearing): Change[] {
  const kept = expired === null ? facts.holds.holdOfItem : null
  const moved = patch('item', item.id, {
    ...whereBy(route, item, ctx),
    lastCheckInAt: placeInHistory(ctx),
    ...keptFor(item, trapping),
  })
  const closed =
    expired === null
      ? []
      : [
          patch('hold', expired.id, {
            state: 'expired',
            closedAt: ctx.at,
            closeReason: 'not-collected',
          }),
          patch('reader', expired.readerId, {}, { openHoldsCount: -1 }),
        ]
  return [moved, ...closed, ...holdChanges(facts, item, kept, trapping, ctx)]
}

function shelfFindings(facts: Facts, item: Item, expired: Hold | null, ctx: Ctx): Finding[] {
  if (facts.isBarcodeAmbiguous) return [impossible('barcode-ambiguous', 'L1')]
  if (item.openLoanId !== null) {
    return [impossible('item-on-loan', 'H10', { params: { dueOn: '', reader: '' } })]
  }
  if (expired !== null) {
    const reader = facts.holds.readersByHold.get(expired.id)
    const params = {
      reader: maskedName(reader?.name ?? ''),
      until: collectBy(expired, keepersCalendar(facts, expired)) ?? '',
    }
    return [note('hold-not-collected', 'H10', { params })]
  }
  const kept = facts.holds.holdOfItem
  const belongsHere = kept?.state === 'on-shelf' && carriedTo(facts, kept) === ctx.branchId
  if (belongsHere && item.state === 'on-hold-shelf') {
    const reader = facts.holds.readersByHold.get(kept.id)
    const params = {
      reader: maskedName(reader?.name ?? ''),
      until: collectBy(kept, keepersCalendar(facts, kept)) ?? '',
    }
    return [impossible('hold-still-kept', 'H10', { params })]
  }
  const isListed = item.state === 'on-hold-shelf' && item.atBranchId === ctx.branchId
  return isListed ? [] : [alert('not-on-hold-shelf', 'H10')]
}
