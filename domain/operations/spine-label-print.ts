/** Spine labels came out of the printer. Rules C50–C52 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { onShelves } from '../shelf-facts.ts'
import { isProvisional } from '../words/book-number.ts'
import { ItemId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'

/** Some sheets at once. */
export const PRINTED_LABELS_MAX = 500

const Printed = z.strictObject({
  item: ItemId,
  /** As printed: a fact, whatever the item is called by then. */
  callNumber: PlainText(100).min(1),
})
type Printed = z.infer<typeof Printed>

export const printLabels = defineOperation({
  kind: 'label.print',
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ labels: z.array(Printed).min(1).max(PRINTED_LABELS_MAX) }),
  summary: z.strictObject({ itemIds: z.array(z.string()) }),
  subject: ({ labels }) =>
    aSubject({ shelf: onShelves({ itemIds: labels.map(({ item }) => item) }) }),
  decide(facts, { labels }, ctx) {
    const known = labels.filter(({ item }) => facts.shelf.items.has(item))
    return {
      findings: labels.flatMap((one) => labelFindings(facts, one, ctx)),
      changes: known.flatMap((one) => printedRow(facts, one, ctx)),
      summary: { itemIds: known.map(({ item }) => item as string) },
      about: { itemId: labels[0]?.item ?? null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

/** C52: no label is printed of a number that nobody has given. */
function labelFindings({ shelf }: Facts, { item, callNumber }: Printed, ctx: Ctx): Finding[] {
  const row = shelf.items.get(item)
  if (row === undefined) return [impossible('unknown-item', 'C50')]
  const params = { barcode: row.barcode, callNumber }
  if (isProvisional(callNumber)) return [impossible('call-number-provisional', 'C52', { params })]
  // Printed, and changed meanwhile at another desk: it stays on the list of what is due (C51).
  return ctx.mode === 'propose' && row.callNumber !== callNumber
    ? [impossible('call-number-changed', 'C51', { params })]
    : []
}

function printedRow({ shelf }: Facts, { item, callNumber }: Printed, ctx: Ctx) {
  const row = shelf.items.get(item)
  if (row === undefined) return []
  const before = shelf.labels.get(item)
  return [
    put('spine-label', {
      id: item,
      branchId: row.homeBranchId,
      printed: callNumber,
      printedAt: ctx.at,
      printsCount: (before?.printsCount ?? 0) + 1,
      isDue: row.callNumber !== null && row.callNumber !== callNumber,
      dueAt: before?.dueAt ?? ctx.at,
    }),
  ]
}
