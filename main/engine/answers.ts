/** One answer per question of contract/queries.ts; a missing one does not compile. */
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import type { KeyProtection } from '../../contract/row-shapes.ts'
import { branches } from '../../db/queries/branches.ts'
import { editorAnswers } from './editor-answers.ts'
import { cataloguerQuality } from '../../db/queries/cataloguer-quality.ts'
import { copyTargets, fieldProtection } from '../../db/queries/copying.ts'
import { draft, drafts } from '../../db/queries/drafts.ts'
import { serialScan, serials, subscription } from '../../db/queries/serials.ts'
import { closureEffect } from '../../db/queries/closure-effect.ts'
import { lineEffect } from '../../db/queries/line-effect.ts'
import { exception } from '../../db/queries/exception.ts'
import { exceptions } from '../../db/queries/exceptions.ts'
import { findDuplicates } from '../../db/queries/find-duplicates.ts'
import { findReaders } from '../../db/queries/find-readers.ts'
import { holdShelf } from '../../db/queries/hold-shelf.ts'
import { itemCard } from '../../db/queries/item-card.ts'
import { leases } from '../../db/queries/leases.ts'
import { moneyReceipt } from '../../db/queries/money-receipt.ts'
import { policy } from '../../db/queries/policy.ts'
import { pullList } from '../../db/queries/pull-list.ts'
import { readerCard } from '../../db/queries/reader-card.ts'
import { readerFees } from '../../db/queries/reader-fees.ts'
import { readerHistory } from '../../db/queries/reader-history.ts'
import { readerHolds } from '../../db/queries/reader-holds.ts'
import { readerLedger } from '../../db/queries/reader-ledger.ts'
import { transfers } from '../../db/queries/transfers.ts'
import { readersById } from '../../db/queries/readers-by-id.ts'
import { revealReader } from '../../db/queries/reveal-reader.ts'
import { slips } from '../../db/queries/slips.ts'
import { tills } from '../../db/queries/tills.ts'
import { browseTitles } from './browse-titles.ts'
import { duplicateTitles } from './duplicate-titles.ts'
import { titleCard } from '../../db/queries/title-card.ts'
import { today } from '../../db/queries/today.ts'
import { mayDo, permissionsByRole } from '../../domain/policy/roles.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { Clock } from './clock.ts'
import type { CopyDesk } from './copy-search/copy-desk.ts'
import { DeskFailure } from './desk-failure.ts'
import type { BatchDesk } from './batch-desk.ts'
import { surveyAnswers } from './survey-answers.ts'
import type { SurveyQuery } from './survey-answers.ts'
import type { Frozen } from './frozen.ts'
import type { OfflineDesk } from './offline-desk.ts'
import type { QualityDesk } from './quality-desk.ts'
import type { ExportDesk } from './export-desk.ts'
import type { ImportDesk } from './import-desk.ts'
import { receiptOf } from './perform.ts'
import { padAnswers } from './pad-answers.ts'
import type { PadDesk } from './pad-desk.ts'
import type { Readers } from './readers.ts'
import type { ScanDesk } from './scan-desk.ts'
import { searchTitles } from './search-titles.ts'
import { shelfAnswers } from './shelf-answers.ts'
import type { Sessions } from './sessions.ts'
import type { StorageCare } from './storage-care.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import type { Stores } from './stores.ts'
import type { SyncPort } from './sync-port.ts'

export type Answers = {
  readonly [Q in QueryName]: (ask: AskOf<Q>) => Frozen<AnswerOf<Q>> | Promise<Frozen<AnswerOf<Q>>>
}

export interface AnswerDeps {
  readonly stores: Stores
  readonly clock: Clock
  readonly sessions: Sessions
  readonly scanDesk: ScanDesk
  readonly padDesk: PadDesk
  readonly readers: Readers
  readonly sync: SyncPort
  readonly care: Pick<StorageCare, 'status'>
  readonly imports: ImportDesk
  readonly exports: ExportDesk
  readonly offline: OfflineDesk
  readonly batches: BatchDesk
  readonly quality: QualityDesk
  readonly copying: CopyDesk
  readonly version: string
  readonly keyProtection: KeyProtection
  readonly sampleAccounts: AnswerOf<'session'>['sampleAccounts']
}

export function createAnswers(deps: AnswerDeps): Answers {
  const { stores, clock, sessions, scanDesk, readers, sync } = deps
  const now = () => ({ at: clock.now(), today: dateAt(clock.now()) })
  return {
    session: () => sessionAnswer(deps),
    'sign-in': ({ username, password }) => sessions.signIn(username, password),
    'sign-out': () => {
      sessions.signOut()
      return {}
    },
    'sync-status': () => sync.status(),
    'device-status': () => readers.status(),
    policy: () => policy(stores, {}, now()),
    branches: () => branches(stores, {}, now()),
    slips: () => slips(stores, {}, now()),
    'reader-card': (ask) => readerCard(stores, ask, now()),
    'reader-ledger': (ask) => readerLedger(stores, ask, now()),
    'reader-fees': (ask) => readerFees(stores, ask, now()),
    'money-receipt': (ask) => moneyReceipt(stores, ask, now()),
    tills: (ask) => tills(stores, ask, now()),
    leases: (ask) => leases(stores, ask, now()),
    'find-readers': (ask) => findReaders(stores, ask, now()),
    'readers-by-id': (ask) => readersById(stores, ask, now()),
    'find-duplicates': (ask) => findDuplicates(stores, ask, now()),
    'reader-history': (ask) => readerHistory(stores, ask, now()),
    'reveal-reader': (ask) => revealReader(stores, ask, now()),
    'item-card': (ask) => itemCard(stores, ask, now()),
    transfers: (ask) => transfers(stores, ask, now(), sessionAnswer(deps).branch?.id ?? null),
    'search-titles': (ask) => searchTitles(stores, ask, now()),
    'browse-titles': (ask) => browseTitles(stores, ask, sessionAnswer(deps).branch, now()),
    today: (ask) => todayFor(sessions, stores, ask, now()),
    exceptions: (ask) => exceptions(stores, ask, now()),
    exception: (ask) => exception(stores, ask, now()),
    receipt: ({ requestId }) => {
      const stored = stores.outbox.byRequestId(requestId)
      return stored === null ? null : { receipt: receiptOf(stored) }
    },
    'hold-scans': ({ isHeld }) => {
      scanDesk.hold(isHeld)
      return {}
    },
    'enter-scan': ({ text, source, scanId }) => {
      scanDesk.take({ text, source, aim: null, scanId })
      return {}
    },
    ...virtualAnswers(readers),
    'pull-plug': ({ isUnplugged }) => {
      if (stores.outbox.identity()?.isSampleCity !== true) {
        throw new DeskFailure('not-allowed', 'sample city only')
      }
      sync.setUnplugged(isUnplugged)
      return sync.status()
    },
    ...recordAnswers(deps, now),
    'title-card': (ask) => titleCard(stores, ask, now()),
    ...listAnswers(stores, now),
    ...padAnswers(deps),
    'storage-status': () => deps.care.status(),
    ...fileAnswers(deps),
  }
}

type VirtualQuery = 'virtual-scan' | 'virtual-id-card' | 'play-capture'

/** Devices without hardware: of the sample city. */
const virtualAnswers = (readers: Readers): Pick<Answers, VirtualQuery> => ({
  'virtual-scan': ({ text, aim }) => {
    if (!readers.virtualScan(text, aim)) throw new DeskFailure('bad-request', 'no virtual scanner')
    return {}
  },
  'virtual-id-card': (card) => {
    if (!readers.virtualIdCard({ kind: 'resident', ...card }))
      throw new DeskFailure('bad-request', 'no virtual card reader')
    return {}
  },
  'play-capture': ({ name }) => {
    if (!readers.play(name)) throw new DeskFailure('bad-request', 'no such recording')
    return {}
  },
})

type RecordQuery = 'drafts' | 'draft' | 'serials' | 'serial-scan' | 'subscription'

/** Of the cataloguing room; of serials, those of the branch that one works at. */
function recordAnswers(deps: AnswerDeps, now: Now): Pick<Answers, RecordQuery> {
  const { stores } = deps
  const here = () => sessionAnswer(deps).branch?.id ?? null
  return {
    drafts: () => drafts(stores, {}, now()),
    draft: (ask) => draft(stores, ask, now()),
    serials: (ask) => serials(stores, ask, now(), here()),
    'serial-scan': (ask) => serialScan(stores, ask, now(), here()),
    subscription: (ask) => subscription(stores, ask, now()),
  }
}

const listAnswers = (stores: Stores, now: Now) => ({
  ...holdAnswers(stores, now),
  ...qualityAnswers(stores, now),
  ...shelfAnswers(stores, now),
  ...editorAnswers(stores, now),
})

type Now = () => { readonly at: number; readonly today: CalendarDate }

type HoldQuery = 'reader-holds' | 'hold-shelf' | 'pull-list'

/** Of holds, and of what a change of the rules would do. */
function holdAnswers(
  stores: Stores,
  now: Now,
): Pick<Answers, HoldQuery | 'closure-effect' | 'line-effect'> {
  return {
    'closure-effect': (ask) => closureEffect(stores, ask, now()),
    'line-effect': (ask) => lineEffect(stores, ask, now()),
    'reader-holds': (ask) => readerHolds(stores, ask, now()),
    'hold-shelf': (ask) => holdShelf(stores, ask, now()),
    'pull-list': (ask) => pullList(stores, ask, now()),
  }
}
type QualityQuery = 'duplicate-titles' | 'cataloguer-quality'

const qualityAnswers = (stores: Stores, now: Now): Pick<Answers, QualityQuery> => ({
  'duplicate-titles': (ask) => duplicateTitles(stores, ask, now()),
  'cataloguer-quality': (ask) => cataloguerQuality(stores, ask, now()),
})

type CopyQuery = Extract<QueryName, `copy-${string}` | 'field-protection'>
type FileAnswers = Pick<
  Answers,
  | Extract<QueryName, `import-${string}` | `export-${string}` | `offline-${string}`>
  | CopyQuery
  | SurveyQuery
>

/** Files from and for a screen, other catalogues, and work that goes on behind a screen. */
const fileAnswers = (deps: AnswerDeps): FileAnswers => ({
  ...surveyAnswers(deps),
  ...fileAnswersOf(deps),
})

type OfFiles = Omit<FileAnswers, SurveyQuery>
const fileAnswersOf = ({ imports, exports, offline, copying, stores }: AnswerDeps): OfFiles => ({
  'import-upload': (ask) => imports.upload(ask),
  'import-cancel': ({ jobId }) => {
    imports.cancel(jobId)
    return {}
  },
  'import-jobs': () => imports.jobs(),
  'export-start': (ask) => {
    exports.start(ask)
    return {}
  },
  'export-cancel': ({ jobId }) => {
    exports.cancel(jobId)
    return {}
  },
  'export-piece': (ask) => exports.piece(ask),
  'export-jobs': () => exports.jobs(),
  'offline-upload': (ask) => offline.upload(ask),
  'offline-record': ({ fileId }) => {
    offline.record(fileId)
    return {}
  },
  'offline-stop': ({ fileId }) => {
    offline.stop(fileId)
    return {}
  },
  'offline-files': () => offline.files(),
  'copy-targets': () => copyTargets(stores),
  'field-protection': () => fieldProtection(stores),
  'copy-search': (ask) => copying.search(ask),
  'copy-stop': ({ searchId }) => {
    copying.stop(searchId)
    return {}
  },
  'copy-found': ({ searchId }) => copying.found(searchId),
})

function todayFor(sessions: Sessions, stores: Stores, ask: AskOf<'today'>, asked: AskedAt) {
  const areReadersHidden = hidesReaders(sessions)
  const list = today(stores, { ...ask, areReadersHidden }, asked)
  return areReadersHidden ? withoutReaders(list) : list
}

/** Today's list is open to everyone; whom an operation was about is not. */
function hidesReaders(sessions: Sessions): boolean {
  const role = sessions.staff()?.role
  // The command line asks without a session.
  return role !== undefined && !mayDo(role, 'see-readers')
}

function withoutReaders(list: Frozen<AnswerOf<'today'>>) {
  return {
    ...list,
    rows: list.rows.map((row) =>
      row.reader === null ? row : { ...row, reader: null, findings: [], summary: null },
    ),
  }
}

function sessionAnswer(deps: AnswerDeps) {
  const { stores, sessions, readers, version, keyProtection, sampleAccounts } = deps
  const staff = sessions.staff()
  const identity = stores.outbox.identity()
  const branch = identity === null ? null : stores.replica.row('branch', identity.branchId)
  const isSampleCity = identity?.isSampleCity ?? false
  return {
    staff:
      staff === null
        ? null
        : {
            id: staff.id as string,
            name: staff.name,
            username: staff.username,
            role: staff.role,
            permissions: [...permissionsByRole[staff.role]],
          },
    branch,
    library: branch === null ? null : stores.replica.row('library', branch.libraryId),
    deskName: identity?.deskName ?? '',
    deviceId: identity?.deviceId ?? null,
    isSampleCity,
    sampleAccounts: isSampleCity ? sampleAccounts : [],
    hasVirtualScanner: readers.isVirtual,
    keyProtection,
    version,
  }
}
