/** Topics of the engine → state of the screens. */
import type { Desk } from '../../contract/desk-api.ts'
import type { TopicName, TopicNews } from '../../contract/topics.ts'
import type { Line } from './browser-transport.ts'
import { askAgain } from './ask-again.ts'
import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'
import { exportApi } from './export-api.ts'
import { listenToQuality } from './listen-to-quality.ts'
import { padApi } from './pad-api.ts'
import { idCardHeard, lineChanged, noticeShown, scanQueueChanged, signedOut } from './desk-state.ts'
import type { ScanFeed, ScanHolds } from './scan-feed.ts'
import type { Store } from './store.ts'

const everyTag: readonly Tag[] = [
  'session',
  'reader',
  'loan',
  'fee',
  'ledger-entry',
  'lease',
  'item',
  'title',
  'bib',
  'branch',
  'library',
  'policy',
  'exception',
  'draft',
  'subscription',
  'serial-issue',
  'operation',
  'sync',
  'devices',
  'import',
  'offline',
  'batch',
  'quality',
  'copy-target',
  'field-protection',
  'copying',
]

interface Listening {
  readonly line: Line
  readonly store: Store
  readonly feed: ScanFeed
  readonly holds: ScanHolds
}

const withNewest = <J extends { readonly jobId: string }>(jobs: readonly J[], news: J): J[] => [
  news,
  ...jobs.filter(({ jobId }) => jobId !== news.jobId),
]

export function listen({ line, store, feed, holds }: Listening): void {
  const { desk } = line
  const { dispatch } = store
  const on = <T extends TopicName>(topic: T, tell: (news: TopicNews<T>) => void) =>
    desk.watch(topic, (news) => tell(news as TopicNews<T>))

  on('scan', (scan) => {
    const { kind, holder, idNumberHash } = scan
    if (kind === 'id-card') {
      const isRead = holder !== null && idNumberHash !== null
      dispatch(idCardHeard(isRead ? { idNumberHash, ...holder } : null))
    }
    feed.publish(scan)
  })
  on('scan-queue', (news) => {
    const { dropped } = store.getState().deskState.scanQueue
    dispatch(scanQueueChanged(news))
    if (news.dropped > dropped) {
      dispatch(noticeShown({ key: 'scans-dropped', text: String(news.dropped - dropped) }))
    }
  })
  on('changed', ({ kinds, operations }) => {
    askAgain(store, operations ? [...kinds, 'operation'] : kinds)
  })
  on('sync-status', (news) => {
    void dispatch(deskApi.util.upsertQueryData('syncStatus', {}, news))
    // Before its first pull a desk does not know the name of its own branch.
    const { data: session } = deskApi.endpoints.session.select({})(store.getState())
    if (session?.branch === null && news.lastPullAt !== null) {
      dispatch(deskApi.util.invalidateTags(['session']))
    }
  })
  on('device-status', (news) => {
    void dispatch(deskApi.util.upsertQueryData('deviceStatus', {}, news))
  })
  on('pad-status', (news) => {
    void dispatch(padApi.util.upsertQueryData('padStatus', {}, news))
  })
  on('storage-status', (news) => {
    void dispatch(deskApi.util.upsertQueryData('storageStatus', {}, news))
  })
  on('import-progress', (news) => {
    dispatch(deskApi.util.updateQueryData('importJobs', {}, (jobs) => withNewest(jobs, news)))
  })
  on('export-progress', (news) => {
    dispatch(exportApi.util.updateQueryData('exportJobs', {}, (jobs) => withNewest(jobs, news)))
  })
  on('offline-progress', (news) => {
    const { data: files } = deskApi.endpoints.offlineFiles.select({})(store.getState())
    const known = files?.find(({ fileId }) => fileId === news.fileId)
    // The counts and rows of a new state are asked for; how far it is, is told.
    if (known?.state !== news.state) dispatch(deskApi.util.invalidateTags(['offline']))
    else {
      dispatch(
        deskApi.util.updateQueryData('offlineFiles', {}, (all) =>
          all.map((file) => (file.fileId === news.fileId ? { ...file, ...news } : file)),
        ),
      )
    }
  })
  on('copy-progress', () => {
    dispatch(deskApi.util.invalidateTags(['copying']))
  })
  on('session', ({ isSignedIn }) => {
    if (!isSignedIn) {
      dispatch(signedOut())
      dispatch(deskApi.util.resetApiState())
    }
    dispatch(deskApi.util.invalidateTags(['session']))
  })
  listenToQuality(desk, dispatch)
  followLine({ line, store, feed, holds })
}

/** After a break nothing on the screen is trusted: everything is asked again, holds are told again. */
function followLine({ line, store, holds }: Listening): void {
  line.onState((state) => {
    const before = store.getState().deskState.line
    store.dispatch(lineChanged(state))
    if (state !== 'connected' || before !== 'reconnecting') return
    store.dispatch(deskApi.util.invalidateTags([...everyTag]))
    if (holds.isHeld()) tellHeld(line.desk, true)
  })
}

export function tellHeld(desk: Desk, isHeld: boolean): void {
  // Before sign-in, or while the engine is away, there is no queue to hold; the next break tells again.
  desk.ask('hold-scans', { isHeld }).catch(() => undefined)
}
