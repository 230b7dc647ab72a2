/** The screens of the rail, the rooms they stand in, their keys and who may open them. */
import type { Permission } from '../../domain/policy/roles.ts'

/** Where the work is done; a rail of every screen would not fit a desk of 768 lines. */
export type Room = 'desk' | 'cataloguing' | 'branch'

export const rooms: readonly Room[] = ['desk', 'cataloguing', 'branch']

export interface Screen {
  readonly name:
    | 'lend'
    | 'return'
    | 'reader'
    | 'search'
    | 'today'
    | 'exceptions'
    | 'register'
    | 'import'
    | 'devices'
    | 'leases'
    | 'transfers'
    | 'slips'
    | 'till'
    | 'holds'
    | 'offline'
    | 'rules'
    | 'drafts'
    | 'serials'
    | 'copy'
    | 'shelfList'
    | 'labels'
    | 'encode'
    | 'schemes'
    | 'authorities'
    | 'duplicates'
    | 'batch-fixes'
    | 'quality'
    | 'export'
  readonly path: string
  /** The function key, where the screen has one; browsers leave these to the page. */
  readonly functionKey: string | null
  /** With Alt: a digit, where those are spent a letter or a mark, then `Shift+` and a letter. */
  readonly digit: string | null
  readonly permission: Permission
  /** `every`: work that all rooms do. Its key opens a screen from any room. */
  readonly room: Room | 'every'
}

export const screens: readonly Screen[] = [
  {
    name: 'lend',
    path: '/lend',
    functionKey: 'F3',
    digit: '1',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'return',
    path: '/return',
    functionKey: 'F4',
    digit: '2',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'reader',
    path: '/reader',
    functionKey: 'F6',
    digit: '3',
    permission: 'see-readers',
    room: 'desk',
  },
  {
    name: 'search',
    path: '/search',
    functionKey: 'F7',
    digit: '4',
    permission: 'search-catalogue',
    room: 'every',
  },
  {
    name: 'today',
    path: '/today',
    functionKey: 'F8',
    digit: '5',
    permission: 'search-catalogue',
    room: 'every',
  },
  {
    name: 'exceptions',
    path: '/exceptions',
    functionKey: 'F9',
    digit: '6',
    permission: 'see-exceptions',
    room: 'every',
  },
  {
    name: 'register',
    path: '/register',
    functionKey: null,
    digit: '7',
    permission: 'register-readers',
    room: 'desk',
  },
  {
    name: 'import',
    path: '/import',
    functionKey: null,
    digit: '8',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'devices',
    path: '/devices',
    functionKey: null,
    digit: '9',
    permission: 'use-devices',
    room: 'branch',
  },
  {
    name: 'leases',
    path: '/leases',
    functionKey: 'F10',
    digit: '0',
    permission: 'settle-exceptions',
    room: 'branch',
  },
  {
    name: 'slips',
    path: '/slips',
    functionKey: null,
    digit: ',',
    permission: 'edit-slips',
    room: 'branch',
  },
  {
    name: 'till',
    path: '/till',
    functionKey: null,
    digit: 'q',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'transfers',
    path: '/transfers',
    functionKey: null,
    digit: 'x',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'holds',
    path: '/holds',
    functionKey: null,
    digit: 'h',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'offline',
    path: '/offline',
    functionKey: null,
    digit: 'f',
    permission: 'circulate',
    room: 'desk',
  },
  {
    name: 'rules',
    path: '/rules',
    functionKey: null,
    digit: 'g',
    permission: 'circulate',
    room: 'branch',
  },
  {
    name: 'drafts',
    path: '/drafts',
    functionKey: null,
    digit: 'm',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'serials',
    path: '/serials',
    functionKey: null,
    digit: 'Shift+j',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'copy',
    path: '/copy',
    functionKey: null,
    digit: 'Shift+c',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'shelfList',
    path: '/shelf-list',
    functionKey: null,
    digit: 'Shift+k',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'labels',
    path: '/labels',
    functionKey: null,
    digit: 'Shift+l',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'encode',
    path: '/encode',
    functionKey: null,
    digit: 'Shift+t',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'schemes',
    path: '/schemes',
    functionKey: null,
    digit: 'Shift+n',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'authorities',
    path: '/authorities',
    functionKey: null,
    digit: 'Shift+a',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
  {
    name: 'duplicates',
    path: '/duplicates',
    functionKey: null,
    digit: 'Shift+d',
    permission: 'review-records',
    room: 'cataloguing',
  },
  {
    name: 'batch-fixes',
    path: '/batch-fixes',
    functionKey: null,
    digit: 'Shift+b',
    permission: 'review-records',
    room: 'cataloguing',
  },
  {
    name: 'quality',
    path: '/quality',
    functionKey: null,
    digit: 'Shift+q',
    permission: 'review-records',
    room: 'cataloguing',
  },
  {
    name: 'export',
    path: '/export',
    functionKey: null,
    digit: 'Shift+e',
    permission: 'edit-catalogue',
    room: 'cataloguing',
  },
]

export const screensFor = (permissions: readonly Permission[]): readonly Screen[] =>
  screens.filter((screen) => permissions.includes(screen.permission))

/** The keys that open a screen, the one shown on it first. */
export const combosOf = ({ functionKey, digit }: Screen): string[] => [
  ...(functionKey === null ? [] : [functionKey]),
  ...(digit === null ? [] : [`Alt+${digit}`]),
]

const standsIn = (screen: Screen, room: Room): boolean =>
  screen.room === 'every' || screen.room === room

/** The rooms in which these screens have work of their own. */
export const roomsOf = (mine: readonly Screen[]): readonly Room[] =>
  rooms.filter((room) => mine.some((screen) => screen.room === room))

export const screensIn = (mine: readonly Screen[], room: Room | null): readonly Screen[] =>
  room === null ? mine : mine.filter((screen) => standsIn(screen, room))

/** The room that shows the screen at this path: the room one is in, where the screen is in every one. */
export function roomAt(mine: readonly Screen[], path: string, before: Room | null): Room | null {
  const room = mine.find((screen) => screen.path === path)?.room ?? 'every'
  return room === 'every' ? (before ?? roomsOf(mine)[0] ?? null) : room
}
