/** The screens of the rail, their keys and who may open them. */
import type { Permission } from '../../domain/policy/roles.ts'

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
  readonly path: string
  /** The function key, where the screen has one; browsers leave these to the page. */
  readonly functionKey: string | null
  /** With Alt, on any keyboard: a digit, and where those are spent a letter or a mark. */
  readonly digit: string | null
  readonly permission: Permission
}

export const screens: readonly Screen[] = [
  { name: 'lend', path: '/lend', functionKey: 'F3', digit: '1', permission: 'circulate' },
  { name: 'return', path: '/return', functionKey: 'F4', digit: '2', permission: 'circulate' },
  { name: 'reader', path: '/reader', functionKey: 'F6', digit: '3', permission: 'see-readers' },
  {
    name: 'search',
    path: '/search',
    functionKey: 'F7',
    digit: '4',
    permission: 'search-catalogue',
  },
  { name: 'today', path: '/today', functionKey: 'F8', digit: '5', permission: 'search-catalogue' },
  {
    name: 'exceptions',
    path: '/exceptions',
    functionKey: 'F9',
    digit: '6',
    permission: 'see-exceptions',
  },
  {
    name: 'register',
    path: '/register',
    functionKey: null,
    digit: '7',
    permission: 'register-readers',
  },
  { name: 'import', path: '/import', functionKey: null, digit: '8', permission: 'edit-catalogue' },
  { name: 'devices', path: '/devices', functionKey: null, digit: '9', permission: 'use-devices' },
  {
    name: 'leases',
    path: '/leases',
    functionKey: 'F10',
    digit: '0',
    permission: 'settle-exceptions',
  },
  { name: 'slips', path: '/slips', functionKey: null, digit: ',', permission: 'edit-slips' },
  { name: 'till', path: '/till', functionKey: null, digit: 'q', permission: 'circulate' },
  {
    name: 'transfers',
    path: '/transfers',
    functionKey: null,
    digit: 'x',
    permission: 'circulate',
  },
  { name: 'holds', path: '/holds', functionKey: null, digit: 'h', permission: 'circulate' },
  {
    name: 'offline',
    path: '/offline',
    functionKey: null,
    digit: 'f',
    permission: 'circulate',
  },
  { name: 'rules', path: '/rules', functionKey: null, digit: 'g', permission: 'circulate' },
  { name: 'drafts', path: '/drafts', functionKey: null, digit: 'm', permission: 'edit-catalogue' },
]

export const screensFor = (permissions: readonly Permission[]): readonly Screen[] =>
  screens.filter((screen) => permissions.includes(screen.permission))
