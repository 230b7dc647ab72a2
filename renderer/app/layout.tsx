import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { coveredText } from '../../domain/words/id-number.ts'
import { VirtualScanner } from '../features/devices/virtual-scanner.tsx'
import { askOfScan, useDeviceStatusQuery } from './desk-api.ts'
import { noticeGone, noticeShown, padUnclaimed } from './desk-state.ts'
import { KeysCard } from './keys-card.tsx'
import { useKeys } from './keys.tsx'
import { PadStrip } from './pad-strip.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { combosOf, screensFor } from './screens.ts'
import { useServices } from './services.tsx'
import { useSignedIn } from './session.tsx'
import { SlipPaper } from './slips/slip-paper.tsx'
import { StatusBar } from './status-bar.tsx'
import { useDeskDispatch, useDeskSelector } from './store.ts'
import { captureWedge } from './wedge-window.ts'

export function Layout() {
  const { t } = useTranslation()
  const session = useSignedIn()
  const mine = screensFor(session.staff.permissions)
  const navigate = useNavigate()
  const [isPaletteOpen, setIsPaletteOpen] = useState(false)
  const [areKeysOpen, setAreKeysOpen] = useState(false)
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
      <Rail
        mine={mine}
        onPalette={() => setIsPaletteOpen(true)}
        onKeys={() => setAreKeysOpen(true)}
      />
      <main className="cd-main">
        <Outlet />
      </main>
      {session.hasVirtualScanner && isScannerPanelOpen && <VirtualScanner />}
      <NoticeLine />
      <UnreadCards />
      <PadStrip />
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
      feed.fallBackTo(({ kind, text, idNumberHash, source }) => {
        // A stack that waits for its reader's card: it is offered again when that comes.
        if (source === 'pad') {
          dispatch(padUnclaimed(text))
          return
        }
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

/**
 * A card that was laid down and could not be read is said on whatever screen is open. On its own: the
 * status of the devices moves with each scan, and the layout need not.
 */
function UnreadCards() {
  const { play } = useServices()
  const { staff } = useSignedIn()
  const dispatch = useDeskDispatch()
  const { data } = useDeviceStatusQuery({}, { skip: !staff.permissions.includes('use-devices') })
  const count = data?.readers.reduce((sum, reader) => sum + reader.unreadCardsCount, 0)
  const told = useRef<number | null>(null)
  useEffect(() => {
    if (count === undefined) return
    const before = told.current
    told.current = count
    if (before === null || count <= before) return
    play('stop')
    dispatch(noticeShown({ key: 'id-card-unread', text: '' }))
  }, [count, play, dispatch])
  return null
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
    'id-card-unread': 'idCardUnread',
  } as const
  return (
    <div className="cd-notice" role="status" aria-live="polite" data-testid="notice">
      {notice !== null && <span>{t(`scan.${words[notice.key]}`, { text: notice.text })}</span>}
    </div>
  )
}
