/** Whole servers: two on one database, and one that is told to stop while desks push. */
import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LiveNews, messages } from '../contract/sync-protocol.ts'
import type { PushedOperation } from '../contract/sync-protocol.ts'
import { put } from '../domain/change.ts'
import type { Change } from '../domain/change.ts'
import { branchScope } from '../domain/scopes.ts'
import { BRANCH, aReader, anItem, theCity } from '../test/builders/city.ts'
import { openDeskLog } from '../test/builders/desk-log.ts'
import { startTestPostgres } from '../test/builders/postgres.ts'
import type { TestPostgres } from '../test/builders/postgres.ts'
import { enrolledDesk, newsOf } from '../test/builders/signed-desk.ts'
import { startServer } from './start-server.ts'
import { connect } from './storage/postgres/connect.ts'

const HERE = branchScope(BRANCH)
const seed: Change[] = [
  ...theCity(),
  put('reader', aReader()),
  ...Array.from({ length: 20 }, (_, index) =>
    put('item', anItem({ id: `item-${index}`, barcode: `b${index}` })),
  ),
]
const lending = (index: number) => ({
  barcode: `b${index % 20}`,
  card: aReader().cardNumber,
  dueOn: null,
})

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

const start = () =>
  startServer({
    home: tmpdir(),
    port: 0,
    databaseUrl: postgres.url,
    seed: { isSampleCity: true, changes: seed },
  })

test('news of a push at one server reaches the desk at another', async () => {
  const one = await start()
  const other = await start()
  const code = () => one.createEnrolmentCode({ branchId: BRANCH, deskName: '一号台' })
  const pushing = await enrolledDesk(one.url, await code())
  const watching = await enrolledDesk(other.url, await code())
  const socket = watching.live()
  const next = newsOf(socket)
  const before = LiveNews.parse(await next()).heads[HERE] ?? 0

  const operation = openDeskLog(pushing.id).next('loan.check-out', lending(0))
  await pushing.ask('/v1/push', { operations: [operation] })
  const entry = { scope: HERE, number: before + 1, operationId: `${pushing.id}.1.1` }
  const news = LiveNews.parse(await next())
  expect(news.heads[HERE]).toBe(before + 1)
  // The digest may be quick enough to be told with it.
  expect(news.entries.filter(({ scope }) => scope === HERE)).toMatchObject([entry])

  const pulled = await watching.ask('/v1/pull', { cursors: { [HERE]: before }, limit: 500 })
  const { entries } = messages.pull.response.parse(pulled.answer)
  expect(entries).toMatchObject([entry])
  await one.stop()
  await other.stop()
})

interface Kept {
  readonly count: number
  readonly lastSeq: number
  readonly numbered: number
  readonly told: number
}

describe('the program', () => {
  type Program = ChildProcessByStdio<null, Readable, null>
  let home: string
  let seedFile: string

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'citydesk-server-'))
    seedFile = join(home, 'seed.ndjson')
    await writeFile(seedFile, seed.map((change) => JSON.stringify(change)).join('\n'))
  })
  afterAll(async () => {
    await rm(home, { recursive: true })
  })

  const run = (args: string[], databaseUrl: string | null): Program =>
    spawn(process.execPath, [join(import.meta.dirname, 'server.ts'), '--home', home, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, DATABASE_URL: databaseUrl ?? '' },
    })

  async function firstLine(program: Program): Promise<Record<string, string>> {
    for await (const line of createInterface({ input: program.stdout })) {
      return JSON.parse(line) as Record<string, string>
    }
    throw new Error('it said nothing')
  }

  const codeFrom = async (databaseUrl: string | null) =>
    (await firstLine(run(['enrol-code', '--branch', BRANCH, '--desk', '二号台'], databaseUrl)))[
      'code'
    ] ?? ''

  test('serves from a home of its own with a seed, and stops when told', async () => {
    const server = run(['--city', 'sample', '--seed', seedFile], null)
    const url = (await firstLine(server))['listening'] ?? ''
    const desk = await enrolledDesk(url, await codeFrom(null))
    const pulled = await desk.ask('/v1/pull', {
      cursors: { city: 0, [HERE]: 0 },
      limit: 500,
    })
    const { entries } = messages.pull.response.parse(pulled.answer)
    expect(entries.flatMap(({ changes }) => changes)).toHaveLength(seed.length)
    server.kill('SIGTERM')
    expect(await once(server, 'exit')).toEqual([0, null])
  })

  test('SIGTERM under load leaves no half batch', async () => {
    const server = run(['--city', 'sample', '--seed', seedFile], postgres.url)
    const url = (await firstLine(server))['listening'] ?? ''
    const desks = await Promise.all(
      Array.from({ length: 4 }, async () => await enrolledDesk(url, await codeFrom(postgres.url))),
    )
    let answered = 0
    const pushing = desks.map(async (desk) => {
      const log = openDeskLog(desk.id)
      for (let batch = 0; ; batch++) {
        const operations: PushedOperation[] = Array.from({ length: 10 }, (_, index) =>
          index % 2 === 0
            ? log.next('loan.check-out', lending(index))
            : log.next('loan.check-in', { barcode: `b${(index - 1) % 20}`, returnedOn: null }),
        )
        const reply = await desk.ask('/v1/push', { operations }).catch(() => null)
        if (reply?.status !== 200) return { device: desk.id, acknowledged: batch * 10 }
        answered += 1
        if (answered === 12) server.kill('SIGTERM')
      }
    })
    const acknowledged = await Promise.all(pushing)
    expect(await once(server, 'exit')).toEqual([0, null])

    const sql = connect(postgres.url, 1)
    for (const { device, acknowledged: count } of acknowledged) {
      const [kept] = await sql<Kept[]>`
        select (select count(*) from operation where device_id = ${device}) as count,
          coalesce((select last_seq from chain where device_id = ${device}), 0) as "lastSeq",
          (select count(*) from operation
            where device_id = ${device} and positions::text <> '{}') as numbered,
          (select count(distinct operation_id) from feed
            where operation_id like ${`${device}.%`}) as told`
      expect(kept?.count).toBeGreaterThanOrEqual(count)
      expect((kept?.count ?? 0) % 10).toBe(0)
      expect(kept).toMatchObject({ lastSeq: kept?.count, told: kept?.numbered })
    }
    await sql.end()
  })

  test('I6 kill -9 between commit and reply: the same push again has the same outcomes', async () => {
    const start = async () => {
      const server = run(['--city', 'sample', '--seed', seedFile], postgres.url)
      return { server, url: (await firstLine(server))['listening'] ?? '' }
    }
    const first = await start()
    const desk = await enrolledDesk(first.url, await codeFrom(postgres.url))
    const log = openDeskLog(desk.id)
    const operations = Array.from({ length: 20 }, (_, index) =>
      log.next('loan.check-out', lending(index)),
    )
    const sql = connect(postgres.url, 1)
    const committed = async () => {
      const [kept] = await sql<{ count: number }[]>`
        select count(*) as count from operation where device_id = ${desk.id}`
      return kept?.count ?? 0
    }
    const reply = desk.ask('/v1/push', { operations }).catch(() => null)
    while ((await committed()) === 0) await new Promise((later) => setImmediate(later))
    first.server.kill('SIGKILL')
    const answered = await reply
    const second = await start()
    const again = desk.elsewhere(second.url)
    const pushed = messages.push.response.parse(
      (await again.ask('/v1/push', { operations })).answer,
    )
    expect(pushed.outcomes).toHaveLength(20)
    // Where the reply came through after all, it said the same.
    const before = answered?.status === 200 ? answered.answer : pushed
    expect(messages.push.response.parse(before).outcomes).toEqual(pushed.outcomes)
    const rows = await sql<{ seq: number; outcome: string; positions: string }[]>`
      select seq, outcome, positions from operation where device_id = ${desk.id} order by seq`
    expect(pushed.outcomes.map(({ seq, outcome, positions }) => [seq, outcome, positions])).toEqual(
      rows.map(({ seq, outcome, positions }) => [seq, outcome, JSON.parse(positions) as unknown]),
    )
    second.server.kill('SIGTERM')
    await once(second.server, 'exit')
    await sql.end()
  })
})
