/** Spine labels that are owed, those that wait the longest first. Rules C50–C52. */
import type { Item } from '../../domain/records.ts'
import type { LabelSheet } from '../../domain/shelf-records.ts'
import { isProvisional } from '../../domain/words/book-number.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

interface DueLabel {
  readonly item: Item
  readonly title: TitleRow | null
  /** What is on the spine; null where nothing was printed yet. */
  readonly printed: string | null
  readonly isProvisional: boolean
  /** Catalogued without a number: the city gave it later. */
  readonly wasProvisional: boolean
}

export interface DueLabels {
  readonly rows: readonly DueLabel[]
  readonly total: number
  /** Null where the branch has set none. */
  readonly sheet: LabelSheet | null
}

export function dueLabels(
  { replica: { rows }, catalogue }: Stores,
  { limit }: { readonly limit: number },
  _asked: AskedAt,
  branchId: string | null,
): DueLabels {
  const own = branchId ?? ''
  const where = 'WHERE branchId = ? AND isDue = 1'
  const labels = rows.select('spine-label', `${where} ORDER BY dueAt, id LIMIT ?`, own, limit)
  const [count] = rows.raw(`SELECT count(*) AS count FROM "spine-label" ${where}`, own)
  const due = labels.flatMap(({ id, printed }) => {
    const item = rows.row('item', id)
    return item === null ? [] : [{ item, printed }]
  })
  const titleOf = titleRows(
    catalogue,
    due.map(({ item }) => item.titleId),
  )
  return {
    rows: due.map(({ item, printed }) => ({
      item,
      printed,
      title: titleOf(item.titleId),
      isProvisional: isProvisional(item.callNumber ?? ''),
      wasProvisional:
        printed === null &&
        item.titleId !== null &&
        rows.find('bookNumbersOfTitle', [item.titleId]).some((one) => one.wasProvisional),
    })),
    total: Number(count?.['count']),
    sheet: rows.row('label-sheet', own),
  }
}
