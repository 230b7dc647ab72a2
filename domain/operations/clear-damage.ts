/** Damage that is repaired. Rules R18 and H7 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Item } from '../records.ts'
import { ItemId } from '../words/ids.ts'
import { promisedHold } from './check-in.ts'
import { homeRoute, whereBy } from './item-route.ts'
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

const Summary = z.strictObject({
  itemId: z.string(),
  titleId: z.string().nullable(),
  /** What to print where it is kept for a reader. */
  hold: HoldSlip.nullable(),
})

const good = { condition: 'good', conditionNote: null } as const

export const clearDamage = defineOperation({
  kind: 'item.clear-damage',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: z.strictObject({ item: ItemId }),
  summary: Summary,
  subject: ({ item }, promised) => {
    const holds = aboutHolds({ holdId: promised?.holdId ?? null, ofItem: true, queue: true })
    return aSubject({ itemId: item, holds })
  },
  decide(facts, payload, ctx) {
    const { item } = facts
    const itemId = payload.item as string
    const about = { itemId, readerId: null, loanId: null, otherLoanId: null }
    const summary = { itemId, titleId: (item?.titleId ?? null) as string | null, hold: null }
    if (item === null) {
      return { findings: [impossible('unknown-item', 'L1')], changes: [], summary, about }
    }
    if (item.state === 'in-workroom' && !item.isPlaceholder) {
      const { hold, ...said } = outOfWorkroom(facts, { ...item, ...good }, ctx)
      return { ...said, summary: { ...summary, hold }, about }
    }
    const findings = item.condition === 'damaged' ? [] : [note('item-not-damaged', 'R18')]
    return { findings, changes: [patch('item', item.id, good)], summary, about }
  },
  promises: promisedHold,
})

/** It goes where a return would send it. */
function outOfWorkroom(facts: Facts, item: Item, ctx: Ctx) {
  const { holdOfItem } = facts.holds
  const trapping = trappingOf(facts, item, holdOfItem, ctx)
  const isKeptByHand = item.holdId === null && heldForReaderId(facts, item) !== null
  const route =
    holdRoute(facts, trapping, ctx) ??
    (isKeptByHand
      ? ({ to: 'hold-shelf', branchId: null, shelf: null } as const)
      : homeRoute(facts, item, ctx))
  const there = { ...good, ...whereBy(route, item, ctx), ...keptFor(item, trapping) }
  return {
    findings: [
      ...trapFindings(facts, trapping, ctx),
      ...(trapping.is === 'none' && route.to === 'transit' ? [belongsElsewhere(facts)] : []),
    ],
    changes: [
      patch('item', item.id, there),
      ...holdChanges(facts, item, holdOfItem, trapping, ctx),
    ],
    hold: slipOf(facts, trapping, ctx),
  }
}

function belongsElsewhere({ itemHomeBranch }: Facts): Finding {
  const params = { branchZh: itemHomeBranch?.nameZh ?? '', branchEn: itemHomeBranch?.nameEn ?? '' }
  return alert('belongs-elsewhere', 'R4', { params })
}
