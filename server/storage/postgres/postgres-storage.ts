/** The ledger's store in PostgreSQL. Any number of nodes may share one database. */
import { setTimeout as wait } from 'node:timers/promises'
import type { RecordKey } from '../../../domain/change.ts'
import { finders } from '../../../domain/gathering.ts'
import type { Scope } from '../../../domain/scopes.ts'
import type { Change } from '../../../domain/change.ts'
import { inOrder } from '../in-order.ts'
import { noRecord } from '../ledger-storage.ts'
import type {
  City,
  LedgerBatch,
  LedgerStorage,
  LedgerTurn,
  NumberedEntry,
  Upkeep,
} from '../ledger-storage.ts'
import { seedParts } from '../seed-parts.ts'
import { connect, isCircle, withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import { deviceLogOn } from './device-log.ts'
import { entriesOf, readFeedPage } from './feed-pages.ts'
import { numberEntries, readHeads, readScopeStates, writeFeed } from './feed-rows.ts'
import { openHeadNews } from './head-news.ts'
import type { HeadNews } from './head-news.ts'
import { migrate } from './migrate.ts'
import { batchOn, readChainHeads, turnOn, upkeepOn } from './postgres-batch.ts'
import { deviceParts, readDevice, signInParts } from './postgres-devices.ts'
import { newServerEpoch } from './store-place.ts'
import { getRecords, listRecords, searchRecords, writeRecords } from './record-rows.ts'

export interface PostgresOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string
  readonly cityId: string
  readonly connectionsMax: number
}

/** Connects, migrates and makes the city where it is not there yet. */
export async function openPostgresStorage({
  url,
  cityId,
  connectionsMax,
}: PostgresOptions): Promise<LedgerStorage> {
  const sql = connect(url, connectionsMax)
  try {
    await withFailures(() => migrate(sql))
    await withFailures(() => makeCity(sql, cityId))
  } catch (error) {
    // Open connections would keep the program alive that is about to say why it ends.
    await sql.end({ timeout: 1 })
    throw error
  }
  const news = openHeadNews(sql, cityId)
  return {
    ...cityParts(sql, cityId, news),
    ...turnParts(sql, cityId, news),
    ...feedParts(sql, cityId, news),
    ...deviceParts(sql, cityId),
    ...deviceLogOn(sql, cityId),
    ...signInParts(sql, cityId),
    onHeadsMoved: news.listen,
    ping: async () => {
      await withFailures(async () => await sql`select 1`)
    },
    close: async () => {
      await news.close()
      await sql.end({ timeout: 5 })
    },
  }
}

async function makeCity(sql: Sql, cityId: string): Promise<void> {
  const serverEpoch = newServerEpoch()
  await sql`
    insert into city (city_id, server_epoch) values (${cityId}, ${serverEpoch})
    on conflict do nothing`
}

type CityParts = Pick<
  LedgerStorage,
  'city' | 'signingKey' | 'seed' | 'get' | 'find' | 'listRecords'
>

const cityParts = (sql: Sql, cityId: string, news: HeadNews): CityParts => ({
  city: () =>
    withFailures(async () => {
      const [city] = await sql<City[]>`
        select server_epoch as "serverEpoch", is_sample_city as "isSampleCity" from city
        where city_id = ${cityId}`
      if (city === undefined) throw new Error(`no city ${cityId}`)
      return city
    }),
  signingKey: (candidate) =>
    withFailures(async () => {
      const [kept] = await sql<{ key: string }[]>`
        update city set signing_key = coalesce(signing_key, ${candidate})
        where city_id = ${cityId} returning signing_key as key`
      return kept?.key ?? candidate
    }),
  seed: async (changes, isSampleCity, at = Date.now()) => {
    const isSeeded = await withFailures(() =>
      sql.begin((tx) => seedWithin(tx, cityId, changes, isSampleCity, at)),
    )
    if (!isSeeded) return false
    news.announce(Object.keys(await readHeads(sql, cityId, null)) as Scope[], null)
    // Until the planner knows the indexed columns it reads a kind from end to end.
    await withFailures(async () => await sql`analyze record`)
    return true
  },
  get: (kind, id) =>
    withFailures(async () => {
      const key: RecordKey = `${kind}:${id}`
      return (await getRecords(sql, cityId, [key])).get(key)?.row ?? null
    }),
  find: (finder, values) =>
    withFailures(async () => {
      const { limit } = finders[finder]
      const [found = []] = await searchRecords(sql, cityId, [{ finder, values, limit }])
      return found.map(({ row }) => row)
    }),
  listRecords: (kind, afterId, limit) =>
    withFailures(() => listRecords(sql, cityId, kind, afterId, limit)),
})

/** All or nothing: a half-loaded city would look like a loaded one at the next start. */
async function seedWithin(
  tx: Transaction,
  cityId: string,
  changes: Iterable<Change> | AsyncIterable<Change>,
  isSampleCity: boolean,
  at: number,
): Promise<boolean> {
  // Two nodes that start at once seed one after the other.
  await tx`select 1 from city where city_id = ${cityId} for update`
  const [head] = await tx`select 1 from feed_head where city_id = ${cityId} limit 1`
  if (head !== undefined) return false
  let isSeeded = false
  const stored = (keys: readonly RecordKey[]) => getRecords(tx, cityId, keys)
  for await (const { records, entries } of seedParts(changes, stored)) {
    isSeeded = true
    const writing = [...records].map(
      ([key, record]) => [key, { ...record, stored: noRecord }] as const,
    )
    await writeRecords(tx, cityId, { records: new Map(writing), at })
    await writeFeed(tx, cityId, await numberEntries(tx, cityId, entries), at)
  }
  await tx`update city set is_sample_city = ${isSampleCity} where city_id = ${cityId}`
  return isSeeded
}

/** A circle of waiting is broken by the database; who was sent away comes again, bounded. */
const TRIES = 6

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withFailures(work)
    } catch (error) {
      if (attempt === TRIES || !isCircle(error)) throw error
      await wait(Math.random() * 10 * 2 ** attempt)
    }
  }
}

type TurnParts = Pick<LedgerStorage, 'withBatch' | 'withTurn'>

const turnParts = (sql: Sql, cityId: string, news: HeadNews): TurnParts => ({
  withBatch: (deviceId, fn) =>
    announced(sql, news, async (tx, moved) => {
      const [device, chainHeads] = await inOrder([
        readDevice(tx, cityId, deviceId, true),
        readChainHeads(tx, cityId, deviceId),
      ])
      if (device === null) throw new Error(`no device ${deviceId}`)
      const batch: LedgerBatch = batchOn(tx, cityId, device, chainHeads)
      return await fn({ ...batch, writeFeed: moved((entries, at) => batch.writeFeed(entries, at)) })
    }),
  withTurn: (fn) =>
    announced(sql, news, async (tx, moved) => {
      const turn: LedgerTurn & Upkeep = { ...turnOn(tx, cityId), ...upkeepOn(tx, cityId) }
      return await fn({ ...turn, writeFeed: moved((entries, at) => turn.writeFeed(entries, at)) })
    }),
})

type WriteFeed = LedgerTurn['writeFeed']

/** Tells all nodes after the commit of what was written. */
async function announced<T>(
  sql: Sql,
  news: HeadNews,
  work: (tx: Transaction, moved: (write: WriteFeed) => WriteFeed) => Promise<T>,
): Promise<T> {
  const { answer, written } = await again(() =>
    sql.begin(async (tx) => {
      const written: NumberedEntry[] = []
      const answer = await work(tx, (write) => async (entries, at) => {
        await write(entries, at)
        written.push(...entries)
      })
      return { answer, written }
    }),
  )
  if (written.length > 0) news.announce(new Set(written.map(({ scope }) => scope)), written)
  return answer
}

type FeedParts = Pick<
  LedgerStorage,
  | 'heads'
  | 'readFeed'
  | 'scopeStates'
  | 'entriesOf'
  | 'writeBase'
  | 'deleteEntries'
  | 'lastEntryBefore'
  | 'forgetRemoved'
>

const feedParts = (sql: Sql, cityId: string, news: HeadNews): FeedParts => ({
  heads: (scopes) => withFailures(() => readHeads(sql, cityId, scopes ?? null)),
  readFeed: (cursors, limit, bytesMax) =>
    withFailures(() => readFeedPage(sql, cityId, cursors, limit, bytesMax)),
  scopeStates: () => withFailures(() => readScopeStates(sql, cityId)),
  entriesOf: (scope, after) => entriesOf(sql, cityId, scope, after),
  writeBase: async (scope, head, { chunks, rows }, at) => {
    const isWritten = await withFailures(() =>
      sql.begin(async (tx) => {
        const [state] = await tx<{ head: number }[]>`
          select head from feed_head where city_id = ${cityId} and scope = ${scope} for update`
        if (state?.head !== head) return false
        const entries = chunks.map((changes) => ({ scope, operationId: null, changes }))
        await writeFeed(tx, cityId, await numberEntries(tx, cityId, entries), at)
        await tx`
          update feed_head set base = ${head}, base_rows = ${rows}, base_at = ${at}
          where city_id = ${cityId} and scope = ${scope}`
        return true
      }),
    )
    if (isWritten) news.announce([scope], null)
    return isWritten
  },
  deleteEntries: (scope, number) =>
    withFailures(async () => {
      await sql.begin((tx) => [
        tx`
          update feed_head set deleted = greatest(deleted, ${number})
          where city_id = ${cityId} and scope = ${scope}`,
        tx`
          delete from feed
          where city_id = ${cityId} and scope = ${scope} and number <= ${number}`,
      ])
    }),
  lastEntryBefore: (scope, at) =>
    withFailures(async () => {
      const [row] = await sql<{ number: number }[]>`
        select coalesce(max(number), 0) as number from feed
        where city_id = ${cityId} and scope = ${scope} and at < ${at}`
      return row?.number ?? 0
    }),
  forgetRemoved: (at) =>
    withFailures(async () => {
      const done = await sql`
        delete from record where city_id = ${cityId} and removed_at < ${at}`
      return done.count
    }),
})
