import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestPostgres } from '../../../test/builders/postgres.ts'
import type { TestPostgres } from '../../../test/builders/postgres.ts'
import { deviceLogSuite } from '../../../test/conformance/device-log-suite.ts'
import { openRestoreMark } from '../restore-mark.ts'
import { connect } from './connect.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.stop())

deviceLogSuite('PostgreSQL', () => postgres.openCity())

test('a database that stands before its mark, or in another cluster, is noticed once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'citydesk-mark-'))
  const storage = await postgres.openCity('marked')
  const file = join(folder, 'mark.json')
  const failed = (error: unknown): void => {
    throw error
  }
  const start = async (of = file, at: Partial<typeof storage> = {}): Promise<boolean> => {
    const mark = await openRestoreMark({ ...storage, ...at }, of, failed)
    await mark.close()
    return mark.wasRestored
  }
  expect(await start()).toBe(false)
  expect(await start()).toBe(false)
  const place = await storage.writtenUpTo()
  if (place === null) throw new Error('our own PostgreSQL says where it is')
  expect(place.bytes).toBeGreaterThan(0)

  // Nothing was restored: the same store, said to stand a byte earlier than its mark.
  const { serverEpoch } = await storage.city()
  const earlier = { writtenUpTo: () => Promise.resolve({ ...place, bytes: 1 }) }
  expect(await start(file, earlier)).toBe(true)
  expect((await storage.city()).serverEpoch).not.toBe(serverEpoch)
  expect(await start(file, earlier)).toBe(false)

  // A second server of the same database has a mark of its own, from before the new name.
  const other = join(folder, 'other.json')
  expect(await start(other)).toBe(false)
  await storage.renewServerEpoch()
  expect(await start(other, earlier)).toBe(false)

  // Rows that were dumped and loaded elsewhere bring no mark along.
  const sql = connect(postgres.url, 1)
  await sql`update city set cluster_id = 'another' where city_id = 'marked'`
  await sql.end()
  expect(await start(join(folder, 'new-machine.json'))).toBe(true)
  expect(await start(join(folder, 'new-machine.json'))).toBe(false)
  await storage.close()
  await rm(folder, { recursive: true })
})
