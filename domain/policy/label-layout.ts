/** Where each spine label of a sheet stands, in mm from the upper left corner of the paper. */
import type { LabelSheet } from '../shelf-records.ts'

export type SheetLayout = Omit<LabelSheet, 'id'>

/** 50 labels on A4: what most stationers sell. */
export const defaultSheet: SheetLayout = {
  rows: 10,
  columns: 5,
  marginTopMm: 13.5,
  marginLeftMm: 6,
  labelWidthMm: 38,
  labelHeightMm: 27,
  gapXMm: 2,
  gapYMm: 0,
}

export interface LabelCell {
  readonly leftMm: number
  readonly topMm: number
}

/** By rows, the upper left one first. */
export function cellAt(sheet: SheetLayout, position: number): LabelCell {
  const row = Math.floor(position / sheet.columns)
  const column = position % sheet.columns
  return {
    leftMm: sheet.marginLeftMm + column * (sheet.labelWidthMm + sheet.gapXMm),
    topMm: sheet.marginTopMm + row * (sheet.labelHeightMm + sheet.gapYMm),
  }
}

export interface PlacedLabel<L> extends LabelCell {
  readonly label: L
}

/**
 * Sheets of placed labels. `start`: how many stickers of the first sheet are used up; beyond a whole
 * sheet it begins again.
 */
export function labelPages<L>(
  sheet: SheetLayout,
  start: number,
  labels: readonly L[],
): readonly (readonly PlacedLabel<L>[])[] {
  const perSheet = sheet.rows * sheet.columns
  const pages: PlacedLabel<L>[][] = []
  for (const [index, label] of labels.entries()) {
    const at = (start % perSheet) + index
    const page = Math.floor(at / perSheet)
    pages[page] ??= []
    pages[page].push({ label, ...cellAt(sheet, at % perSheet) })
  }
  return pages
}

/** The first sticker that is left after printing. */
export const startAfter = (sheet: SheetLayout, start: number, count: number): number =>
  (start + count) % (sheet.rows * sheet.columns)
