import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { ledgerLeasesSuite } from '../../test/conformance/ledger-leases-suite.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('leases in PostgreSQL', () => {
  ledgerLeasesSuite(() => postgres.openCity())
})
