import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aReader } from '../../test/builders/city.ts'
import { localCity } from '../../test/builders/desk.ts'
import { LOG_PAGES_MAX } from '../../db/open.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { createLogCare } from './log-care.ts'

const PAGE_BYTES = 4_096
/** A lending writes about 25. */
const PAGES_OF_ONE = 60
let home = ''
let desk: Headless

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-logs-'))
  desk = openHeadless(home, randomBytes(32))
  desk.stores.replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: await localCity() }],
    settled: [],
    redecide: () => [],
  })
})
afterEach(async () => {
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const barcode = '04400510000001'
const act = (kind: string, payload: object): void => {
  const receipt = desk.perform({ kind, payload, overrides: [], isDryRun: false })
  expect(receipt.outcome).toBe('done')
}
const lendAndTakeBack = (): void => {
  act('loan.check-out', { barcode, card: aReader().cardNumber, dueOn: null })
  act('loan.check-in', { barcode, returnedOn: null })
}
const fileBytes = (name: string): number => statSync(join(home, name)).size
const pagesOf = () => [desk.stores.outbox.logPages(), desk.stores.replica.logPages()]

test('a queue of scans without a pause: the logs are carried between two of them', async () => {
  const before = fileBytes('outbox.db')
  let carried = 0
  for (let round = 0; round < 120; round += 1) {
    lendAndTakeBack()
    const waiting = pagesOf()
    await nextTurn()
    for (const [at, pages] of pagesOf().entries()) {
      expect(pages).toBeLessThan(1_000)
      if (pages < (waiting[at] ?? 0)) carried += 1
    }
  }
  expect(carried).toBeGreaterThanOrEqual(3)
  // What was carried is in the file, not only gone from the log.
  expect(fileBytes('outbox.db')).toBeGreaterThan(before)
  for (const name of ['outbox.db', 'replica.db']) {
    expect(fileBytes(`${name}-wal`)).toBeLessThan((1_000 + 2 * PAGES_OF_ONE) * 1.02 * PAGE_BYTES)
  }
})

test('work that lets nobody in between is bounded by the commit itself', () => {
  for (let round = 0; round < 190; round += 1) lendAndTakeBack()
  const logBytes = fileBytes('replica.db-wal')
  // It came to the bound and went no further.
  expect(logBytes).toBeGreaterThan(LOG_PAGES_MAX * PAGE_BYTES)
  expect(logBytes).toBeLessThan((LOG_PAGES_MAX + PAGES_OF_ONE) * 1.02 * PAGE_BYTES)
  expect(desk.stores.replica.logPages()).toBeLessThan(LOG_PAGES_MAX)
})

test('a log that did not grow between two ticks is carried, a short one is left', () => {
  const logs = createLogCare(desk.stores)
  for (let round = 0; round < 8; round += 1) lendAndTakeBack()
  const waiting = pagesOf()
  logs.tick()
  expect(pagesOf()).toEqual(waiting)
  lendAndTakeBack()
  logs.tick()
  expect(pagesOf()[1]).toBeGreaterThan(waiting[1] ?? 0)
  logs.tick()
  expect(pagesOf()).toEqual([0, 0])
  lendAndTakeBack()
  logs.tick()
  logs.tick()
  expect(pagesOf()[0]).toBeGreaterThan(0)
  logs.close()
})
