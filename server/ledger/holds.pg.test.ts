import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { ledgerHoldsSuite } from '../../test/conformance/ledger-holds-suite.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('holds in PostgreSQL', () => {
  ledgerHoldsSuite(() => postgres.openCity())
})
