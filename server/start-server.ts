/** The composition root: store, ledger, HTTP and the live channel, wired once. */
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Snapshot } from '../contract/sync-protocol.ts'
import { createEnrolmentCode } from './devices/enrolment-code.ts'
import { openAdmission } from './http/admission.ts'
import { openAnswers } from './http/answers.ts'
import { buildApp } from './http/app.ts'
import { openLive } from './http/live.ts'
import { openLog, placeOf } from './http/log.ts'
import type { Log } from './http/log.ts'
import { openUpkeep } from './ledger/upkeep.ts'
import { openMetrics, serveMetrics } from './http/metrics.ts'
import type { SeedRecords } from './seed-file.ts'
import { cityKey } from './snapshots/city-key.ts'
import { openSnapshotKeeper } from './snapshots/snapshot-keeper.ts'
import { openPasswordCheck } from './staff/verify-password.ts'
import type { LedgerStorage } from './storage/ledger-storage.ts'
import { startEmbeddedPostgres } from './storage/postgres/embedded.ts'
import { openPostgresStorage } from './storage/postgres/postgres-storage.ts'
import { openRestoreMark } from './storage/restore-mark.ts'
import type { RestoreMark } from './storage/restore-mark.ts'

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
  /** Where monitoring reads, on loopback; null for nowhere. */
  readonly metricsPort?: number | null
}

export interface RunningServer {
  readonly url: string
  createEnrolmentCode(desk: { branchId: string; deskName: string }): Promise<string>
  stop(): Promise<void>
}

/** Beside the database, so that a copy of the database does not bring it back. */
const MARK_FILE = 'restore-mark.json'
/** One city for each database until a hosting service needs more. */
export const CITY_ID = 'city'
/** What requests in flight get before their connections are closed. */
const DRAIN_MS = 20_000
const POOL_MAX = 6

/** Throws HomeInUse, or what the database says. */
export async function startServer({
  home,
  port,
  databaseUrl,
  seed,
  host = '127.0.0.1',
  metricsPort = null,
}: ServerOptions): Promise<RunningServer> {
  const embedded = databaseUrl === null ? await startEmbeddedPostgres(home) : null
  const url = databaseUrl ?? embedded?.url ?? ''
  const log = openLog((text) => process.stderr.write(text), Date.now)
  let storage: LedgerStorage | null = null
  let mark: RestoreMark | null = null
  try {
    const opened = await openPostgresStorage({ url, cityId: CITY_ID, connectionsMax: POOL_MAX })
    storage = opened
    if (seed !== null) await opened.seed(seed.changes, seed.isSampleCity)
    // Before any desk is answered: what it is told depends on it.
    mark = await openRestoreMark(opened, join(home, MARK_FILE), (error) =>
      log({ event: 'failure', what: placeOf(error) }),
    )
    if (mark.wasRestored) log({ event: 'restored' })
    const kept = mark
    const listening = await listen(opened, { host, port, metricsPort, home }, log)
    return {
      url: listening.url,
      createEnrolmentCode: (desk) => createEnrolmentCode(opened, desk, Date.now()),
      stop: onlyOnce(async () => {
        await listening.stop()
        await kept.close()
        await opened.close()
        await embedded?.stop()
        log({ event: 'stop' })
      }),
    }
  } catch (error) {
    log({ event: 'failure', what: placeOf(error) })
    mark?.forget()
    await storage?.close()
    await embedded?.stop()
    throw error
  }
}

interface Place {
  readonly host: string
  readonly port: number
  readonly metricsPort: number | null
  readonly home: string
}

async function listen(storage: LedgerStorage, { host, port, metricsPort, home }: Place, log: Log) {
  let isStopping = false
  const { serverEpoch } = await storage.city()
  const live = await openLive(storage, serverEpoch, log)
  const { privateKey, publicKey } = await cityKey(storage)
  const snapshots = await openSnapshotKeeper({
    folder: join(home, 'snapshots'),
    storage,
    privateKey,
    serverEpoch: async () => (await storage.city()).serverEpoch,
    log,
    now: Date.now,
  })
  const admission = openAdmission(Date.now)
  const metrics = openMetrics()
  metrics.gauge('citydesk_event_loop_lag_ms', admission.lagMs)
  const answers = openAnswers(storage, await openPasswordCheck(), Date.now, {
    snapshots: snapshots.list,
    serverKey: publicKey,
  })
  const app = await buildApp({
    storage,
    answers,
    live,
    snapshots,
    admission,
    metrics,
    log,
    now: Date.now,
    isStopping: () => isStopping,
  })
  try {
    await app.listen({ host, port })
  } catch (error) {
    admission.close()
    await snapshots.close()
    await live.close()
    throw error
  }
  const { address, family, port: taken } = app.server.address() as AddressInfo
  log({ event: 'start' })
  const served = metricsPort === null ? null : await serveMetrics(metrics, metricsPort)
  // The first desks may come now; a file for the next ones is made behind them.
  void snapshots.look()
  const upkeep = await openUpkeep(
    storage,
    () => cursorsIn(snapshots.list()),
    Date.now,
    (error) => log({ event: 'failure', route: 'upkeep', what: placeOf(error) }),
  )
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    async stop() {
      isStopping = true
      await upkeep.close()
      await live.close()
      const drained = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
      await app.close()
      clearTimeout(drained)
      admission.close()
      await served?.close()
      await snapshots.close()
    },
  }
}

/** Feeds are never shortened beyond what a file stands for. */
const cursorsIn = (list: readonly Snapshot[]) => ({
  brief: list.find(({ scope }) => scope === 'brief')?.cursor ?? null,
  catalogue: list.find(({ scope }) => scope === 'catalogue')?.cursor ?? null,
})

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}
