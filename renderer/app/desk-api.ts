/** The questions of contract/queries.ts as RTK Query endpoints over the Desk. */
import { createApi } from '@reduxjs/toolkit/query/react'
import type { BaseQueryFn, EndpointBuilder } from '@reduxjs/toolkit/query/react'
import type { Desk, Failure } from '../../contract/desk-api.ts'
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import { recordKinds } from '../../domain/records.ts'
import type { RecordKind } from '../../domain/records.ts'
import { failureOf } from './desk-failure.ts'

/** What thunks and the base query are given. */
export interface Reach {
  readonly desk: Desk
  readonly play: (tone: Tone) => void
}
export type Tone = 'done' | 'needs-you' | 'stop' | 'noted'

export interface Question {
  readonly query: QueryName
  readonly ask: unknown
}
export interface AskFailure {
  readonly failure: Failure
  readonly detail: string
}

/** The desk's adapter: the only place where a rejected question is caught. */
const askDesk: BaseQueryFn<Question, unknown, AskFailure> = async ({ query, ask }, { extra }) => {
  const { desk } = extra as Reach
  try {
    return { data: (await desk.ask(query, ask)) ?? null }
  } catch (thrown) {
    return { error: failureOf(thrown) }
  }
}

const deskTags = [
  'operation',
  'session',
  'sync',
  'devices',
  'import',
  'offline',
  'batch',
  'quality',
  'copying',
] as const
export type Tag = RecordKind | (typeof deskTags)[number]

export type EnteredScan = Omit<AskOf<'enter-scan'>, 'scanId'>

/** One id for one entry, however often the line has to ask it. */
export const askOfScan = (entered: EnteredScan): AskOf<'enter-scan'> => ({
  ...entered,
  scanId: crypto.randomUUID(),
})

type Build = EndpointBuilder<typeof askDesk, Tag, 'desk'>

/** A question by its name, and a request that makes what it names to be asked again. */
const askedBy = (build: Build) => ({
  ask: <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
    build.query<AnswerOf<Q>, AskOf<Q>>({
      query: (question) => ({ query, ask: question }),
      providesTags: [...tags],
    }),
  request: <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
    build.mutation<AnswerOf<Q>, AskOf<Q>>({
      query: (question) => ({ query, ask: question }),
      invalidatesTags: [...tags],
    }),
})

/** Of other catalogues. */
function copyingEndpoints(build: Build) {
  const { ask, request } = askedBy(build)
  return {
    copyTargets: ask('copy-targets', ['copy-target']),
    fieldProtection: ask('field-protection', ['field-protection']),
    copyFound: ask('copy-found', ['copying']),
    copySearch: request('copy-search', ['copying']),
    copyStop: request('copy-stop', []),
  }
}

export const deskApi = createApi({
  reducerPath: 'desk',
  baseQuery: askDesk,
  tagTypes: [...recordKinds, ...deskTags],
  // The desk is a few microseconds away: what a screen left behind is asked again when it returns.
  keepUnusedDataFor: 30,
  // Waiting until nothing is asked would leave the counts behind while somebody scans fast. What is in the
  // air when the news comes is asked once more (ask-again.ts).
  invalidationBehavior: 'immediately',
  endpoints: (build) => {
    const { ask, request } = askedBy(build)
    return {
      session: ask('session', ['session']),
      syncStatus: ask('sync-status', ['sync']),
      deviceStatus: ask('device-status', ['devices']),
      storageStatus: ask('storage-status', ['devices']),
      policy: ask('policy', ['policy']),
      branches: ask('branches', ['branch', 'library', 'calendar']),
      slips: ask('slips', ['slip-template']),
      readerCard: ask('reader-card', ['reader', 'loan', 'fee', 'item', 'card', 'reader-message']),
      readersById: ask('readers-by-id', ['reader']),
      findDuplicates: ask('find-duplicates', ['reader', 'card']),
      readerHistory: ask('reader-history', ['reader', 'loan']),
      revealReader: request('reveal-reader', []),
      readerLedger: ask('reader-ledger', [
        'reader',
        'ledger-entry',
        'lease',
        'policy',
        'operation',
      ]),
      readerFees: ask('reader-fees', ['fee', 'item', 'till', 'operation']),
      moneyReceipt: ask('money-receipt', ['fee', 'ledger-entry', 'reader', 'item', 'title']),
      drafts: ask('drafts', ['draft']),
      draft: ask('draft', ['draft', 'bib']),
      readings: ask('readings', []),
      headings: ask('headings', ['title', 'bib', 'authority']),
      titleVersions: ask('title-versions', ['draft']),
      tills: ask('tills', ['till', 'ledger-entry']),
      leases: ask('leases', ['lease', 'policy']),
      findReaders: ask('find-readers', ['reader', 'card']),
      itemCard: ask('item-card', ['item', 'loan', 'title']),
      // A scanned row shows the title and nothing that a loan changes: without the tags of loans the
      // rows in sight are not asked for again after each scan.
      itemTitle: ask('item-card', ['title']),
      searchTitles: ask('search-titles', ['title', 'item', 'title-suppression', 'authority']),
      browseTitles: ask('browse-titles', ['title', 'item', 'title-suppression', 'authority']),
      titleCard: ask('title-card', ['title', 'bib', 'item', 'title-suppression']),
      today: ask('today', ['operation']),
      exceptions: ask('exceptions', ['exception']),
      exception: ask('exception', ['exception', 'loan', 'item', 'fee', 'ledger-entry', 'till']),
      transfers: ask('transfers', ['item', 'title']),
      readerHolds: ask('reader-holds', ['hold', 'title', 'branch']),
      holdShelf: ask('hold-shelf', ['hold', 'item', 'reader']),
      pullList: ask('pull-list', ['hold', 'item', 'reader']),
      closureEffect: ask('closure-effect', ['loan', 'calendar']),
      lineEffect: ask('line-effect', ['loan', 'policy']),
      importJobs: ask('import-jobs', ['import']),
      offlineFiles: ask('offline-files', ['offline']),
      ...copyingEndpoints(build),
      signIn: request('sign-in', ['session']),
      signOut: request('sign-out', ['session']),
      pullPlug: request('pull-plug', ['sync']),
      enterScan: build.mutation<AnswerOf<'enter-scan'>, EnteredScan>({
        query: (entered) => ({ query: 'enter-scan', ask: askOfScan(entered) }),
      }),
      virtualScan: request('virtual-scan', []),
      virtualIdCard: request('virtual-id-card', []),
      playCapture: request('play-capture', []),
      importUpload: request('import-upload', []),
      importCancel: request('import-cancel', []),
      offlineRecord: request('offline-record', ['offline']),
      offlineStop: request('offline-stop', []),
    }
  },
})

export const {
  useSessionQuery,
  useSyncStatusQuery,
  useDeviceStatusQuery,
  useStorageStatusQuery,
  usePolicyQuery,
  useBranchesQuery,
  useSlipsQuery,
  useReaderCardQuery,
  useReaderLedgerQuery,
  useReaderFeesQuery,
  useTillsQuery,
  useDraftQuery,
  useLazyReadingsQuery,
  useHeadingsQuery,
  useTitleVersionsQuery,
  useDraftsQuery,
  useLeasesQuery,
  useFindReadersQuery,
  useReadersByIdQuery,
  useFindDuplicatesQuery,
  useLazyFindDuplicatesQuery,
  useReaderHistoryQuery,
  useRevealReaderMutation,
  useItemCardQuery,
  useItemTitleQuery,
  useBrowseTitlesQuery,
  useSearchTitlesQuery,
  useTitleCardQuery,
  useTodayQuery,
  useExceptionsQuery,
  useExceptionQuery,
  useTransfersQuery,
  useReaderHoldsQuery,
  useHoldShelfQuery,
  usePullListQuery,
  useClosureEffectQuery,
  useLineEffectQuery,
  useImportJobsQuery,
  useSignInMutation,
  useSignOutMutation,
  usePullPlugMutation,
  useEnterScanMutation,
  useVirtualScanMutation,
  useVirtualIdCardMutation,
  usePlayCaptureMutation,
  useImportUploadMutation,
  useImportCancelMutation,
  useOfflineFilesQuery,
  useOfflineRecordMutation,
  useOfflineStopMutation,
  useCopyTargetsQuery,
  useFieldProtectionQuery,
  useCopyFoundQuery,
  useCopySearchMutation,
  useCopyStopMutation,
} = deskApi
