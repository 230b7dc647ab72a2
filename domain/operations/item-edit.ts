/** What an item is called, its label, and its end. Rules C54–C56 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Item } from '../records.ts'
import { inItems } from '../item-facts.ts'
import { onShelves } from '../shelf-facts.ts'
import { ItemId } from '../words/ids.ts'
import type { FormerBarcodeId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { labelAfterEdit } from './spine-label-row.ts'

const Described = z.strictObject({
  callNumber: Item.shape.callNumber,
  shelf: Item.shape.shelf,
  itemType: Item.shape.itemType,
  priceFen: Item.shape.priceFen,
})
type Described = z.infer<typeof Described>

const Summary = z.strictObject({ itemId: z.string() })

const aboutItem = (itemId: string) => ({
  itemId,
  readerId: null,
  loanId: null,
  otherLoanId: null,
})

const subjectOf = (itemId: ItemId, barcodes: readonly string[] = []) =>
  aSubject({ itemId, barcodes, shelf: onShelves({ itemIds: [itemId], barcodes }) })

const unknown = (facts: Facts): Finding[] =>
  facts.item === null ? [impossible('unknown-item', 'C54')] : []

export const editItem = defineOperation({
  kind: 'item.edit',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  /** `was`: as it stood on the screen. */
  payload: z.strictObject({ item: ItemId, set: Described, was: Described }),
  summary: Summary,
  subject: ({ item }) => subjectOf(item),
  decide(facts, { item: id, set, was }, ctx) {
    const { item, shelf } = facts
    const edited = item === null ? null : { ...item, ...set }
    return {
      findings: [...unknown(facts), ...editedFindings(item, set, was, ctx)],
      changes:
        edited === null
          ? []
          : [
              // A work of reference stays in the building, and only that (C30).
              patch('item', edited.id, { ...set, ...loanOf(edited, was) }),
              ...labelAfterEdit(edited, shelf.labels.get(id) ?? null, ctx.at),
            ],
      summary: { itemId: id },
      about: aboutItem(id),
    }
  },
})

const loanOf = ({ itemType }: Item, was: Described): Partial<Pick<Item, 'isForLoan'>> =>
  itemType === was.itemType ? {} : { isForLoan: itemType !== 'reference' }

const fields = Described.keyof().options
const isAs = (item: Item, described: Described): boolean =>
  fields.every((field) => item[field] === described[field])

/** C54: at another desk meanwhile it was called something else. */
function editedFindings(item: Item | null, set: Described, was: Described, ctx: Ctx): Finding[] {
  if (item === null || isAs(item, was)) return []
  if (ctx.mode === 'record' && isAs(item, set)) return []
  const params = { barcode: item.barcode, callNumber: item.callNumber ?? '' }
  return [impossible('item-changed-elsewhere', 'C54', { params })]
}

export const replaceBarcode = defineOperation({
  kind: 'item.replace-barcode',
  // The new label is stuck on.
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ item: ItemId, barcode: PlainText(64).min(1) }),
  summary: Summary,
  subject: ({ item, barcode }) => subjectOf(item, [barcode]),
  decide(facts, { item: id, barcode }, ctx) {
    const formerId = ctx.newId() as FormerBarcodeId
    const { item } = facts
    const known = facts.itemsByBarcode.get(barcode)?.id
    const former = facts.shelf.formerBarcodes.get(barcode)?.itemId
    const isTaken = [known, former].some((by) => by !== undefined && by !== id)
    const isSame = item?.barcode === barcode && ctx.mode === 'propose'
    return {
      findings: [
        ...unknown(facts),
        ...(isTaken ? [impossible('barcode-taken', 'C55', { params: { barcode } })] : []),
        ...(isSame ? [impossible('same-barcode', 'C55', { params: { barcode } })] : []),
      ],
      changes:
        item === null || isTaken || item.barcode === barcode
          ? []
          : [
              put('former-barcode', {
                id: formerId,
                barcode: item.barcode,
                itemId: item.id,
                replacedAt: ctx.at,
              }),
              patch('item', item.id, { barcode }),
            ],
      summary: { itemId: id },
      about: aboutItem(id),
    }
  },
})

export const withdrawItem = defineOperation({
  kind: 'item.withdraw',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject({ item: ItemId, reason: PlainText(200).min(1) }),
  summary: Summary,
  subject: ({ item }) => ({ ...subjectOf(item), items: inItems({ wantsCopies: true }) }),
  decide(facts, { item: id, reason }, ctx) {
    const { item, shelf } = facts
    const label = shelf.labels.get(id)
    const refused = withdrawFindings(item, ctx)
    return {
      findings: [
        ...unknown(facts),
        ...refused,
        ...(refused.length === 0 ? lastOfTitle(facts) : []),
      ],
      changes:
        item === null
          ? []
          : [
              patch('item', item.id, { state: 'withdrawn', isForLoan: false, alertNote: reason }),
              ...(label?.isDue === true ? [put('spine-label', { ...label, isDue: false })] : []),
            ],
      summary: { itemId: id },
      about: aboutItem(id),
    }
  },
})

/** C56: whoever has it, or waits for it, comes first. */
function withdrawFindings(item: Item | null, ctx: Ctx): Finding[] {
  if (item === null) return []
  const params = { barcode: item.barcode }
  if (item.openLoanId !== null) return [impossible('withdrawn-while-lent', 'C56', { params })]
  if (item.holdId !== null) return [impossible('item-kept-for-reader', 'C56', { params })]
  return item.state === 'withdrawn' && ctx.mode === 'propose'
    ? [impossible('item-withdrawn', 'C56', { params })]
    : []
}

const GONE: readonly Item['state'][] = ['withdrawn', 'lost', 'missing']

/** C58: as far as this desk knows, the city has no other copy. */
function lastOfTitle({ item, items: { copies } }: Facts): Finding[] {
  if (item === null || item.titleId === null || item.state === 'withdrawn') return []
  const isLast = !copies.some(({ id, state }) => id !== item.id && !GONE.includes(state))
  return isLast ? [alert('last-of-title', 'C58', { params: { barcode: item.barcode } })] : []
}
