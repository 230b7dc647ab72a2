/** The real server over its memory store, listening on loopback. */
import type { AddressInfo } from 'node:net'
import type { Change } from '../../domain/change.ts'
import { createEnrolmentCode } from '../../server/devices/enrolment-code.ts'
import { openAnswers } from '../../server/http/answers.ts'
import { buildApp } from '../../server/http/app.ts'
import { openLive } from '../../server/http/live.ts'
import { openPasswordCheck } from '../../server/staff/verify-password.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { openMemoryStorage } from '../../server/storage/memory/memory-storage.ts'

export interface TestServer {
  readonly url: string
  readonly storage: LedgerStorage
  readonly code: (branchId: string, deskName: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** `port` 0 for any; a stopped server may be started again on the same store and port. */
export async function startTestServer(
  seed: readonly Change[] | LedgerStorage,
  port = 0,
): Promise<TestServer> {
  const storage = 'city' in seed ? seed : openMemoryStorage('test-epoch')
  if (!('city' in seed)) await storage.seed(seed, true)
  const log = (): void => undefined
  const live = await openLive(storage, (await storage.city()).serverEpoch, log)
  const answers = openAnswers(storage, await openPasswordCheck(), Date.now)
  const parts = { storage, answers, live, log, now: Date.now, isStopping: () => false }
  const app = await buildApp(parts)
  await app.listen({ host: '127.0.0.1', port })
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    storage,
    code: (branchId, deskName) => createEnrolmentCode(storage, { branchId, deskName }, Date.now()),
    async stop() {
      await live.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}
