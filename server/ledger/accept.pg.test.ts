import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { NOW, aReader, anItem, theCity } from '../../test/builders/city.ts'
import { openDeskLog } from '../../test/builders/desk-log.ts'
import { startTestPostgres } from '../../test/builders/postgres.ts'
import type { TestPostgres } from '../../test/builders/postgres.ts'
import { enrolDevice } from '../../test/conformance/enrolled-device.ts'
import { ledgerAcceptSuite } from '../../test/conformance/ledger-accept-suite.ts'
import { connect } from '../storage/postgres/connect.ts'
import { accept } from './accept.ts'

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
  const start = await one.heads()

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

  const { entries, heads } = await other.readFeed({ ...start, circulation: 0 }, 500, 1e9)
  expect(entries.map(({ number }) => number)).toEqual(
    Array.from({ length: heads.circulation }, (_, index) => index + 1),
  )
  const numberOf = new Map(entries.map(({ operationId, number }) => [operationId, number]))
  const outcomes = results.flat()
  expect(outcomes).toHaveLength(80)
  for (const { id, positions } of outcomes) expect(numberOf.get(id)).toBe(positions.circulation)
  await one.close()
  await other.close()
})

describe('why the numbers are not a sequence', () => {
  test('a cursor over a sequence skips what commits late; one over the heads cannot', async () => {
    const sql = connect(postgres.url, 4)
    const storage = await postgres.openCity('interleaved')
    await enrolDevice(storage, 'desk-a')
    await enrolDevice(storage, 'desk-b')
    await sql`create table naive (number bigserial primary key, operation text)`
    const readAfter = async (cursor: number) =>
      (await sql`select number from naive where number > ${cursor} order by number`).map(
        (row) => row['number'] as number,
      )

    const early = Promise.withResolvers<null>()
    const mayCommit = Promise.withResolvers<null>()
    const slow = sql.begin(async (tx) => {
      await tx`insert into naive (operation) values ('slow')`
      early.resolve(null)
      await mayCommit.promise
    })
    await early.promise
    await sql`insert into naive (operation) values ('fast')`
    const seen = await readAfter(0)
    mayCommit.resolve(null)
    await slow
    expect(seen).toEqual([2])
    expect(await readAfter(2)).toEqual([])

    const locked = Promise.withResolvers<null>()
    const mayWrite = Promise.withResolvers<null>()
    const writeItem = async (device: string, meanwhile: () => Promise<unknown>) =>
      await storage.withBatch(device, async (batch) => {
        const { circulation } = await batch.lockHeads()
        await meanwhile()
        await batch.write({
          operations: [],
          undone: [],
          rows: new Map(),
          feed: [
            {
              scope: 'circulation',
              number: circulation + 1,
              operationId: device,
              changes: [put('item', anItem())],
            },
          ],
          chains: new Map(),
          quarantine: [],
        })
      })
    const first = writeItem('desk-a', async () => {
      locked.resolve(null)
      await mayWrite.promise
    })
    await locked.promise
    const second = writeItem('desk-b', async () => null)
    expect((await storage.readFeed({}, 10, 1e6)).entries).toEqual([])
    mayWrite.resolve(null)
    await Promise.all([first, second])
    const { entries } = await storage.readFeed({}, 10, 1e6)
    expect(entries.map(({ number, operationId }) => [number, operationId])).toEqual([
      [1, 'desk-a'],
      [2, 'desk-b'],
    ])
    await storage.close()
    await sql.end()
  })
})
