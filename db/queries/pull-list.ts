/** What stands on the shelves of this branch and somebody waits for: one copy for each hold. */
import { allotCopies } from '../../domain/policy/hold-queue.ts'
import { heldRows } from './held-row.ts'
import type { HeldRow } from './held-row.ts'
import type { AskedAt, Stores } from './stores.ts'

const TITLES_MAX = 300
const COPIES_MAX = 200

export function pullList(
  stores: Stores,
  _ask: unknown,
  { today }: AskedAt,
): { readonly rows: readonly HeldRow[] } {
  const branchId = stores.outbox.identity()?.branchId ?? ''
  const { rows, find } = stores.replica
  const wanted = rows.raw(
    `SELECT DISTINCT hold.titleId AS titleId FROM hold
     JOIN item ON item.titleId = hold.titleId AND item.state = 'on-shelf' AND item.isForLoan = 1
     WHERE hold.state = 'waiting' AND item.atBranchId = ? LIMIT ${TITLES_MAX}`,
    branchId,
  )
  const servedBy = new Map(
    rows
      .select('branch', 'WHERE servedByBranchId IS NOT NULL')
      .map(({ id, servedByBranchId }) => [id as string, servedByBranchId ?? '']),
  )
  const pairs = wanted.flatMap(({ titleId }) => {
    const copies = rows.select(
      'item',
      `WHERE titleId = ? AND state = 'on-shelf' AND isForLoan = 1 LIMIT ${COPIES_MAX}`,
      titleId ?? '',
    )
    const waiting = find('waitingHoldsOfTitle', [titleId ?? '', 'waiting'])
    const allotted = allotCopies(waiting, copies, today, servedBy)
    return allotted.filter(({ item }) => item.atBranchId === branchId)
  })
  // As one walks along the shelves.
  const inOrder = pairs.toSorted((one, other) =>
    (one.item.callNumber ?? '') < (other.item.callNumber ?? '') ? -1 : 1,
  )
  return { rows: heldRows(stores, inOrder) }
}
