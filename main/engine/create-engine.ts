/** The engine: everything a desk does, without a window. Never imports electron. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Reply } from '../../contract/desk-api.ts'
import type { AnswerOf, KeyProtection } from '../../contract/queries.ts'
import { IMPORT_BATCH_MAX } from '../../domain/operations/import-titles.ts'
import type { SummaryOf } from '../../domain/operations/index.ts'
import { StorageFailure } from '../../db/open.ts'
import type { ForkDeviceHost } from '../../devices/device-host-client.ts'
import { createAnnouncer } from './announce.ts'
import type { Announcer } from './announce.ts'
import { createAnswers } from './answers.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import { createImportDesk } from './import-desk.ts'
import { perform } from './perform.ts'
import type { PerformDeps } from './perform.ts'
import { createReaders } from './readers.ts'
import type { ScannerSource } from './readers.ts'
import { catchUp } from './replay.ts'
import { createScanDesk } from './scan-desk.ts'
import { serve } from './serve.ts'
import type { Connection } from './serve.ts'
import { createSessions } from './sessions.ts'
import { closeStores, openStores } from './stores.ts'
import type { Stores } from './stores.ts'
import type { SyncPort } from './sync-port.ts'

export interface EngineOptions {
  /** Folder of the databases. */
  readonly home: string
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
  readonly startSync: (stores: Stores, announcer: Announcer, clock: Clock) => SyncPort
}

export interface Engine {
  readonly connect: (send: (reply: Reply) => void) => Connection
  readonly stores: Stores
  readonly sync: SyncPort
  readonly close: () => Promise<void>
}

/** On a full disk the desk opens all the same: its lists can be read, and it says why it stops. */
function ifRoom(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof StorageFailure && error.code === 'disk-full')) throw error
  }
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

export function createEngine(options: EngineOptions): Engine {
  const { clock } = options
  const stores = openStores(options.home, options.key)
  const announcer = createAnnouncer()
  ifRoom(() => catchUp(stores))
  ifRoom(() => noteStart(stores, options))
  const sync = options.startSync(stores, announcer, clock)
  const sessions = createSessions({ stores, clock, announcer, shellId: options.shellId })
  const scanDesk = createScanDesk(announcer, clock)
  const readers = createReaders(options.scanner, {
    announcer,
    scanDesk,
    fork: options.forkDeviceHost,
  })
  const performDeps: PerformDeps = {
    stores,
    clock,
    announcer,
    bootId: randomUUID(),
    clockOffsetMs: sync.clockOffsetMs,
    factsAgeMs: sync.factsAgeMs,
    onAppended: sync.poke,
  }
  const imports = createImportDesk({
    folder: join(options.home, 'incoming'),
    clock,
    announcer,
    submitAs: () => {
      const performer = sessions.performer()
      if (performer === null) throw new DeskFailure('not-signed-in', '')
      return (records, source) => {
        const payload = { source, records: records.slice(0, IMPORT_BATCH_MAX) }
        const request = {
          requestId: randomUUID(),
          kind: 'title.import',
          payload,
          overrides: [],
          isDryRun: false,
        }
        return perform(performDeps, performer, request, []).summary as SummaryOf<'title.import'>
      }
    },
  })
  const answers = createAnswers({
    stores,
    clock,
    sessions,
    scanDesk,
    readers,
    sync,
    imports,
    version: options.version,
    keyProtection: options.keyProtection,
    sampleAccounts: options.sampleAccounts,
  })
  const idle = setInterval(() => stores.catalogue.indexIdle(IDLE_BUDGET_MS), IDLE_EVERY_MS)
  idle.unref()

  return {
    connect: (send) => serve({ performDeps, sessions, answers, announcer }, send),
    stores,
    sync,
    async close() {
      clearInterval(idle)
      imports.close()
      await readers.close()
      await sync.close()
      await closeStores(stores)
    },
  }
}
