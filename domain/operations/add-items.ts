/** Books with their labels on become items of a title, a batch at once. Rules C30–C32. */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { inItems } from '../item-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Item, ItemType } from '../records.ts'
import { onShelves } from '../shelf-facts.ts'
import { withBookNumber } from '../words/book-number.ts'
import { PlainText } from '../words/plain-text.ts'
import { BookNumberId, BranchId, TitleId } from '../words/ids.ts'
import { placeholderItem } from './placeholders.ts'
import { labelOfNew } from './spine-label-row.ts'

/** A carton; more are another operation. */
export const ADDED_ITEMS_MAX = 200

const Payload = z.strictObject({
  title: TitleId,
  barcodes: z.array(PlainText(64).min(1)).min(1).max(ADDED_ITEMS_MAX),
  /** Where they belong. */
  branch: BranchId,
  shelf: Item.shape.shelf,
  callNumber: Item.shape.callNumber,
  /** Whose number stands in the call number, where it may still be provisional (C42). */
  bookNumber: BookNumberId.nullable(),
  itemType: ItemType,
  priceFen: Item.shape.priceFen,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  titleId: z.string(),
  itemIds: z.array(z.string()),
  takenBarcodes: z.array(z.string()),
})

export const addItems = defineOperation({
  kind: 'item.add',
  // The labels are stuck on: what another desk labelled meanwhile takes nothing from the others.
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ title, barcodes, branch, bookNumber }) =>
    aSubject({
      barcodes,
      shelf: onShelves({ bookNumberId: bookNumber, barcodes }),
      holds: aboutHolds({ titleId: title }),
      items: inItems({ toBranchId: branch }),
    }),
  decide(facts, payload, ctx) {
    const changes: Change[] = []
    const takenBarcodes: string[] = []
    const seen = new Set<string>()
    const itemIds: string[] = []
    let takenId: string | null = null
    for (const barcode of payload.barcodes) {
      const item = newItem(barcode, payload, facts, ctx)
      const known = facts.itemsByBarcode.get(barcode)
      const former = facts.shelf.formerBarcodes.get(barcode)
      // Decided again, its own record is there already.
      const takenBy = [known?.id, former?.itemId].find((id) => id !== undefined && id !== item.id)
      const isTaken = takenBy !== undefined || seen.has(barcode)
      seen.add(barcode)
      if (isTaken) {
        takenBarcodes.push(barcode)
        takenId ??= takenBy ?? null
      } else {
        changes.push(put('item', item), ...labelOfNew(item, ctx.at))
        itemIds.push(item.id)
      }
    }
    const itemId = takenId ?? itemIds[0] ?? null
    return {
      findings: [...placeFindings(facts, payload), ...takenFindings(takenBarcodes)],
      changes,
      summary: { titleId: payload.title, itemIds, takenBarcodes },
      about: { itemId, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

const takenFindings = (barcodes: readonly string[]): Finding[] =>
  barcodes.map((barcode) => impossible('barcode-taken', 'C30', { params: { barcode } }))

function placeFindings({ holds, items }: Facts, { branch }: Payload): Finding[] {
  return [
    ...(holds.title === null
      ? [impossible('unknown-title', 'C31', { exception: 'unknown-item' })]
      : []),
    ...(items.toBranch === null
      ? [impossible('unknown-branch', 'C32', { params: { branch } })]
      : []),
  ]
}

/**
 * Of another branch it lies here until it is sent; without its title it is an item that waits for
 * one, as a book does that nobody catalogued (L26).
 */
function newItem(barcode: string, payload: Payload, facts: Facts, ctx: Ctx): Item {
  const { title } = facts.holds
  const home = facts.items.toBranch ?? facts.branch
  return {
    ...placeholderItem(barcode, facts, ctx),
    titleId: title?.id ?? null,
    isPlaceholder: title === null,
    ownerLibraryId: home.libraryId,
    homeBranchId: home.id,
    state: home.id === ctx.branchId ? 'on-shelf' : 'in-workroom',
    callNumber: callNumberIn(payload, facts),
    shelf: payload.shelf,
    itemType: payload.itemType,
    language: title?.language ?? null,
    audience: title?.audience ?? 'general',
    priceFen: payload.priceFen,
    isForLoan: payload.itemType !== 'reference',
  }
}

/** C42: the city has given the number by then, whatever the desk had to write. */
function callNumberIn({ callNumber }: Payload, { shelf }: Facts): string | null {
  const text = shelf.bookNumber?.text ?? null
  return callNumber === null || text === null ? callNumber : withBookNumber(callNumber, text)
}
