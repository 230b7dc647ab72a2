/** Parts of a set, and a note for whoever has it in hand. Rules L25, L27. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { Item } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { ItemId } from '../words/ids.ts'

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
