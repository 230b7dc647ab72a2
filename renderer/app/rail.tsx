import {
  ApartmentOutlined,
  DownloadOutlined,
  BarcodeOutlined,
  BookOutlined,
  CalendarOutlined,
  CopyOutlined,
  MoneyCollectOutlined,
  BarsOutlined,
  EditOutlined,
  NumberOutlined,
  TagsOutlined,
  ExclamationCircleOutlined,
  ExportOutlined,
  FileSyncOutlined,
  HighlightOutlined,
  ImportOutlined,
  LineChartOutlined,
  MergeCellsOutlined,
  PrinterOutlined,
  PushpinOutlined,
  ReadOutlined,
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
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { KeyHint } from '../ui/key-hint.tsx'
import { useSignOutMutation } from './desk-api.ts'
import { useKeys } from './keys.tsx'
import { combosOf, roomAt, roomsOf, screensIn } from './screens.ts'
import type { Room, Screen } from './screens.ts'
import { SettingsMenu } from './settings-menu.tsx'

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
  serials: ReadOutlined,
  copy: CopyOutlined,
  shelfList: BarsOutlined,
  labels: TagsOutlined,
  encode: BarcodeOutlined,
  schemes: NumberOutlined,
  authorities: ApartmentOutlined,
  duplicates: MergeCellsOutlined,
  'batch-fixes': HighlightOutlined,
  quality: LineChartOutlined,
  export: DownloadOutlined,
} as const satisfies Record<Screen['name'], unknown>

interface RailProps {
  readonly mine: readonly Screen[]
  readonly onPalette: () => void
  readonly onKeys: () => void
}

/** The way to every screen: the rooms, the screens of the room one is in, and what stands in all. */
export function Rail({ mine, onPalette, onKeys }: RailProps) {
  const { t } = useTranslation()
  const [signOut] = useSignOutMutation()
  const { room, enter } = useRoom(mine)
  return (
    <nav className="cd-rail" aria-label={t('nav.screens')}>
      <div className="cd-brand">
        <BookOutlined aria-hidden />
        <span>{t('app.name')}</span>
      </div>
      <Rooms mine={mine} room={room} onEnter={enter} />
      {screensIn(mine, room).map((screen) => (
        <RailLink key={screen.name} screen={screen} />
      ))}
      <div className="cd-rail-foot">
        <Button block onClick={onPalette} data-testid="open-palette">
          {t('palette.title')} <KeyHint combo="Control+k" />
        </Button>
        <Button block onClick={onKeys} data-testid="open-keys">
          {t('keys.short')} <KeyHint combo="F1" />
        </Button>
        <SettingsMenu />
        <Button block onClick={() => void signOut({})} data-testid="sign-out">
          {t('do.signOut')}
        </Button>
      </div>
    </nav>
  )
}

/** The room one is in: that of the screen, until another is looked into. */
function useRoom(mine: readonly Screen[]) {
  const { pathname } = useLocation()
  const [seen, setSeen] = useState(() => ({ pathname, room: roomAt(mine, pathname, null) }))
  const isMoved = seen.pathname !== pathname
  const room = isMoved ? roomAt(mine, pathname, seen.room) : seen.room
  if (isMoved) setSeen({ pathname, room })
  return { room, enter: (next: Room) => setSeen({ pathname, room: next }) }
}

interface RoomsProps {
  readonly mine: readonly Screen[]
  readonly room: Room | null
  readonly onEnter: (room: Room) => void
}

function Rooms({ mine, room, onEnter }: RoomsProps) {
  const { t } = useTranslation()
  const open = roomsOf(mine)
  useKeys(
    open.length < 2
      ? []
      : open.map((one, place) => ({
          combo: `Alt+Shift+${place + 1}`,
          label: t('nav.enter', { room: t(`nav.room.${one}`) }),
          run: () => onEnter(one),
        })),
  )
  if (open.length < 2) return null
  return (
    <div className="cd-rooms" role="group" aria-label={t('nav.rooms')}>
      {open.map((one, place) => (
        <button
          key={one}
          type="button"
          className="cd-room"
          aria-pressed={one === room}
          aria-keyshortcuts={`Alt+Shift+${place + 1}`}
          data-testid={`room-${one}`}
          onClick={() => onEnter(one)}
        >
          {t(`nav.room.${one}`)}
        </button>
      ))}
    </div>
  )
}

function RailLink({ screen }: { readonly screen: Screen }) {
  const { t } = useTranslation()
  const Icon = icons[screen.name]
  const [key] = combosOf(screen)
  return (
    <NavLink
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
}
