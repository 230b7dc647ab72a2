/** The real server code over its memory store, without the network. */
import { PROTOCOL_VERSION } from '../../contract/sync-protocol.ts'
import type { FeedEntry, Outcome, PushedOperation } from '../../contract/sync-protocol.ts'
import type { Change } from '../../domain/change.ts'
import type { Scope } from '../../domain/records.ts'
import { openAnswers } from '../../server/http/answers.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'
import type { Device, LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { openPasswordCheck } from '../../server/staff/verify-password.ts'

export interface SimServer {
  readonly storage: LedgerStorage
  readonly addDevice: (id: string, branchId: string) => Promise<void>
  readonly push: (
    device: string,
    operations: readonly PushedOperation[],
  ) => Promise<readonly Outcome[]>
  readonly pull: (
    device: string,
    cursors: Record<Scope, number>,
    limit: number,
  ) => Promise<{ entries: readonly FeedEntry[]; isComplete: boolean }>
}

export async function openSimServer(
  seed: readonly Change[],
  now: () => number,
): Promise<SimServer> {
  const storage = openMemoryStorage('sim')
  await storage.seed(seed, false)
  const answers = openAnswers(storage, await openPasswordCheck(), now)
  const devices = new Map<string, Device>()
  const deviceOf = (id: string): Device => {
    const device = devices.get(id)
    if (device === undefined) throw new Error(`no device ${id}`)
    return device
  }
  return {
    storage,
    async addDevice(id, branchId) {
      const label = `code-${id}`
      const attempt = { label, secretHash: id, at: now() }
      await storage.saveEnrolmentCode({
        label,
        secretHash: id,
        branchId,
        deskName: id,
        expiresAt: now() + 60_000,
      })
      const device = await storage.enrol(attempt, { id, deskName: id, publicKey: id })
      if (device === null) throw new Error(`${id} was not enrolled`)
      devices.set(id, device)
    },
    async push(device, operations) {
      const request = { protocol: PROTOCOL_VERSION, operations: [...operations] }
      return (await answers.push(request, deviceOf(device))).outcomes
    },
    async pull(device, cursors, limit) {
      const request = { protocol: PROTOCOL_VERSION, cursors, limit }
      return answers.pull(request, deviceOf(device))
    },
  }
}
