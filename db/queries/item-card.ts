/** An item, where it is, who has it and who had it, latest first. */
import type { Branch, Item, Loan } from '../../domain/records.ts'
import type { EffectiveDue } from '../../domain/policy/effective-due.ts'
import type { Rows } from '../replica/rows.ts'
import { dueNow } from './overdue.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface ItemCard {
  readonly item: Item
  readonly title: TitleRow | null
  readonly homeBranch: Branch | null
  readonly atBranch: Branch | null
  readonly loan: Loan | null
  /** Of the open loan. */
  readonly due: EffectiveDue | null
  readonly loans: readonly Loan[]
}

interface Ask {
  readonly barcode: string | null
  readonly itemId: string | null
}

const LOANS_MAX = 50

/** C55: by the label that it has, or else by one that it had. */
function itemOf(rows: Rows, barcode: string): Item | null {
  const [item] = rows.find('itemByBarcode', [barcode])
  if (item !== undefined) return item
  const [former] = rows.find('formerBarcodes', [barcode])
  return former === undefined ? null : rows.row('item', former.itemId)
}

export function itemCard(
  { replica: { rows }, catalogue }: Stores,
  { barcode, itemId }: Ask,
  _asked: AskedAt,
): ItemCard | null {
  const byId = itemId === null ? null : rows.row('item', itemId)
  const item = barcode === null ? byId : itemOf(rows, barcode)
  if (item === null) return null
  const loan = item.openLoanId === null ? null : rows.row('loan', item.openLoanId)
  return {
    item,
    title: titleRows(catalogue, [item.titleId])(item.titleId),
    homeBranch: rows.row('branch', item.homeBranchId),
    atBranch: rows.row('branch', item.atBranchId),
    loan,
    due: loan === null ? null : dueNow(rows, loan),
    loans: rows.select('loan', 'WHERE itemId = ? ORDER BY lentAt DESC LIMIT ?', item.id, LOANS_MAX),
  }
}
