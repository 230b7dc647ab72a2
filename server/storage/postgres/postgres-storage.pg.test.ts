import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../../test/builders/postgres.ts'
import type { TestPostgres } from '../../../test/builders/postgres.ts'
import { ledgerStorageSuite } from '../../../test/conformance/ledger-storage-suite.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('PostgreSQL', () => {
  ledgerStorageSuite(() => postgres.openCity())
})
