/** What is on its way to this branch, what was sent from it, and what of both is late (T6). */
import type { Item } from '../../domain/records.ts'
import { dateAt, daysBetween } from '../../domain/words/calendar-date.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

interface TransferRow {
  readonly item: Item
  readonly title: TitleRow | null
  readonly days: number | null
  readonly isLate: boolean
}

interface TransferList {
  readonly rows: readonly TransferRow[]
  readonly total: number
}

interface TransferAnswer {
  readonly here: TransferList
  readonly sent: TransferList
  readonly late: TransferList
}

/** Null-dated parcels are the oldest: nobody remembers when they were sent. */
const OLDEST_FIRST = 'ORDER BY transitSentAt, id'
const HERE = "WHERE transitToBranchId = ? AND state = 'in-transit'"
// The index holds what travels: a few thousand rows of a million.
const SENT = `WHERE transitToBranchId > '' AND state = 'in-transit'
  AND atBranchId = ? AND transitToBranchId <> atBranchId`

/** `branchId`: of the desk; where it has none, nothing travels to it. */
export function transfers(
  { replica: { rows }, catalogue }: Stores,
  { limit }: { readonly limit: number },
  { today }: AskedAt,
  branchId: string | null,
): TransferAnswer {
  const own = branchId ?? ''
  const policy = rows.row('policy', 'city')
  // H7: what a reader waits for was promised sooner.
  const lateDaysOf = ({ holdId }: Item): number =>
    (holdId === null ? policy?.itemRules.transitLateDays : policy?.holds.deliverDays) ?? 0
  const here = rows.select('item', `${HERE} ${OLDEST_FIRST}`, own)
  const sent = rows.select('item', `${SENT} ${OLDEST_FIRST}`, own)
  const daysOf = ({ transitSentAt }: Item): number | null =>
    transitSentAt === null ? null : Math.max(0, daysBetween(dateAt(transitSentAt), today))
  const isLate = (item: Item): boolean => (daysOf(item) ?? Infinity) > lateDaysOf(item)
  const listOf = (items: readonly Item[]): TransferList => {
    const shown = items.slice(0, limit)
    const titleOf = titleRows(
      catalogue,
      shown.map(({ titleId }) => titleId),
    )
    return {
      rows: shown.map((item) => ({
        item,
        title: titleOf(item.titleId),
        days: daysOf(item),
        isLate: isLate(item),
      })),
      total: items.length,
    }
  }
  return { here: listOf(here), sent: listOf(sent), late: listOf([...here, ...sent].filter(isLate)) }
}
