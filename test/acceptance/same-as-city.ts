/** After a day: is every row on a desk the one that the city tells, and none besides? */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RecordKey } from '../../domain/change.ts'
import { followedBy } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { isReplicaKind, replicaKinds } from '../../db/replica/tables.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import { deskKeysFor } from '../../main/sync/desk-keys.ts'
import { CITY_ID } from '../../server/start-server.ts'
import type { AnyRow, LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { findRunningPostgres } from '../../server/storage/postgres/embedded.ts'
import { openPostgresStorage } from '../../server/storage/postgres/postgres-storage.ts'
import { foldedFeed } from '../conformance/feeds-equal-rows.ts'
import { differences, isSame } from '../simulation/reference/same.ts'
import { kindOfKey } from '../simulation/reference/table.ts'

export type CityRows = ReadonlyMap<Scope, ReadonlyMap<RecordKey, AnyRow>>

/** The city’s brief facts are told some seconds after what they are about. */
const QUIET_MS = 4_000

/** Every scope as a desk would have it that read the feed from its beginning; the server runs. */
export async function cityRows(cityHome: string): Promise<CityRows> {
  const url = await findRunningPostgres(join(cityHome, 'server'))
  if (url === null) throw new Error('no server runs')
  const storage = await openPostgresStorage({ url, cityId: CITY_ID, connectionsMax: 2 })
  try {
    await untilQuiet(storage)
    const rows = new Map<Scope, ReadonlyMap<RecordKey, AnyRow>>()
    for (const { scope } of await storage.scopeStates()) {
      if (scope !== 'catalogue') rows.set(scope, await foldedFeed(storage, scope))
    }
    return rows
  } finally {
    await storage.close()
  }
}

async function untilQuiet(storage: LedgerStorage): Promise<void> {
  const heads = async (): Promise<string> =>
    (await storage.scopeStates())
      .map(({ scope, head }) => `${scope} ${head}`)
      .toSorted((one, other) => one.localeCompare(other))
      .join()
  for (let before = ''; before !== (before = await heads());) await wait(QUIET_MS)
}

/** What differs, in words; the desk is stopped. */
export async function differencesOf(
  deskHome: string,
  environment: NodeJS.ProcessEnv,
  city: CityRows,
): Promise<string[]> {
  const { keyHex } = deskKeysFor(deskHome, environment)
  const desk = openHeadless(deskHome, new Uint8Array(Buffer.from(keyHex, 'hex')))
  try {
    const { outbox, replica } = desk.stores
    const place = outbox.identity()
    if (place === null) throw new Error('the desk is not enrolled')
    const expected = new Map<RecordKey, AnyRow>()
    // Brief facts give way to the rows of one's own service point.
    for (const scope of ['brief', ...followedBy(place).filter((one) => one !== 'brief')] as const) {
      for (const [key, row] of city.get(scope) ?? []) {
        if (isReplicaKind(kindOfKey(key))) expected.set(key, row)
      }
    }
    const found: string[] = []
    for (const kind of replicaKinds) {
      for (const row of replica.rows.select(kind, '')) {
        const key: RecordKey = `${kind}:${row.id}`
        const should = expected.get(key) ?? null
        expected.delete(key)
        if (!isSame(row, should)) found.push(`${key}: ${differences(row, should)}`)
      }
    }
    const unsent = outbox.pendingCount()
    if (unsent > 0) found.push(`${unsent} operations are not sent`)
    return [...found, ...[...expected.keys()].map((key) => `${key} is not there`)]
  } finally {
    await desk.close()
  }
}
