/** Taking catalogue records in, a batch an operation. */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Bib, Item, ItemType, Title } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import type { BranchId, TitleId } from '../words/ids.ts'

const ImportedItem = z.strictObject({
  barcode: PlainText(64).min(1),
  callNumber: PlainText(100).nullable(),
  shelf: PlainText(100).nullable(),
  itemType: ItemType,
  priceFen: Item.shape.priceFen,
})
export type ImportedItem = z.infer<typeof ImportedItem>

const ImportedRecord = z.strictObject({
  title: Title.omit({ id: true }),
  bib: Bib.omit({ id: true }),
  items: z.array(ImportedItem).max(1000),
})
export type ImportedRecord = z.infer<typeof ImportedRecord>

/** Small enough that one batch never delays a loan at the desk by more than a blink. */
export const IMPORT_BATCH_MAX = 100

const Payload = z.strictObject({
  /** The file they came from, for today's list. */
  source: PlainText(200),
  records: z.array(ImportedRecord).max(IMPORT_BATCH_MAX),
})

const Summary = z.strictObject({
  imported: z.int(),
  updated: z.int(),
  items: z.int(),
  takenBarcodes: z.array(z.string()),
})

export const importTitles = defineOperation({
  kind: 'title.import',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ records }) =>
    aSubject({
      controlNumbers: records.flatMap(({ title }) => title.controlNumber ?? []),
      barcodes: records.flatMap(({ items }) => items.map((item) => item.barcode)),
    }),
  decide(facts, { records }, ctx) {
    const changes: Change[] = []
    const takenBarcodes: string[] = []
    const madeByControlNumber = new Map<string, string>()
    const seenBarcodes = new Set<string>()
    let updated = 0
    let items = 0
    for (const record of records) {
      // Ids are drawn always: decided again, where its own title is known already, it makes the same.
      const madeId = ctx.newId()
      const known = knownTitleId(record, facts, madeByControlNumber)
      const titleId = (known ?? madeId) as TitleId
      if (known !== null) updated += 1
      if (record.title.controlNumber !== null) {
        madeByControlNumber.set(record.title.controlNumber, titleId)
      }
      // A record that became part of another brings its items alone: nobody compared the two (Q7).
      if (!isMergedAway(record, facts)) {
        changes.push(
          put('title', { ...record.title, id: titleId, loansCount: loansOf(record, facts) }),
        )
        changes.push(put('bib', { ...record.bib, id: titleId }))
      }
      for (const item of record.items) {
        const itemId = ctx.newId() as Item['id']
        if (facts.itemsByBarcode.has(item.barcode) || seenBarcodes.has(item.barcode)) {
          takenBarcodes.push(item.barcode)
          continue
        }
        seenBarcodes.add(item.barcode)
        items += 1
        changes.push(put('item', newItem({ id: itemId, titleId }, item, record, facts, ctx)))
      }
    }
    const findings: Finding[] = takenBarcodes.map((barcode) =>
      note('barcode-taken', 'C1', { params: { barcode } }),
    )
    return {
      findings,
      changes,
      summary: { imported: records.length - updated, updated, items, takenBarcodes },
      about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

function knownTitleId(
  { title }: ImportedRecord,
  facts: Facts,
  madeByControlNumber: ReadonlyMap<string, string>,
): string | null {
  if (title.controlNumber === null) return null
  return (
    madeByControlNumber.get(title.controlNumber) ??
    facts.titlesByControlNumber.get(title.controlNumber)?.id ??
    facts.mergedByControlNumber.get(title.controlNumber)?.id ??
    null
  )
}

const isMergedAway = ({ title }: ImportedRecord, facts: Facts): boolean =>
  title.controlNumber !== null &&
  !facts.titlesByControlNumber.has(title.controlNumber) &&
  facts.mergedByControlNumber.has(title.controlNumber)

/** The city counts loans, a file does not: a record that comes again keeps its count. */
function loansOf({ title }: ImportedRecord, facts: Facts): number {
  const known =
    title.controlNumber === null ? null : facts.titlesByControlNumber.get(title.controlNumber)
  return known?.loansCount ?? title.loansCount
}

function newItem(
  ids: Pick<Item, 'id' | 'titleId'>,
  item: ImportedItem,
  { title }: ImportedRecord,
  facts: Facts,
  ctx: Ctx,
): Item {
  return {
    ...ids,
    barcode: item.barcode,
    ownerLibraryId: facts.library.id,
    homeBranchId: ctx.branchId as BranchId,
    atBranchId: ctx.branchId as BranchId,
    callNumber: item.callNumber,
    shelf: item.shelf,
    itemType: item.itemType,
    language: title.language,
    audience: title.audience,
    priceFen: item.priceFen,
    state: 'on-shelf',
    condition: 'good',
    conditionNote: null,
    isForLoan: item.itemType !== 'reference',
    openLoanId: null,
    lastCheckInAt: null,
    heldForReaderId: null,
    holdId: null,
    transitToBranchId: null,
    isPlaceholder: false,
    partsCount: 1,
    missingParts: null,
    alertNote: null,
    transitSentAt: null,
    inHouseUsesCount: 0,
  }
}
