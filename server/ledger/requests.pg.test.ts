import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { ledgerRequestsSuite } from '../../test/conformance/ledger-requests-suite.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('refused requests in PostgreSQL', () => {
  ledgerRequestsSuite(() => postgres.openCity())
})
