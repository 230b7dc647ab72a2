import {
  BookOutlined,
  CalendarOutlined,
  MoneyCollectOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  ExportOutlined,
  FileSyncOutlined,
  ImportOutlined,
  PrinterOutlined,
  PushpinOutlined,
  ScanOutlined,
  SearchOutlined,
  UnorderedListOutlined,
  UploadOutlined,
  UserAddOutlined,
  UserOutlined,
  WalletOutlined,
  TruckOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useNavigate } from 'react-router'
import { coveredText } from '../../domain/words/id-number.ts'
import { VirtualScanner } from '../features/devices/virtual-scanner.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { askOfScan, useSignOutMutation } from './desk-api.ts'
import { noticeGone, noticeShown } from './desk-state.ts'
import { KeysCard } from './keys-card.tsx'
import { useKeys } from './keys.tsx'
import { Palette } from './palette.tsx'
import { screensFor } from './screens.ts'
import type { Screen } from './screens.ts'
import { useServices } from './services.tsx'
import { useSignedIn } from './session.tsx'
import { SettingsMenu } from './settings-menu.tsx'
import { SlipPaper } from './slips/slip-paper.tsx'
import { StatusBar } from './status-bar.tsx'
import { useDeskDispatch, useDeskSelector } from './store.ts'
import { captureWedge } from './wedge-window.ts'

const icons = {
  lend: ExportOutlined,
  return: ImportOutlined,
  reader: UserOutlined,
  search: SearchOutlined,
  today: UnorderedListOutlined,
  exceptions: ExclamationCircleOutlined,
  register: UserAddOutlined,
  import: UploadOutlined,
  devices: ScanOutlined,
  leases: WalletOutlined,
  transfers: TruckOutlined,
  slips: PrinterOutlined,
  till: MoneyCollectOutlined,
  holds: PushpinOutlined,
  offline: FileSyncOutlined,
  rules: CalendarOutlined,
  drafts: EditOutlined,
} as const satisfies Record<Screen['name'], unknown>

const combosOf = ({ functionKey, digit }: Screen): string[] => [
  ...(functionKey === null ? [] : [functionKey]),
  ...(digit === null ? [] : [`Alt+${digit}`]),
]

export function Layout() {
  const { t } = useTranslation()
  const session = useSignedIn()
  const mine = screensFor(session.staff.permissions)
  const navigate = useNavigate()
  const [isPaletteOpen, setIsPaletteOpen] = useState(false)
  const [areKeysOpen, setAreKeysOpen] = useState(false)
  const [signOut] = useSignOutMutation()
  const isScannerPanelOpen = useDeskSelector(({ deskState }) => deskState.isScannerPanelOpen)
  useUnclaimedScans()
  useWedge()
  useKeys([
    ...mine.flatMap((screen) => {
      const go = { label: t(`nav.${screen.name}`), run: () => void navigate(screen.path) }
      return combosOf(screen).map((combo) => ({ combo, ...go }))
    }),
    { combo: 'Control+k', label: t('keys.palette'), run: () => setIsPaletteOpen(true) },
    { combo: 'F1', label: t('keys.f1'), run: () => setAreKeysOpen(true) },
  ])
  return (
    <div className="cd-desk">
      <SlipPaper />
      <nav className="cd-rail" aria-label={t('nav.screens')}>
        <div className="cd-brand">
          <BookOutlined aria-hidden />
          <span>{t('app.name')}</span>
        </div>
        {mine.map((screen) => {
          const Icon = icons[screen.name]
          const [key] = combosOf(screen)
          return (
            <NavLink
              key={screen.name}
              to={screen.path}
              className="cd-rail-link"
              aria-label={t(`nav.${screen.name}`)}
              {...(key === undefined ? {} : { 'aria-keyshortcuts': key })}
              data-testid={`nav-${screen.name}`}
            >
              <Icon aria-hidden />
              <span>{t(`nav.${screen.name}`)}</span>
              {key !== undefined && <KeyHint combo={key} />}
            </NavLink>
          )
        })}
        <div className="cd-rail-foot">
          <Button block onClick={() => setIsPaletteOpen(true)} data-testid="open-palette">
            {t('palette.title')} <KeyHint combo="Control+k" />
          </Button>
          <Button block onClick={() => setAreKeysOpen(true)} data-testid="open-keys">
            {t('keys.short')} <KeyHint combo="F1" />
          </Button>
          <SettingsMenu />
          <Button block onClick={() => void signOut({})} data-testid="sign-out">
            {t('do.signOut')}
          </Button>
        </div>
      </nav>
      <main className="cd-main">
        <Outlet />
      </main>
      {session.hasVirtualScanner && isScannerPanelOpen && <VirtualScanner />}
      <NoticeLine />
      <StatusBar session={session} />
      {isPaletteOpen && <Palette onClose={() => setIsPaletteOpen(false)} />}
      {areKeysOpen && <KeysCard onClose={() => setAreKeysOpen(false)} />}
    </div>
  )
}

/** A scan that the screen has no use for opens what it belongs to. */
function useUnclaimedScans(): void {
  const { feed, play } = useServices()
  const { staff } = useSignedIn()
  const navigate = useNavigate()
  const dispatch = useDeskDispatch()
  useEffect(
    () =>
      feed.fallBackTo(({ kind, text, idNumberHash }) => {
        const code = encodeURIComponent(text)
        const maySeeReaders = staff.permissions.includes('see-readers')
        if ((kind === 'reader-card' || kind === 'virtual-card') && maySeeReaders) {
          void navigate(`/reader?card=${code}`)
        } else if (kind === 'id-card' && idNumberHash !== null && maySeeReaders) {
          void navigate('/reader', { state: { idCard: { masked: text, idNumberHash } } })
        } else if (kind === 'item') {
          void navigate(`/item?barcode=${code}`)
        } else if (kind === 'isbn' || kind === 'issn') {
          void navigate(`/search?text=${code}`)
        } else {
          play('stop')
          const key = kind === 'unknown' ? 'scan-unknown' : 'scan-not-here'
          dispatch(noticeShown({ key, text: text.slice(0, 60) }))
        }
      }),
    [feed, navigate, dispatch, play, staff],
  )
}

function useWedge(): void {
  const { desk, play } = useServices()
  const dispatch = useDeskDispatch()
  useEffect(
    () =>
      captureWedge((text) => {
        // Never lost for want of an engine: the line keeps it until the engine is back. What the engine
        // will not take is said.
        desk.ask('enter-scan', askOfScan({ text, source: 'wedge' })).catch(() => {
          play('stop')
          dispatch(noticeShown({ key: 'scan-unknown', text: coveredText(text.slice(0, 60)) }))
        })
      }),
    [desk, play, dispatch],
  )
}

const NOTICE_MS = 6000

function NoticeLine() {
  const { t } = useTranslation()
  const notice = useDeskSelector(({ deskState }) => deskState.notice)
  const dispatch = useDeskDispatch()
  useEffect(() => {
    if (notice === null) return undefined
    const timer = setTimeout(() => dispatch(noticeGone()), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice, dispatch])
  const words = {
    'scan-unknown': 'unknown',
    'scan-not-here': 'notHere',
    'scans-dropped': 'dropped',
  } as const
  return (
    <div className="cd-notice" role="status" aria-live="polite" data-testid="notice">
      {notice !== null && <span>{t(`scan.${words[notice.key]}`, { text: notice.text })}</span>}
    </div>
  )
}
