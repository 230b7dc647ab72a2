/** A device's own log in memory. */
import { withinBytes } from '../device-log.ts'
import type { DeviceLog } from '../device-log.ts'
import type { ChainHead, LedgerOperation } from '../ledger-storage.ts'

export interface KeptLog {
  serverEpoch: string
  /** By `<device>.<epoch>`. */
  readonly chains: ReadonlyMap<string, ChainHead>
  /** By id: `<device>.<epoch>.<seq>`. */
  readonly operations: ReadonlyMap<string, LedgerOperation>
  /** Number given, by `<device> <request>`. */
  readonly epochs: Map<string, number>
}

export const deviceLogOver = (kept: KeptLog): DeviceLog => ({
  async operationsAfter(deviceId, epoch, afterSeq, limit, bytesMax) {
    const found: LedgerOperation[] = []
    for (let seq = afterSeq + 1; found.length < limit; seq += 1) {
      const one = kept.operations.get(`${deviceId}.${epoch}.${seq}`)
      if (one === undefined) break
      found.push(one)
    }
    return withinBytes(found, bytesMax)
  },
  async newEpoch(deviceId, { epoch, requestId }) {
    const key = `${deviceId} ${requestId}`
    const given = kept.epochs.get(key)
    if (given !== undefined) return given
    const sent = [...kept.chains.keys()].flatMap((name) =>
      name.startsWith(`${deviceId}.`) ? [Number(name.slice(deviceId.length + 1))] : [],
    )
    const asked = [...kept.epochs].flatMap(([name, number]) =>
      name.startsWith(`${deviceId} `) ? [number] : [],
    )
    const next = 1 + Math.max(epoch, ...sent, ...asked)
    kept.epochs.set(key, next)
    return next
  },
  writtenUpTo: async () => null,
  noticeMove: async () => false,
  async renewServerEpoch() {
    kept.serverEpoch = `${kept.serverEpoch}'`
    return kept.serverEpoch
  },
})
