/** PostgreSQL for the slow tier: one server for the run, a city of its own for each seed. */
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { startTestPostgres } from '../builders/postgres.ts'

export interface SlowStorage {
  readonly open: (serverEpoch: string, seed: number) => Promise<LedgerStorage>
  readonly close: () => Promise<void>
}

export async function openSlowStorage(): Promise<SlowStorage> {
  const postgres = await startTestPostgres()
  return {
    open: (serverEpoch, seed) => postgres.openCity(`seed-${seed}-${serverEpoch}`),
    close: () => postgres.stop(),
  }
}
