/** What a reader waits for, the oldest first, with the place in each queue. */
import type { Hold } from '../../domain/hold-records.ts'
import { inQueue, isPassedOver } from '../../domain/policy/hold-queue.ts'
import type { Branch } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'
import { collectedByNow } from './collected-by-now.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

interface ReaderHold {
  readonly hold: Hold
  readonly title: TitleRow | null
  readonly pickupBranch: Branch | null
  /** From 1; null where an item is kept already. */
  readonly position: number | null
  /** Suspended, or needed no more. */
  readonly isPassedOver: boolean
}

export function readerHolds(
  { replica, catalogue }: Stores,
  { readerId }: { readonly readerId: string },
  { today }: AskedAt,
): { readonly rows: readonly ReaderHold[] } {
  const holds = replica.find('openHoldsOfReader', [readerId, null])
  const titleOf = titleRows(
    catalogue,
    holds.map(({ titleId }) => titleId),
  )
  const positionOf = (hold: Hold): number | null => {
    const queue = inQueue(replica.find('waitingHoldsOfTitle', [hold.titleId, 'waiting']))
    const at = queue.findIndex(({ id }) => id === hold.id)
    return at === -1 ? null : at + 1
  }
  return {
    rows: holds.map((hold) => ({
      hold: collectedByNow(replica.rows, hold),
      title: titleOf(hold.titleId),
      pickupBranch: replica.row('branch', hold.pickupBranchId),
      position: positionOf(hold),
      isPassedOver: isPassedOver(hold, today),
    })),
  }
}
