/** The engine: everything a desk does, without a window. Never imports electron. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Reply } from '../../contract/desk-api.ts'
import type { AnswerOf } from '../../contract/queries.ts'
import type { KeyProtection } from '../../contract/row-shapes.ts'
import { IMPORT_BATCH_MAX } from '../../domain/operations/import-titles.ts'
import type { SummaryOf } from '../../domain/operations/index.ts'
import { recordKinds } from '../../domain/records.ts'
import type { ForkDeviceHost } from '../../devices/device-host-client.ts'
import { createAnnouncer } from './announce.ts'
import type { Announcer } from './announce.ts'
import { createAnswers } from './answers.ts'
import { correctedClock, elapsedOf } from './clock.ts'
import type { Clock } from './clock.ts'
import { createClockWatch } from './clock-watch.ts'
import type { ClockWatch } from './clock-watch.ts'
import { copyDeskOf } from './copy-search/copy-desk.ts'
import { DeskFailure } from './desk-failure.ts'
import { createDiskGuard, diskLimits } from './disk-guard.ts'
import type { DiskGuard, DiskLimits } from './disk-guard.ts'
import { createBatchDesk } from './batch-desk.ts'
import type { BatchDeps } from './batch-desk.ts'
import { createQualityDesk } from './quality-desk.ts'
import { createOfflineDesk } from './offline-desk.ts'
import type { OfflineDeps } from './offline-desk.ts'
import { ifRoom } from './if-room.ts'
import { createExportDesk } from './export-desk.ts'
import { createImportDesk } from './import-desk.ts'
import type { ImportDeps } from './import-desk.ts'
import { createLogCare } from './log-care.ts'
import type { LogCare } from './log-care.ts'
import { perform, recordFact } from './perform.ts'
import type { PerformDeps } from './perform.ts'
import { PadDesk } from './pad-desk.ts'
import { createReaders } from './readers.ts'
import type { ScannerSource } from './readers.ts'
import { catchUp } from './replay.ts'
import { createScanDesk } from './scan-desk.ts'
import { serve } from './serve.ts'
import type { Connection } from './serve.ts'
import { createSessions } from './sessions.ts'
import type { Sessions } from './sessions.ts'
import { createStorageCare } from './storage-care.ts'
import type { StorageCare } from './storage-care.ts'
import { askedAgain } from './storage-healing.ts'
import { closeStores, openStores } from './stores.ts'
import type { Stores } from './stores.ts'
import type { SyncPort } from './sync-port.ts'
import { createVisits } from './visits.ts'
import { canAskCity, cityTeller } from './city-debts.ts'
import { createLeaseTender, tendOn } from './top-up-leases.ts'

export interface EngineOptions {
  /** Folder of the databases. */
  readonly home: string
  /** Folder of the outbox's mirror and backups; by default in `home`. */
  readonly journalFolder?: string
  /** What is left on the disk; null where the system does not say. By default it is asked. */
  readonly freeBytes?: () => number | null
  readonly diskLimits?: DiskLimits
  /** 32 bytes, or null for plain files (tests). */
  readonly key: Uint8Array | null
  readonly keyProtection: KeyProtection
  readonly clock: Clock
  readonly scanner: ScannerSource
  readonly forkDeviceHost: ForkDeviceHost | null
  /** Names this run of the shell: a session survives the engine, not the shell. */
  readonly shellId: string
  readonly version: string
  readonly sampleAccounts: AnswerOf<'session'>['sampleAccounts']
  /** Starts synchronisation over the opened stores. */
  readonly startSync: (
    stores: Stores,
    announcer: Announcer,
    clock: Clock,
    disk: Pick<DiskGuard, 'level'>,
  ) => SyncPort
}

export interface Engine {
  readonly connect: (send: (reply: Reply) => void) => Connection
  readonly stores: Stores
  readonly sync: SyncPort
  readonly care: StorageCare
  readonly close: () => Promise<void>
}

const noteStart = ({ outbox }: Stores, { clock, version, keyProtection }: EngineOptions): void =>
  outbox.audit({
    at: clock.now(),
    staffId: null,
    action: 'engine-started',
    subject: version,
    result: `key-in-${keyProtection}`,
  })

/** How often the search index is merged in idle time, and for how long at most. */
const IDLE_EVERY_MS = 250
const IDLE_BUDGET_MS = 10
const CARE_EVERY_MS = 1_000

/** What the city has just measured is to be believed again. */
function measureWith(announcer: Announcer, sync: SyncPort, clockWatch: ClockWatch): void {
  let count = 0
  announcer.listen((topic) => {
    if (topic !== 'sync-status' || sync.measurementsCount() === count) return
    count = sync.measurementsCount()
    ifRoom(() => clockWatch.measured())
  })
}

/** What the rows show again after a file was begun anew: everything, with the unsent on top. */
function refillAfterRebuild(
  stores: Stores,
  announcer: Announcer,
  sync: SyncPort,
  isClosed: () => boolean,
): void {
  stores.storage.onRebuilt(() => {
    // Not within the call that met the damage: that one is asked again first.
    setImmediate(() => {
      if (isClosed()) return
      ifRoom(() => askedAgain(() => catchUp(stores)))
      announcer.announce('changed', { kinds: [...recordKinds], ids: [], operations: true })
      sync.poke()
    })
  })
}

function storesOf({ home, key, clock, journalFolder }: EngineOptions): Stores {
  const mirrored = journalFolder === undefined ? {} : { journalFolder }
  return openStores(home, key, { now: clock.now, ...mirrored })
}

function watchesOf(
  { home, clock, diskLimits: limits = diskLimits, freeBytes }: EngineOptions,
  { outbox }: Stores,
): { readonly clockWatch: ClockWatch; readonly disk: DiskGuard } {
  const asked = freeBytes === undefined ? {} : { freeBytes }
  return {
    clockWatch: createClockWatch(outbox, clock, elapsedOf(clock)),
    disk: createDiskGuard({ home, clock, limits, ...asked }),
  }
}

/** Takes batches of an import as whoever is signed in now. Throws DeskFailure. */
function submitterOf(
  performDeps: PerformDeps,
  sessions: Sessions,
  disk: DiskGuard,
): ReturnType<ImportDeps['submitAs']> {
  const performer = sessions.performer()
  if (performer === null) throw new DeskFailure('not-signed-in', '')
  disk.assertRoomToSpare()
  return (records, source, requestId) => {
    disk.assertRoomToSpare()
    const request = {
      requestId,
      kind: 'title.import',
      payload: { source, records: records.slice(0, IMPORT_BATCH_MAX) },
      overrides: [],
      isDryRun: false,
    }
    return perform(performDeps, performer, request, []).summary as SummaryOf<'title.import'>
  }
}

/** Files from and for a screen, records to import and to keep, what other systems' desks wrote; and other catalogues. */
function cataloguingDesks(
  home: string,
  deps: PerformDeps & { readonly stores: Stores },
  sessions: Sessions,
  disk: DiskGuard,
  sync: SyncPort,
) {
  const imports = createImportDesk({
    ...deps,
    folder: join(home, 'incoming'),
    submitAs: () => submitterOf(deps, sessions, disk),
  })
  const exports = createExportDesk({
    ...deps,
    catalogue: deps.stores.catalogue,
    folder: join(home, 'outgoing'),
  })
  const batches = createBatchDesk({
    ...deps,
    folder: join(home, 'batches'),
    actAs: actsBy(deps, sessions, disk),
  })
  const offline = createOfflineDesk({ ...deps, factAs: factsBy(deps, sessions) })
  const quality = createQualityDesk({ ...deps, home })
  const copying = copyDeskOf({ ...deps, sync })
  const close = (): void => {
    for (const desk of [imports, exports, offline, batches, quality, copying]) desk.close()
  }
  return { imports, exports, offline, batches, quality, copying, close }
}

/** Records facts as whoever was signed in when it began. Throws DeskFailure. */
const factsBy =
  (performDeps: PerformDeps, sessions: Sessions): OfflineDeps['factAs'] =>
  () => {
    const performer = sessions.performer()
    if (performer === null) throw new DeskFailure('not-signed-in', '')
    return (request) => recordFact(performDeps, performer, request)
  }

/** Performs as whoever was signed in when it began. Throws DeskFailure. */
const actsBy =
  (performDeps: PerformDeps, sessions: Sessions, disk: DiskGuard): BatchDeps['actAs'] =>
  () => {
    const performer = sessions.performer()
    if (performer === null) throw new DeskFailure('not-signed-in', '')
    return (request) => {
      disk.assertRoomToSpare()
      return perform(performDeps, performer, request, [])
    }
  }

/** Answers the way to stop it. */
function startIdleWork({ catalogue }: Stores, care: StorageCare, logs: LogCare): () => void {
  const resting = setInterval(() => {
    ifRoom(() => catalogue.indexIdle(IDLE_BUDGET_MS))
    logs.tick()
  }, IDLE_EVERY_MS)
  const caring = setInterval(care.tick, CARE_EVERY_MS)
  resting.unref()
  caring.unref()
  return () => {
    clearInterval(resting)
    clearInterval(caring)
    logs.close()
  }
}

interface ScanningDeps {
  readonly announcer: Announcer
  readonly clock: Clock
  readonly stores: Stores
  readonly fork: ForkDeviceHost | null
  readonly sync: SyncPort
}

/** What is scanned and what lies on the pads. */
function scanningOf(source: ScannerSource, { fork, sync, ...deps }: ScanningDeps) {
  const { announcer, clock, stores } = deps
  const scanDesk = createScanDesk(announcer, clock, stores)
  const padDesk = new PadDesk({ ...deps, scanDesk, isOnline: () => canAskCity(sync.status()) })
  const readers = createReaders(source, { announcer, scanDesk, padDesk, fork })
  return { scanDesk, padDesk, readers }
}

export function createEngine(options: EngineOptions): Engine {
  const { clock, home, forkDeviceHost: fork } = options
  const stores = storesOf(options)
  const announcer = createAnnouncer()
  ifRoom(() => askedAgain(() => catchUp(stores)))
  ifRoom(() => noteStart(stores, options))
  const { clockWatch, disk } = watchesOf(options, stores)
  const sync = options.startSync(stores, announcer, clock, disk)
  measureWith(announcer, sync, clockWatch)
  let isClosed = false
  refillAfterRebuild(stores, announcer, sync, () => isClosed)
  const care = createStorageCare({ stores, disk, clockWatch, clock, announcer, sync })
  const logs = createLogCare(stores)
  const cityClock = correctedClock(clock, sync.clockOffsetMs)
  const atDesk = { stores, clock: cityClock, announcer, shellId: options.shellId }
  const sessions = createSessions(atDesk, elapsedOf(clock))
  const scanning = scanningOf(options.scanner, { announcer, clock: cityClock, stores, fork, sync })
  const performDeps: PerformDeps & { readonly stores: Stores } = {
    stores,
    clock,
    announcer,
    bootId: randomUUID(),
    clockOffsetMs: sync.clockOffsetMs,
    // Facts that were lost are of no age at all.
    factsAgeMs: (of) => (stores.storage.essentials.since() === null ? sync.factsAgeMs(of) : null),
    isClockSuspect: () => clockWatch.reading().isSuspect,
    disk,
    visits: createVisits(clock, announcer),
    onAppended: () => {
      logs.wasWritten()
      care.wasBusy()
      sync.poke()
    },
  }
  scanning.padDesk.useCity(cityTeller(performDeps, sessions.performer))
  const tender = createLeaseTender({ performDeps, performer: sessions.performer })
  tendOn(announcer, sync.status, tender, (work) => {
    if (!isClosed && disk.level() !== 'full') ifRoom(work)
  })
  const files = cataloguingDesks(home, performDeps, sessions, disk, sync)
  const answers = createAnswers({
    stores,
    clock: cityClock,
    sessions,
    ...scanning,
    sync,
    care,
    ...files,
    version: options.version,
    keyProtection: options.keyProtection,
    sampleAccounts: options.sampleAccounts,
  })
  const stopIdleWork = startIdleWork(stores, care, logs)

  return {
    connect: (send) => serve({ performDeps, sessions, answers, announcer }, send),
    stores,
    sync,
    care,
    async close() {
      isClosed = true
      stopIdleWork()
      files.close()
      await scanning.readers.close()
      await sync.close()
      care.close()
      await closeStores(stores)
    },
  }
}
