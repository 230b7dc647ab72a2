/** The real server over its memory store, listening on loopback. */
import type { AddressInfo } from 'node:net'
import type { Change } from '../../domain/change.ts'
import { createEnrolmentCode } from '../../server/devices/enrolment-code.ts'
import { openAdmission } from '../../server/http/admission.ts'
import { openAnswers } from '../../server/http/answers.ts'
import { buildApp } from '../../server/http/app.ts'
import { openLive } from '../../server/http/live.ts'
import { openMetrics } from '../../server/http/metrics.ts'
import { cityKey } from '../../server/snapshots/city-key.ts'
import { noSnapshots, openSnapshotKeeper } from '../../server/snapshots/snapshot-keeper.ts'
import type { SnapshotKeeper } from '../../server/snapshots/snapshot-keeper.ts'
import { openPasswordCheck } from '../../server/staff/verify-password.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'

export interface TestServer {
  readonly url: string
  readonly storage: LedgerStorage
  readonly code: (branchId: string, deskName: string) => Promise<string>
  readonly snapshots: SnapshotKeeper
  readonly stop: () => Promise<void>
}

/** `port` 0 for any; a stopped server may be started again on the same store and port. */
export async function startTestServer(
  seed: readonly Change[] | LedgerStorage,
  port = 0,
  /** Where it keeps snapshots, of cities of any size; none without. */
  snapshotFolder: string | null = null,
): Promise<TestServer> {
  const storage = 'city' in seed ? seed : openMemoryStorage('test-epoch')
  if (!('city' in seed)) await storage.seed(seed, true)
  const log = (): void => undefined
  const live = await openLive(storage, (await storage.city()).serverEpoch, log)
  const { privateKey, publicKey } = await cityKey(storage)
  const snapshots =
    snapshotFolder === null
      ? noSnapshots
      : await openSnapshotKeeper({
          folder: snapshotFolder,
          storage,
          privateKey,
          serverEpoch: async () => (await storage.city()).serverEpoch,
          log,
          now: Date.now,
          rowsMin: 1,
        })
  const answers = openAnswers(storage, await openPasswordCheck(), Date.now, {
    snapshots: snapshots.list,
    serverKey: publicKey,
  })
  const admission = openAdmission(Date.now)
  const parts = {
    storage,
    answers,
    live,
    snapshots,
    admission,
    metrics: openMetrics(),
    log,
    now: Date.now,
    isStopping: () => false,
  }
  const app = await buildApp(parts)
  await app.listen({ host: '127.0.0.1', port })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    storage,
    snapshots,
    code: (branchId, deskName) => createEnrolmentCode(storage, { branchId, deskName }, Date.now()),
    async stop() {
      admission.close()
      await snapshots.close()
      await live.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}
