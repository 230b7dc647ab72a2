/** What the ledger keeps of a device's own log, for a desk that lost its own. */
import type { messages } from '../../contract/sync-protocol.ts'
import type { z } from 'zod'
import type { LedgerOperation } from './ledger-operation.ts'
import type { StorePlace } from './store-place.ts'

export type NewEpochReason = z.infer<typeof messages.newEpoch.request>['reason']

export interface AskedEpoch {
  /** The one that ends for whoever asks; a twin may go on in it. */
  readonly epoch: number
  readonly reason: NewEpochReason
  readonly requestId: string
  readonly at: number
}

/** Part of the port of ledger-storage.ts. */
export interface DeviceLog extends StorePlace {
  /** In order, after `afterSeq`; of more than one only what fits `bytesMax` of bodies and changes. */
  operationsAfter(
    deviceId: string,
    epoch: number,
    afterSeq: number,
    limit: number,
    bytesMax: number,
  ): Promise<readonly LedgerOperation[]>
  /**
   * The number of the next epoch: higher than any this device was given or sent. The same request
   * has the same answer, whatever came between.
   */
  newEpoch(deviceId: string, asked: AskedEpoch): Promise<number>
}

/** The first of them that fit; always at least one. */
export function withinBytes(
  operations: readonly LedgerOperation[],
  bytesMax: number,
): readonly LedgerOperation[] {
  let bytes = 0
  const until = operations.findIndex(({ body, changes, inverse }) => {
    bytes += body.length + JSON.stringify([changes, inverse]).length
    return bytes > bytesMax
  })
  return until < 0 ? operations : operations.slice(0, Math.max(1, until))
}
