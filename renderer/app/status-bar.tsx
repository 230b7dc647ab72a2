import {
  ApiOutlined,
  CloudOutlined,
  DisconnectOutlined,
  ExclamationCircleOutlined,
  HistoryOutlined,
  ScanOutlined,
  SendOutlined,
  ShopOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SyncReason, TopicNews } from '../../contract/topics.ts'
import { useIsSlow } from '../ui/use-is-slow.ts'
import { useDeviceStatusQuery, usePullPlugMutation, useSyncStatusQuery } from './desk-api.ts'
import { scannerPanelToggled } from './desk-state.ts'
import type { Session } from './session.tsx'
import { StorageLine } from './storage-line.tsx'
import { useDeskDispatch, useDeskSelector } from './store.ts'
import { ageInWords } from './words.ts'

/** A break longer than this says what a person can do about it. */
const LONG_BREAK_MS = 15_000

/** The state of the world, in one line, on every screen. */
export function StatusBar({ session }: { readonly session: Session }) {
  const { t, i18n } = useTranslation()
  const { staff, branch, deskName } = session
  const line = useDeskSelector(({ deskState }) => deskState.line)
  const waiting = useDeskSelector(({ deskState }) => deskState.scanQueue.waiting.length)
  const { data: sync } = useSyncStatusQuery({}, { pollingInterval: 30_000 })
  const branchName = i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn
  return (
    <footer className="cd-status" aria-label={t('status.label')} data-testid="status-bar">
      <span data-testid="status-who">
        <UserOutlined aria-hidden />
        {staff === null ? t('status.nobody') : `${staff.name} · ${t(`role.${staff.role}`)}`}
      </span>
      <span data-testid="status-where">
        <ShopOutlined aria-hidden />
        {[branchName, deskName].filter(Boolean).join(' · ')}
      </span>
      {staff !== null && <ScannerStatus session={session} />}
      {waiting > 0 && (
        <span className="cd-status-amber" data-testid="status-held">
          {t('status.held', { count: waiting })}
        </span>
      )}
      {staff !== null && <StorageLine />}
      {line === 'reconnecting' ? <Reconnecting /> : sync && <SyncLine sync={sync} />}
      {session.isSampleCity && sync && <Plug connection={sync.connection} />}
    </footer>
  )
}

function Reconnecting() {
  const { t } = useTranslation()
  const isLong = useIsSlow(LONG_BREAK_MS)
  return (
    <span className="cd-status-amber" role="alert" data-testid="reconnecting">
      <DisconnectOutlined aria-hidden />
      {t(isLong ? 'status.reconnectingLong' : 'status.reconnecting')}
    </span>
  )
}

/** They pass by themselves: only the pointer shows them. The others want a person. */
const passing: ReadonlySet<SyncReason> = new Set(['starting', 'unreachable', 'timed-out', 'busy'])

function SyncLine({ sync }: { readonly sync: TopicNews<'sync-status'> }) {
  const { t } = useTranslation()
  const isOnline = sync.connection === 'online'
  return (
    <>
      <span
        className={isOnline ? 'cd-status-green' : 'cd-status-amber'}
        title={sync.reason === null ? '' : t(`reasons.${sync.reason}`)}
        data-reason={sync.reason}
        data-testid="status-network"
        data-connection={sync.connection}
      >
        {isOnline ? <CloudOutlined aria-hidden /> : <DisconnectOutlined aria-hidden />}
        {t(`status.${sync.connection}`)}
      </span>
      {sync.reason !== null && !passing.has(sync.reason) && (
        <span className="cd-status-amber cd-status-reason" role="alert" data-testid="status-reason">
          {t(`reasons.${sync.reason}`)}
        </span>
      )}
      <span
        className={sync.pendingCount > 0 ? 'cd-status-amber' : ''}
        data-testid="status-pending"
        data-count={sync.pendingCount}
      >
        <SendOutlined aria-hidden />
        {sync.pendingCount > 0
          ? t('status.pending', { count: sync.pendingCount })
          : t('status.nothingPending')}
      </span>
      <span title={agesInWords(t, sync.agesMs)} data-testid="status-age">
        <HistoryOutlined aria-hidden />
        {sync.factsAgeMs === null
          ? t('status.ageNone')
          : t('status.age', { age: ageInWords(t, sync.factsAgeMs) })}
      </span>
      <span
        className={sync.openExceptionsCount > 0 ? 'cd-status-amber' : ''}
        data-testid="status-exceptions"
        data-count={sync.openExceptionsCount}
      >
        <ExclamationCircleOutlined aria-hidden />
        {t('status.exceptions', { count: sync.openExceptionsCount })}
      </span>
      {sync.isFilling && <span data-testid="status-filling">{t('status.filling')}</span>}
    </>
  )
}

/** How old each class of facts is: the bar itself has room for the own service point's only. */
function agesInWords(t: TFunction, ages: TopicNews<'sync-status'>['agesMs']): string {
  const wordOf = (ageMs: number | null): string =>
    ageMs === null ? t('status.ageUnknown') : ageInWords(t, ageMs)
  return t('status.ages', {
    branch: wordOf(ages.branch),
    brief: wordOf(ages.brief),
    catalogue: wordOf(ages.catalogue),
  })
}

function ScannerStatus({ session }: { readonly session: Session }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const { data: devices } = useDeviceStatusQuery({})
  if (session.hasVirtualScanner) {
    return (
      <Button
        size="small"
        type="text"
        icon={<ScanOutlined aria-hidden />}
        onClick={() => dispatch(scannerPanelToggled())}
        data-testid="toggle-virtual-scanner"
      >
        {t('status.scannerVirtual')}
      </Button>
    )
  }
  const states = (devices?.readers ?? []).map(({ state }) => state)
  const isReady = states.some((state) => state === 'ready' || state === 'busy')
  const isTrouble =
    (devices?.failure ?? null) !== null ||
    states.some((state) => state === 'denied' || state === 'faulty' || state === 'lost')
  const word = isReady ? 'scannerReady' : isTrouble ? 'scannerTrouble' : 'scannerNone'
  return (
    <span className={isTrouble && !isReady ? 'cd-status-amber' : ''} data-testid="status-scanner">
      <ScanOutlined aria-hidden />
      {t(`status.${word}`)}
    </span>
  )
}

interface PlugProps {
  readonly connection: TopicNews<'sync-status'>['connection']
}

/** Sample city only: takes the desk off the network, to see that work goes on. */
function Plug({ connection }: PlugProps) {
  const { t } = useTranslation()
  const [pullPlug, { isLoading }] = usePullPlugMutation()
  const isUnplugged = connection === 'unplugged'
  return (
    <Button
      size="small"
      className="cd-plug"
      icon={<ApiOutlined aria-hidden />}
      aria-pressed={isUnplugged}
      disabled={isLoading}
      onClick={() => void pullPlug({ isUnplugged: !isUnplugged })}
      data-testid="plug"
    >
      {t(isUnplugged ? 'status.plugIn' : 'status.plugOut')}
    </Button>
  )
}
