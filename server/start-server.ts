/** The composition root: store, ledger, HTTP and the live channel, wired once. */
import type { AddressInfo } from 'node:net'
import { createEnrolmentCode } from './devices/enrolment-code.ts'
import { openAnswers } from './http/answers.ts'
import { buildApp } from './http/app.ts'
import { openLive } from './http/live.ts'
import { openLog, placeOf } from './http/log.ts'
import type { Log } from './http/log.ts'
import type { SeedRecords } from './seed-file.ts'
import { openPasswordCheck } from './staff/verify-password.ts'
import type { LedgerStorage } from './storage/ledger-storage.ts'
import { startEmbeddedPostgres } from './storage/postgres/embedded.ts'
import { openPostgresStorage } from './storage/postgres/postgres-storage.ts'

export interface ServerOptions {
  /** Folder for the database, where there is no `databaseUrl`. */
  readonly home: string
  /** 0 for any free one. */
  readonly port: number
  readonly databaseUrl: string | null
  /** Loaded where the city is empty; ignored where it is not. */
  readonly seed: SeedRecords | null
  /** Loopback unless a proxy in front says otherwise. */
  readonly host?: string
}

export interface RunningServer {
  readonly url: string
  createEnrolmentCode(desk: { branchId: string; deskName: string }): Promise<string>
  stop(): Promise<void>
}

/** One city for each database until a hosting service needs more. */
export const CITY_ID = 'city'
/** What requests in flight get before their connections are closed. */
const DRAIN_MS = 20_000
const POOL_MAX = 8

/** Throws HomeInUse, or what the database says. */
export async function startServer({
  home,
  port,
  databaseUrl,
  seed,
  host = '127.0.0.1',
}: ServerOptions): Promise<RunningServer> {
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(home) : null
  const url = databaseUrl ?? embedded?.url ?? ''
  const log = openLog((text) => process.stderr.write(text), Date.now)
  let storage: LedgerStorage | null = null
  try {
    const opened = await openPostgresStorage({ url, cityId: CITY_ID, connectionsMax: POOL_MAX })
    storage = opened
    if (seed !== null) await opened.seed(seed.changes, seed.isSampleCity)
    const listening = await listen(opened, host, port, log)
    return {
      url: listening.url,
      createEnrolmentCode: (desk) => createEnrolmentCode(opened, desk, Date.now()),
      stop: onlyOnce(async () => {
        await listening.stop()
        await opened.close()
        await embedded?.stop()
        log({ event: 'stop' })
      }),
    }
  } catch (error) {
    log({ event: 'failure', what: placeOf(error) })
    await storage?.close()
    await embedded?.stop()
    throw error
  }
}

async function listen(storage: LedgerStorage, host: string, port: number, log: Log) {
  let isStopping = false
  const { serverEpoch } = await storage.city()
  const live = await openLive(storage, serverEpoch, log)
  const answers = openAnswers(storage, await openPasswordCheck(), Date.now)
  const app = await buildApp({
    storage,
    answers,
    live,
    log,
    now: Date.now,
    isStopping: () => isStopping,
  })
  try {
    await app.listen({ host, port })
  } catch (error) {
    await live.close()
    throw error
  }
  const { address, family, port: taken } = app.server.address() as AddressInfo
  log({ event: 'start' })
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async stop() {
      isStopping = true
      await live.close()
      const drained = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
      await app.close()
      clearTimeout(drained)
    },
  }
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}
