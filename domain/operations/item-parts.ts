/** Parts of a set, a note for whoever has it in hand, damage that is repaired. Rules L25, L27, R18. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Item } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { ItemId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'

const Summary = z.strictObject({ itemId: z.string(), titleId: z.string().nullable() })
type Said = { readonly findings: readonly Finding[]; readonly changes: readonly Change[] }

/** `of` is asked only where the item is known. */
function onItem(facts: Facts, itemId: string, of: (item: Item) => Said) {
  const { item } = facts
  const titleId = (item?.titleId ?? null) as string | null
  const said =
    item === null ? { findings: [impossible('unknown-item', 'L1')], changes: [] } : of(item)
  return {
    ...said,
    summary: { itemId, titleId },
    about: { itemId, readerId: null, loanId: null, otherLoanId: null },
  }
}

export const markMissingParts = defineOperation({
  kind: 'item.mark-missing-parts',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: z.strictObject({ item: ItemId, missing: PlainText(500).min(1) }),
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item }),
  decide: (facts, { item: id, missing }) =>
    onItem(facts, id, (item) => ({
      findings: [],
      changes: [patch('item', item.id, { missingParts: missing })],
    })),
})

export const completeParts = defineOperation({
  kind: 'item.complete-parts',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: z.strictObject({ item: ItemId }),
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item }),
  decide: (facts, { item: id }) =>
    onItem(facts, id, (item) => ({
      findings: item.missingParts === null ? [note('parts-complete-already', 'L25')] : [],
      changes: [patch('item', item.id, { missingParts: null })],
    })),
})

/** How many parts it has, and what is said wherever it is lent or returned. */
export const describeItem = defineOperation({
  kind: 'item.describe',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: z.strictObject({
    item: ItemId,
    partsCount: Item.shape.partsCount,
    alertNote: PlainText(500).min(1).nullable(),
  }),
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item }),
  decide: (facts, { item: id, partsCount, alertNote }) =>
    onItem(facts, id, (item) => ({
      findings: [],
      changes: [patch('item', item.id, { partsCount, alertNote })],
    })),
})

export const clearDamage = defineOperation({
  kind: 'item.clear-damage',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: z.strictObject({ item: ItemId }),
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item }),
  decide: (facts, { item: id }, ctx) => onItem(facts, id, (item) => repaired(facts, item, ctx)),
})

/** Out of the workroom it goes where a return would send it. */
function repaired({ itemHomeBranch }: Facts, item: Item, ctx: Ctx): Said {
  const isDamaged = item.condition === 'damaged'
  const good = { condition: 'good', conditionNote: null } as const
  if (item.state !== 'in-workroom' || item.isPlaceholder) {
    const findings = isDamaged ? [] : [note('item-not-damaged', 'R18')]
    return { findings, changes: [patch('item', item.id, good)] }
  }
  if (item.heldForReaderId !== null) {
    return { findings: [], changes: [patch('item', item.id, { ...good, state: 'on-hold-shelf' })] }
  }
  if (item.homeBranchId === ctx.branchId) {
    return { findings: [], changes: [patch('item', item.id, { ...good, state: 'on-shelf' })] }
  }
  const params = { branchZh: itemHomeBranch?.nameZh ?? '', branchEn: itemHomeBranch?.nameEn ?? '' }
  const sent = {
    ...good,
    state: 'in-transit',
    atBranchId: ctx.branchId as BranchId,
    transitToBranchId: item.homeBranchId,
    transitSentAt: ctx.at,
  } as const
  return {
    findings: [alert('belongs-elsewhere', 'R4', { params })],
    changes: [patch('item', item.id, sent)],
  }
}
