/** The ledger's store in PostgreSQL. Any number of nodes may share one database. */
import { randomBytes } from 'node:crypto'
import type { Change } from '../../../domain/change.ts'
import { keyOfChange } from '../../../domain/change.ts'
import { finders } from '../../../domain/facts.ts'
import { scopes } from '../../../domain/records.ts'
import { openFeedRange } from '../../ledger/feed-range.ts'
import { ENROLMENT_TRIES } from '../ledger-storage.ts'
import type { City, Device, LedgerStorage, SignInFailures } from '../ledger-storage.ts'
import { seedChunks } from '../seed-chunks.ts'
import { connect, withFailures } from './connect.ts'
import type { Sql, Transaction } from './connect.ts'
import { readFeedPage } from './feed-pages.ts'
import { openHeadNews } from './head-news.ts'
import type { HeadNews } from './head-news.ts'
import { migrate } from './migrate.ts'
import { batchOn, readChainHead } from './postgres-batch.ts'
import {
  findRecords,
  getRecords,
  lockHeads,
  readHeads,
  writeFeed,
  writeRecords,
} from './record-rows.ts'

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
    ...deviceParts(sql, cityId),
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
  // Looked for first: to insert waits for whoever holds the heads, a long seed for instance.
  const [made] = await sql`select 1 from city where city_id = ${cityId}`
  if (made !== undefined) return
  const serverEpoch = `e${randomBytes(8).toString('hex')}`
  await sql.begin(async (tx) => {
    await tx`
      insert into city (city_id, server_epoch) values (${cityId}, ${serverEpoch})
      on conflict do nothing`
    await tx`
      insert into feed_head (city_id, scope, head)
      select ${cityId}, scope, 0 from unnest(${[...scopes]}::text[]) as given (scope)
      on conflict do nothing`
  })
}

type CityParts = Pick<
  LedgerStorage,
  'city' | 'seed' | 'heads' | 'readFeed' | 'withBatch' | 'get' | 'find'
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
  seed: async (changes, isSampleCity) => {
    const isSeeded = await withFailures(() =>
      sql.begin((tx) => seedWithin(tx, cityId, changes, isSampleCity)),
    )
    if (!isSeeded) return false
    news.announce()
    // Until the planner knows the indexed expressions it reads a kind from end to end.
    await withFailures(async () => await sql`analyze record`)
    return true
  },
  heads: () => withFailures(() => readHeads(sql, cityId)),
  readFeed: (cursors, limit, bytesMax) =>
    withFailures(() => readFeedPage(sql, cityId, cursors, limit, bytesMax)),
  withBatch: async (deviceId, fn) => {
    let didMove = false
    const result = await withFailures(() =>
      sql.begin(async (tx) => {
        const device = await readDevice(tx, cityId, deviceId, true)
        if (device === null) throw new Error(`no device ${deviceId}`)
        const batch = batchOn(tx, cityId, device)
        const write: typeof batch.write = async (writing) => {
          await batch.write(writing)
          didMove = writing.feed.length > 0
        }
        return { answer: await fn({ ...batch, write }) }
      }),
    )
    if (didMove) news.announce()
    return result.answer
  },
  get: (kind, id) =>
    withFailures(async () => (await getRecords(sql, cityId, [{ kind, id }]))[0] ?? null),
  find: (finder, values) =>
    withFailures(async () => {
      const { limit } = finders[finder]
      return (await findRecords(sql, cityId, [{ finder, values, limit }]))[0] ?? []
    }),
})

/** All or nothing: a half-loaded city would look like a loaded one at the next start. */
async function seedWithin(
  tx: Transaction,
  cityId: string,
  changes: Iterable<Change> | AsyncIterable<Change>,
  isSampleCity: boolean,
): Promise<boolean> {
  const heads = await lockHeads(tx, cityId)
  if (Object.values(heads).some((head) => head > 0)) return false
  const next = { ...heads }
  let isSeeded = false
  for await (const chunk of seedChunks(changes)) {
    // A range of its own for each chunk: a million records are never held at once.
    const feed = openFeedRange(next)
    Object.assign(next, feed.append(null, chunk))
    await writeFeed(tx, cityId, feed.entries)
    isSeeded = true
    await writeRecords(
      tx,
      cityId,
      new Map(chunk.map((change) => [keyOfChange(change), 'put' in change ? change.row : null])),
    )
  }
  await tx`update city set is_sample_city = ${isSampleCity} where city_id = ${cityId}`
  return isSeeded
}

async function readDevice(
  sql: Sql | Transaction,
  cityId: string,
  id: string,
  isLocked: boolean,
): Promise<Device | null> {
  const [device] = await sql<Device[]>`
    select id, branch_id as "branchId", desk_name as "deskName", public_key as "publicKey",
      enrolled_at as "enrolledAt", revoked_at as "revokedAt"
    from device where city_id = ${cityId} and id = ${id} ${isLocked ? sql`for update` : sql``}`
  return device ?? null
}

type DeviceParts = Pick<
  LedgerStorage,
  'device' | 'chainHead' | 'revokeDevice' | 'revokedAmong' | 'saveEnrolmentCode' | 'enrol'
>

const deviceParts = (sql: Sql, cityId: string): DeviceParts => ({
  device: (id) => withFailures(() => readDevice(sql, cityId, id, false)),
  chainHead: (deviceId, epoch) => withFailures(() => readChainHead(sql, cityId, deviceId, epoch)),
  revokeDevice: (id, at) =>
    withFailures(async () => {
      const done = await sql`
        update device set revoked_at = coalesce(revoked_at, ${at})
        where city_id = ${cityId} and id = ${id}`
      return done.count > 0
    }),
  revokedAmong: (ids) =>
    withFailures(async () => {
      const rows = await sql<{ id: string }[]>`
        select id from device
        where city_id = ${cityId} and id = any(${[...ids]}::text[]) and revoked_at is not null`
      return rows.map(({ id }) => id)
    }),
  saveEnrolmentCode: ({ label, secretHash, branchId, deskName, expiresAt }) =>
    withFailures(async () => {
      await sql`
        insert into enrolment_code
          (city_id, label, secret_hash, branch_id, desk_name, expires_at, tries_left)
        values (${cityId}, ${label}, ${secretHash}, ${branchId}, ${deskName}, ${expiresAt},
          ${ENROLMENT_TRIES})`
    }),
  enrol: (attempt, device) =>
    withFailures(() => sql.begin((tx) => enrolWithin(tx, cityId, attempt, device))),
})

async function enrolWithin(
  tx: Transaction,
  cityId: string,
  { label, secretHash, at }: Parameters<LedgerStorage['enrol']>[0],
  { id, deskName, publicKey }: Parameters<LedgerStorage['enrol']>[1],
): Promise<Device | null> {
  const [code] = await tx<{ secretHash: string; branchId: string }[]>`
    select secret_hash as "secretHash", branch_id as "branchId" from enrolment_code
    where city_id = ${cityId} and label = ${label} and tries_left > 0 and expires_at > ${at}
    for update`
  if (code === undefined) return null
  if (code.secretHash !== secretHash) {
    await tx`
      update enrolment_code set tries_left = tries_left - 1
      where city_id = ${cityId} and label = ${label}`
    return null
  }
  await tx`delete from enrolment_code where city_id = ${cityId} and label = ${label}`
  const { branchId } = code
  await tx`
    insert into device (city_id, id, branch_id, desk_name, public_key, enrolled_at)
    values (${cityId}, ${id}, ${branchId}, ${deskName}, ${publicKey}, ${at})`
  return { id, branchId, deskName, publicKey, enrolledAt: at, revokedAt: null }
}

type SignInParts = Pick<LedgerStorage, 'updateSignInFailures' | 'rememberNonce'>

const signInParts = (sql: Sql, cityId: string): SignInParts => ({
  updateSignInFailures: (key, next) =>
    withFailures(() => sql.begin((tx) => updateFailures(tx, cityId, key, next))),
  rememberNonce: (deviceId, nonce, at, forgetBefore) =>
    withFailures(async () => {
      const [, kept] = await sql.begin((tx) => [
        tx`delete from nonce where city_id = ${cityId} and at < ${forgetBefore}`,
        tx`
          insert into nonce (city_id, device_id, nonce, at)
          values (${cityId}, ${deviceId}, ${nonce}, ${at}) on conflict do nothing`,
      ])
      return kept.count > 0
    }),
})

async function updateFailures(
  tx: Transaction,
  cityId: string,
  key: string,
  next: (before: SignInFailures | null) => SignInFailures | null,
): Promise<SignInFailures | null> {
  // A row that is not there cannot be locked, and two first failures may come at once.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`${cityId} ${key}`}, 0))`
  const [before] = await tx<SignInFailures[]>`
    select failures, lockouts, locked_until as "lockedUntil", last_at as "lastAt"
    from sign_in_failure where city_id = ${cityId} and key = ${key}`
  const after = next(before ?? null)
  if (after === null) {
    await tx`delete from sign_in_failure where city_id = ${cityId} and key = ${key}`
    return null
  }
  const { failures, lockouts, lockedUntil, lastAt } = after
  await tx`
    insert into sign_in_failure (city_id, key, failures, lockouts, locked_until, last_at)
    values (${cityId}, ${key}, ${failures}, ${lockouts}, ${lockedUntil}, ${lastAt})
    on conflict (city_id, key) do update set failures = excluded.failures,
      lockouts = excluded.lockouts, locked_until = excluded.locked_until,
      last_at = excluded.last_at`
  return after
}
