/** What stands behind a call number: who counts together, which number was given, what is printed. */
import { z } from 'zod'
import { EpochMs } from './words/calendar-date.ts'
import {
  BookNumberId,
  BranchId,
  FormerBarcodeId,
  ItemId,
  SchemeId,
  StaffId,
  TitleId,
} from './words/ids.ts'
import { tagSchemas } from './tag-records.ts'
import { PlainText } from './words/plain-text.ts'

/** A place whose books are numbered together; without a shelf, all of the branch. */
export const ShelfPlace = z.strictObject({ branchId: BranchId, shelf: PlainText(100).nullable() })
export type ShelfPlace = z.infer<typeof ShelfPlace>

/** Places that share the book numbers of each class (reference/domain-cn.md 2.3). */
export const NumberScheme = z.strictObject({
  id: SchemeId,
  nameZh: PlainText(60).min(1),
  nameEn: PlainText(60).min(1),
  /** `sequence`: counted up within the class; `author`: typed by whoever looked it up. */
  numbersBy: z.enum(['sequence', 'author']),
  places: z.array(ShelfPlace).max(200),
  /** Numbers of one class that a desk is given ahead. */
  blockSize: z.int().min(1).max(50),
  blockDays: z.int().min(1).max(365),
})
export type NumberScheme = z.infer<typeof NumberScheme>

/** All schemes of the city, in one row: whose a place is, is asked of all of them. */
export const NumberSchemes = z.strictObject({
  id: z.literal('city'),
  schemes: z.array(NumberScheme).max(500),
})
export type NumberSchemes = z.infer<typeof NumberSchemes>

/** The number of a title within a class of a scheme: its copies and volumes all have it. */
export const BookNumber = z.strictObject({
  id: BookNumberId,
  schemeId: SchemeId,
  classNumber: PlainText(60).min(1),
  titleId: TitleId,
  /** As it is printed; null while the city has not given one: provisional. */
  text: PlainText(40).nullable(),
  /** It was catalogued without: the city gave the number when it learned of it. */
  wasProvisional: z.boolean(),
  /** Branches of the scheme when it was given: their desks hold the row. */
  branchIds: z.array(BranchId).max(200),
  branchId: BranchId,
  staffId: StaffId,
  askedAt: EpochMs,
})
export type BookNumber = z.infer<typeof BookNumber>

/** The spine label of an item. None: it was labelled before this program, or never. */
export const SpineLabel = z.strictObject({
  id: ItemId,
  /** Where it belongs: that desk prints it. */
  branchId: BranchId,
  /** What is on the spine; null where nothing was printed yet. */
  printed: PlainText(100).nullable(),
  printedAt: EpochMs.nullable(),
  printsCount: z.int().min(0),
  /** What is on the spine is not the call number. */
  isDue: z.boolean(),
  dueAt: EpochMs,
})
export type SpineLabel = z.infer<typeof SpineLabel>

const Mm = z.number().min(0).max(400)

/** Sticker paper of a branch, all lengths in mm. */
export const LabelSheet = z.strictObject({
  id: BranchId,
  rows: z.int().min(1).max(40),
  columns: z.int().min(1).max(20),
  marginTopMm: Mm,
  marginLeftMm: Mm,
  labelWidthMm: Mm.min(5),
  labelHeightMm: Mm.min(5),
  gapXMm: Mm,
  gapYMm: Mm,
})
export type LabelSheet = z.infer<typeof LabelSheet>

/** A label that was replaced: it is on the book's other cover, in old lists, in a reader's hand. */
export const FormerBarcode = z.strictObject({
  id: FormerBarcodeId,
  barcode: PlainText(64),
  itemId: ItemId,
  replacedAt: EpochMs,
})
export type FormerBarcode = z.infer<typeof FormerBarcode>

export const shelfSchemas = {
  ...tagSchemas,
  'number-schemes': NumberSchemes,
  'book-number': BookNumber,
  'spine-label': SpineLabel,
  'label-sheet': LabelSheet,
  'former-barcode': FormerBarcode,
} as const
