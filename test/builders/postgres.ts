/** A PostgreSQL for one test file; each test takes a city of its own in it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../server/storage/postgres/embedded.ts'
import { openPostgresStorage } from '../../server/storage/postgres/postgres-storage.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'

export interface TestPostgres {
  readonly url: string
  /** A store on a city that no other test has; the same name gives the same city again. */
  openCity(name?: string): Promise<LedgerStorage>
  stop(): Promise<void>
}

export async function startTestPostgres(): Promise<TestPostgres> {
  const home = await mkdtemp(join(tmpdir(), 'citydesk-postgres-'))
  const { url, stop } = await startEmbeddedPostgres(home)
  let cities = 0
  return {
    url,
    openCity: (name = `city-${++cities}`) =>
      openPostgresStorage({ url, cityId: name, connectionsMax: 4 }),
    async stop() {
      await stop()
      await rm(home, { recursive: true })
    },
  }
}
