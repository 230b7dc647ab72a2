/** A desk behind its own log: what the ledger has of it, and a number to go on under. */
import type { z } from 'zod'
import type { messages, RecoveredOperation } from '../../contract/sync-protocol.ts'
import type { DeviceLog } from '../storage/device-log.ts'
import type { LedgerOperation } from '../storage/ledger-storage.ts'

type Request<N extends 'recover' | 'newEpoch'> = z.infer<(typeof messages)[N]['request']>

/** About what a page weighs at most, beyond its first operation. */
const PAGE_BYTES_MAX = 4_000_000

export async function recoverPage(
  storage: Pick<DeviceLog, 'operationsAfter'>,
  deviceId: string,
  { epoch, afterSeq, limit }: Request<'recover'>,
): Promise<{ operations: RecoveredOperation[]; isComplete: boolean }> {
  // One more than asked for says whether there is more.
  const found = await storage.operationsAfter(deviceId, epoch, afterSeq, limit + 1, PAGE_BYTES_MAX)
  const page = found.slice(0, limit)
  if (found.length > limit) return { operations: page.map(recovered), isComplete: false }
  const last = page.at(-1)
  if (last === undefined) return { operations: [], isComplete: true }
  const rest = await storage.operationsAfter(deviceId, epoch, last.seq, 1, 1)
  return { operations: page.map(recovered), isComplete: rest.length === 0 }
}

const recovered = (operation: LedgerOperation): RecoveredOperation => {
  const { id, seq, body, hash, outcome, findings, positions, changes, inverse } = operation
  return {
    body,
    hash,
    outcome: { id, seq, outcome, findings, positions },
    changes: [...changes],
    inverse: [...inverse],
  }
}

export const newEpochFor = (
  storage: Pick<DeviceLog, 'newEpoch'>,
  deviceId: string,
  { epoch, reason, requestId }: Request<'newEpoch'>,
  at: number,
): Promise<number> => storage.newEpoch(deviceId, { epoch, reason, requestId, at })
