import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { put } from '../../../domain/change.ts'
import { anItem } from '../../../test/builders/city.ts'
import { startTestPostgres } from '../../../test/builders/postgres.ts'
import type { TestPostgres } from '../../../test/builders/postgres.ts'
import { ledgerPagesSuite } from '../../../test/conformance/ledger-pages-suite.ts'
import { ledgerRecordsSuite } from '../../../test/conformance/ledger-records-suite.ts'
import { ledgerStorageSuite } from '../../../test/conformance/ledger-storage-suite.ts'
import { HERE, writePuts } from '../../../test/conformance/turn-writes.ts'
import type { Moved } from '../ledger-storage.ts'

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

test('the node that committed has its entries at hand, the others hear of the scope; each once', async () => {
  const [here, there] = [await postgres.openCity('news'), await postgres.openCity('news')]
  const heard: Record<'here' | 'there', Moved[]> = { here: [], there: [] }
  await here.onHeadsMoved((moved) => heard.here.push(moved))
  await there.onHeadsMoved((moved) => heard.there.push(moved))
  const changes = [put('item', anItem())]
  await here.withTurn((turn) => writePuts(turn, changes))
  expect(heard.here).toMatchObject([
    { scopes: [HERE], entries: [{ scope: HERE, number: 1, operationId: null, changes }] },
  ])
  await vi.waitFor(() => expect(heard.there).toEqual([{ scopes: [HERE], entries: null }]))
  await there.withTurn((turn) => writePuts(turn, [put('item', anItem({ id: 'item-2' }))]))
  await vi.waitFor(() => expect(heard.here).toHaveLength(2))
  expect(heard.here[1]).toEqual({ scopes: [HERE], entries: null })
  await Promise.all([here.close(), there.close()])
})
