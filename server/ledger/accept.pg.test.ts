import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import { BRANCH, NOW, OTHER_BRANCH, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { enrolDevice } from '../../test/conformance/enrolled-device.ts'
import { expectFeedsEqualRows } from '../../test/conformance/feeds-equal-rows.ts'
import { ledgerAcceptSuite } from '../../test/conformance/ledger-accept-suite.ts'
import { ledgerFeedsSuite } from '../../test/conformance/ledger-feeds-suite.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { accept } from './accept.ts'
import { digestAll } from './digest.ts'

const HERE = branchScope(BRANCH)

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

describe('accept in PostgreSQL', () => {
  ledgerAcceptSuite(() => postgres.openCity())
})

describe('feeds in PostgreSQL', () => {
  ledgerFeedsSuite(() => postgres.openCity(), 4)
})

test('I18 two nodes, eight desks: no gap, every outcome in the feed where it says', async () => {
  const nodes = [await postgres.openCity('two-nodes'), await postgres.openCity('two-nodes')]
  const [one, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]]
  const desks = Array.from({ length: 8 }, (_, index) => `desk-${index}`)
  const items = desks.map((_, index) =>
    put('item', anItem({ id: `i${index}`, barcode: `b${index}` })),
  )
  await one.seed([...theCity(), put('reader', aReader()), ...items], false)
  for (const desk of desks) await enrolDevice(one, desk)
  const { cardNumber: card } = aReader()
  const start = (await one.heads())[HERE] ?? 0

  const results = await Promise.all(
    desks.map(async (device, index) => {
      const node = index % 2 === 0 ? one : other
      const desk = openDeskLog(device)
      const outcomes = []
      for (let round = 0; round < 5; round++) {
        const barcode = `b${(index + round) % 4}`
        const batch: PushedOperation[] = [
          desk.next('loan.check-out', { barcode, card, dueOn: null }),
          desk.next('loan.check-in', { barcode, returnedOn: null }),
        ]
        outcomes.push(...(await accept(node, device, batch, NOW + 1_000)).outcomes)
      }
      return outcomes
    }),
  )

  const { entries, heads } = await other.readFeed({ [HERE]: start }, 500, 1e9)
  expect(entries.map(({ number }) => number)).toEqual(
    Array.from({ length: (heads[HERE] ?? 0) - start }, (_, index) => start + index + 1),
  )
  const numberOf = new Map(entries.map(({ operationId, number }) => [operationId, number]))
  const outcomes = results.flat()
  expect(outcomes).toHaveLength(80)
  for (const { id, positions } of outcomes) expect(numberOf.get(id)).toBe(positions[HERE])
  await digestAll(one, () => NOW)
  await expectFeedsEqualRows(other)
  await one.close()
  await other.close()
})

describe('row locks', () => {
  const lending = (barcode: string, card: string) => ({ barcode, card, dueOn: null })

  async function city(): Promise<LedgerStorage> {
    const storage = await postgres.openCity()
    const branches = [BRANCH, OTHER_BRANCH]
    await storage.seed(
      [
        ...theCity(),
        ...branches.flatMap((id, index) => [
          put(
            'item',
            anItem({ id: `i${index}`, barcode: `b${index}`, homeBranchId: id, atBranchId: id }),
          ),
          put(
            'reader',
            aReader({
              id: `r${index}`,
              cardNumber: `c${index}`,
              activeAt: [{ branchId: id, lastOn: '2026-11-20' }],
            }),
          ),
        ]),
      ],
      false,
    )
    for (const [index, branch] of branches.entries()) {
      await enrolDevice(storage, `desk-${index}`, 'key', branch)
    }
    return storage
  }

  /** Stops the first batch, with everything written, before its commit. */
  function paused(storage: LedgerStorage) {
    const written = Promise.withResolvers<null>()
    const mayCommit = Promise.withResolvers<null>()
    const slow: LedgerStorage = {
      ...storage,
      withBatch: (deviceId, fn) =>
        storage.withBatch(deviceId, async (batch) => {
          const answer = await fn(batch)
          written.resolve(null)
          await mayCommit.promise
          return answer
        }),
    }
    return { slow, written: written.promise, commit: () => mayCommit.resolve(null) }
  }

  test('service points that share nothing do not wait for each other', async () => {
    const storage = await city()
    const { slow, written, commit } = paused(storage)
    const [here, there] = [openDeskLog('desk-0'), openDeskLog('desk-1')]
    const first = accept(slow, 'desk-0', [here.next('loan.check-out', lending('b0', 'c0'))], NOW)
    await written
    const branch = { branch: OTHER_BRANCH }
    const pushed = there.next('loan.check-out', lending('b1', 'c1'), branch)
    const second = await accept(storage, 'desk-1', [pushed], NOW)
    expect(second.outcomes.map(({ outcome }) => outcome)).toEqual(['applied'])
    expect((await storage.heads())[HERE]).toBe(1)
    commit()
    await first
    expect((await storage.heads())[HERE]).toBe(2)
    await storage.close()
  })

  test('I20 who wants the same item waits, and then decides upon what is there', async () => {
    const storage = await city()
    const { slow, written, commit } = paused(storage)
    const [here, there] = [openDeskLog('desk-0'), openDeskLog('desk-1')]
    const first = accept(slow, 'desk-0', [here.next('loan.check-out', lending('b0', 'c0'))], NOW)
    await written
    const branch = { branch: OTHER_BRANCH }
    const pushed = there.next('loan.check-out', lending('b0', 'c1'), branch)
    const second = accept(storage, 'desk-1', [pushed], NOW)
    const early = await Promise.race([
      second,
      new Promise((later) => setTimeout(later, 200, 'waits')),
    ])
    expect(early).toBe('waits')
    commit()
    await first
    expect((await second).outcomes[0]?.outcome).toBe('applied-with-exception')
    expect(await storage.get('loan', 'desk-0.1.1.r1')).toMatchObject({ isDisputed: true })
    await storage.close()
  })

  test('D2 the same new card at two desks at once: the second is a duplicate', async () => {
    const storage = await city()
    const registering = {
      card: 'new-card',
      name: '张三',
      category: 'lidu',
      bornOn: '1991-01-01',
      phone: null,
      idNumberHash: null,
      guardianReaderId: null,
      hasGuardianConsent: false,
      note: null,
    }
    const results = await Promise.all(
      ['desk-0', 'desk-1'].map((device) =>
        accept(storage, device, [openDeskLog(device).next('reader.register', registering)], NOW),
      ),
    )
    expect(results.map(({ outcomes }) => outcomes[0]?.outcome).toSorted()).toEqual([
      'applied',
      'applied-with-exception',
    ])
    await storage.close()
  })
})
