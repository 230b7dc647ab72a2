/** The desk without a window: what `citydesk …` and tests stand on. */
import { randomUUID } from 'node:crypto'
import type { PerformRequest, Receipt } from '../../contract/desk-api.ts'
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import { put } from '../../domain/change.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import type { SummaryOf } from '../../domain/operations/index.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import { Branch, Calendar, Library } from '../../domain/records.ts'
import { openExceptionsCount } from '../../db/queries/exceptions.ts'
import type { DeskIdentity } from '../../db/outbox/outbox.ts'
import { createAnnouncer } from './announce.ts'
import type { Announcer } from './announce.ts'
import { createAnswers } from './answers.ts'
import type { Answers } from './answers.ts'
import { correctedClock, elapsedOf, systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { createClockWatch } from './clock-watch.ts'
import { openDeskClock } from './desk-clock.ts'
import { copyDeskOf } from './copy-search/copy-desk.ts'
import { createDiskGuard } from './disk-guard.ts'
import type { Frozen } from './frozen.ts'
import { createLogCare } from './log-care.ts'
import { perform, recordFact } from './perform.ts'
import type { PerformDeps, Performer } from './perform.ts'
import type { ExportDesk } from './export-desk.ts'
import type { ImportDesk } from './import-desk.ts'
import { noBatchDesk } from './batch-desk.ts'
import { noQualityDesk } from './quality-desk.ts'
import { noOfflineDesk } from './offline-desk.ts'
import { PadDesk } from './pad-desk.ts'
import { noReaders } from './readers.ts'
import { catchUp } from './replay.ts'
import { createScanDesk } from './scan-desk.ts'
import { createSessions } from './sessions.ts'
import { createStorageCare } from './storage-care.ts'
import { closeStores, openStores } from './stores.ts'
import type { Stores, StoresOptions } from './stores.ts'
import type { SyncPort } from './sync-port.ts'

/** Who acts on the command line; not a person, so no override of the server's holds. */
const COMMAND_LINE = 'command-line'
const LOCAL_BRANCH = 'local'

const noImports: ImportDesk = {
  upload: () => Promise.reject(new Error('the command line imports files itself')),
  cancel: () => undefined,
  jobs: () => [],
  close: () => undefined,
}

const noExports: ExportDesk = {
  start: () => {
    throw new Error('the command line exports files itself')
  },
  cancel: () => undefined,
  piece: () => Promise.resolve(null),
  jobs: () => [],
  close: () => undefined,
}

const nothingBehindScreens = {
  imports: noImports,
  exports: noExports,
  offline: noOfflineDesk,
  batches: noBatchDesk,
  quality: noQualityDesk,
} as const

/** Without a `requestId` the request is one of its own. */
type HeadlessRequest = Omit<PerformRequest, 'requestId'> & { readonly requestId?: string }

export interface Headless {
  readonly stores: Stores
  readonly perform: (request: HeadlessRequest) => Receipt
  /** A fact that nobody can be asked about: recorded whatever rule it broke. */
  readonly recordFact: (request: Omit<PerformRequest, 'overrides'>) => Receipt
  /** Asks as the branch head would; names and shapes of contract/queries.ts. */
  readonly ask: <Q extends QueryName>(query: Q, ask: AskOf<Q>) => Promise<Frozen<AnswerOf<Q>>>
  /** `requestId`: what is asked for again under it is answered and not done again. */
  readonly submitImport: (
    records: readonly ImportedRecord[],
    source: string,
    requestId?: string,
  ) => SummaryOf<'title.import'>
  readonly close: () => Promise<void>
}

/**
 * Opens `home`; one that nobody enrolled becomes a desk of its own, with an empty city of one
 * branch and the default policy. Throws StorageFailure.
 */
export function openHeadless(
  home: string,
  key: Uint8Array | null,
  clock: Clock = systemClock,
  options: StoresOptions = {},
): Headless {
  const stores = openOwnStores(home, key, { now: clock.now, ...options })
  const performer: Performer = {
    staffId: COMMAND_LINE,
    role: 'branch-head',
    branchId: stores.outbox.identity()?.branchId ?? LOCAL_BRANCH,
  }
  const announcer = createAnnouncer()
  const sync = noSync(stores, clock)
  const cityClock = correctedClock(clock, sync.clockOffsetMs)
  const logs = createLogCare(stores)
  const disk = createDiskGuard({ home, clock })
  const clockWatch = createClockWatch(stores.outbox, clock, elapsedOf(clock))
  const deps: PerformDeps = {
    stores,
    clock,
    announcer,
    bootId: randomUUID(),
    clockOffsetMs: sync.clockOffsetMs,
    factsAgeMs: () => null,
    isClockSuspect: () => clockWatch.reading().isSuspect,
    disk,
    onAppended: logs.wasWritten,
  }
  const atDesk = { stores, clock: cityClock, announcer, shellId: randomUUID() }
  const copying = copyDeskOf({ stores, announcer, clock, sync })
  const answers: Answers = createAnswers({
    stores,
    clock: cityClock,
    sessions: createSessions(atDesk, elapsedOf(clock)),
    ...noDevices(announcer, cityClock, stores),
    sync,
    care: createStorageCare({ stores, disk, clockWatch, clock, announcer, sync }),
    ...nothingBehindScreens,
    copying,
    version: '',
    keyProtection: 'file',
    sampleAccounts: [],
  })
  const act = (request: HeadlessRequest): Receipt =>
    perform(
      deps,
      performer,
      { ...request, requestId: request.requestId ?? randomUUID() },
      request.overrides.map(({ code, reason }) => ({ code, reason, approvedBy: null })),
    )
  return {
    stores,
    perform: act,
    recordFact: (request) => recordFact(deps, performer, request),
    ask: async (query, ask) => answers[query](ask),
    submitImport(records, source, requestId = randomUUID()) {
      const payload = { source, records: [...records] }
      const asked = { kind: 'title.import', payload, overrides: [], isDryRun: false, requestId }
      const receipt = act(asked)
      return receipt.summary as SummaryOf<'title.import'>
    },
    close: () => {
      copying.close()
      logs.close()
      return closeStores(stores)
    },
  }
}

/** Nothing is plugged into the command line. */
function noDevices(announcer: Announcer, clock: Clock, stores: Stores) {
  const scanDesk = createScanDesk(announcer, clock, stores)
  const padDesk = new PadDesk({ announcer, scanDesk, clock, stores, isOnline: () => true })
  return { scanDesk, padDesk, readers: noReaders }
}

function openOwnStores(home: string, key: Uint8Array | null, options: StoresOptions): Stores {
  const stores = openStores(home, key, options)
  if (stores.outbox.identity() === null) stores.outbox.saveIdentity(localIdentity())
  const isLocal = (stores.outbox.identity()?.serverUrl ?? null) === null
  // Nobody can send a lost replica again to a desk of its own: its city is founded anew, and its
  // operations, none of which is ever settled, fill it.
  if (isLocal && stores.replica.row('policy', 'city') === null) foundLocalCity(stores)
  catchUp(stores)
  return stores
}

/** Nobody speaks to a city here; what was measured before still corrects the clock. */
export function noSync(stores: Stores, clock: Clock = systemClock): SyncPort {
  const { offsetMs } = openDeskClock(stores.outbox, clock)
  const isOwn = (): boolean => (stores.outbox.identity()?.serverUrl ?? null) === null
  return {
    status: () => ({
      connection: isOwn() ? 'not-enrolled' : 'offline',
      reason: null,
      pendingCount: stores.outbox.pendingCount(),
      lastPullAt: null,
      factsAgeMs: null,
      agesMs: { branch: null, brief: null, catalogue: null },
      openExceptionsCount: openExceptionsCount(stores.replica.rows),
      isFilling: false,
      clockOffsetMs: offsetMs(),
    }),
    poke: () => undefined,
    setUnplugged: () => undefined,
    clockOffsetMs: offsetMs,
    measurementsCount: () => 0,
    factsAgeMs: () => null,
    close: () => Promise.resolve(),
  }
}

function foundLocalCity({ replica }: Stores): void {
  const library = Library.parse({
    id: 'local',
    nameZh: '本馆',
    nameEn: 'This library',
    district: '',
    sorterBins: [],
  })
  const branch = Branch.parse({
    id: LOCAL_BRANCH,
    libraryId: 'local',
    nameZh: '本馆',
    nameEn: 'This library',
    calendarId: 'local',
    kind: 'library',
    servedByBranchId: null,
  })
  const calendar = Calendar.parse({
    id: 'local',
    openWeekdays: [1, 2, 3, 4, 5, 6, 7],
    hours: [],
    closedOn: [],
    closedWhy: [],
  })
  replica.applyPage({
    entries: [
      {
        scope: 'city',
        number: 1,
        changes: [
          put('library', library),
          put('branch', branch),
          put('calendar', calendar),
          put('policy', shenzhenPolicy),
        ],
      },
    ],
    settled: [],
    redecide: () => [],
  })
}

const localIdentity = (): DeskIdentity => ({
  deviceId: `local-${randomUUID().slice(0, 8)}`,
  epoch: 1,
  branchId: LOCAL_BRANCH,
  libraryId: 'local',
  deskName: 'local',
  isSampleCity: false,
  serverUrl: null,
  serverEpoch: null,
})
