import { afterAll, beforeAll, describe } from 'vitest'
import { startTestPostgres } from '../../../test/builders/postgres.ts'
import type { TestPostgres } from '../../../test/builders/postgres.ts'
import { ledgerPagesSuite } from '../../../test/conformance/ledger-pages-suite.ts'
import { ledgerRecordsSuite } from '../../../test/conformance/ledger-records-suite.ts'
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
  ledgerRecordsSuite(() => postgres.openCity())
  ledgerPagesSuite(() => postgres.openCity())
})
