import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { ledgerRulesSuite } from '../../test/conformance/ledger-rules-suite.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('rules and places in PostgreSQL', () => {
  ledgerRulesSuite(() => postgres.openCity())
})
