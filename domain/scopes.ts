/**
 * Which desks hold which record (design/sync.md, Feed, scopes). A desk follows the city, its own
 * service point, itself, the city's brief facts and the catalogue.
 *
 * Exactly one branch: two feeds have no common order, so a record that came by both could go back
 * to what it was. The brief facts are the one exception, and give way (docs/decisions/0010).
 */
import { z } from 'zod'
import { get, known } from './gathering.ts'
import { standingReader } from './reader-facts.ts'
import type { Gathering } from './gathering.ts'
import type { Item, Loan, Reader, RecordKind, Records } from './records.ts'
import { ACTIVE_AT_MAX } from './records.ts'
import { addDays } from './words/calendar-date.ts'
import type { CalendarDate } from './words/calendar-date.ts'
import type { BranchId } from './words/ids.ts'

export type Scope = 'city' | 'brief' | 'catalogue' | `branch:${string}` | `device:${string}`
export const ScopeName = z
  .string()
  .max(100)
  .regex(/^(?:city|brief|catalogue|branch:.{1,80}|device:.{1,40})$/) as unknown as z.ZodType<Scope>
/** A number for each scope: cursors, heads, positions. */
export type ScopeNumbers = Partial<Record<Scope, number>>

export const branchScope = (branchId: string): Scope => `branch:${branchId}`
export const deviceScope = (deviceId: string): Scope => `device:${deviceId}`

export interface DeskPlace {
  readonly deviceId: string
  readonly branchId: string
}

/** In the order they are sent: a new desk works for its branch before the city has arrived. */
export const followedBy = ({ deviceId, branchId }: DeskPlace): readonly Scope[] => [
  'city',
  branchScope(branchId),
  deviceScope(deviceId),
  'brief',
  'catalogue',
]

/** Scopes in which `now` is further than `before`. */
export const scopesAhead = (now: ScopeNumbers, before: ScopeNumbers): Scope[] =>
  (Object.keys(now) as Scope[]).filter((scope) => (now[scope] ?? 0) > (before[scope] ?? 0))

/** What replica.db holds; titles have a file of their own. */
export const isReplicaScope = (scope: Scope): boolean => scope !== 'catalogue'

const fixedScopes: Partial<Record<RecordKind, readonly Scope[]>> = {
  library: ['city'],
  branch: ['city'],
  calendar: ['city'],
  policy: ['city'],
  staff: ['city'],
  'slip-template': ['city'],
  'copy-target': ['city'],
  'field-protection': ['city'],
  'number-schemes': ['city'],
  title: ['catalogue'],
  bib: ['catalogue'],
  'number-series': [],
  'blocked-card': ['brief'],
}

type AnyRow = Records[RecordKind]

/** Policy and organisation: few rows, read with every operation. */
export const isCityKind = (kind: RecordKind): boolean => fixedScopes[kind]?.[0] === 'city'

/**
 * The scopes of a record, each once, sorted. `brief` is not among an item's: that feed is written
 * by the digest. A loan moves with its item and its reader while it is open; closed it stays where
 * it began and ended.
 */
export function scopesOf(kind: RecordKind, row: AnyRow): Gathering<readonly Scope[]> {
  const own = fixedScopes[kind] ?? ownScopes(kind, row)
  return own === null ? scopesByOthers(kind, row) : known(sortedOnce(own))
}

/** Null where other records decide. */
function ownScopes(kind: RecordKind, row: AnyRow): readonly Scope[] | null {
  switch (kind) {
    case 'item':
      return itemScopes(row as Item)
    case 'reader':
      // What became part of another record is wherever that one is (D13).
      return (row as Reader).mergedIntoId === null ? readerScopes(row as Reader) : null
    case 'exception':
      return exceptionScopes(row as Records['exception'])
    case 'till':
    case 'offline-line':
    case 'serial-issue':
      return [branchScope((row as Records['till']).branchId)]
    case 'hold':
      // Any branch takes its item back, and must know who waits (docs/decisions/0013).
      return holdScopes(row as Records['hold'])
    case 'subscription':
      // Who keeps the last copy is asked anywhere.
      return ['city']
    case 'draft':
      return draftScopes(row as Records['draft'])
    case 'spine-label':
      return [branchScope((row as Records['spine-label']).branchId)]
    case 'label-sheet':
      return [branchScope(row.id)]
    case 'book-number':
      return (row as Records['book-number']).branchIds.map(branchScope)
    case 'tag-debt':
    case 'former-barcode':
    // Few, and any desk may be handed the book.
    case 'title-redirect':
    case 'titles-apart':
    case 'title-suppression':
    case 'authority':
      return ['city']
    case 'lease':
      return [deviceScope((row as Records['lease']).deviceId)]
    default:
      return null
  }
}

function* scopesByOthers(kind: RecordKind, row: AnyRow): Gathering<readonly Scope[]> {
  switch (kind) {
    case 'reader':
      return sortedOnce(readerScopes(yield* standingReader(row as Reader)))
    case 'loan':
      return sortedOnce(yield* loanScopes(row as Loan))
    case 'fee':
    case 'ledger-entry':
    case 'card':
    case 'reader-message':
      return sortedOnce(yield* scopesOfReader((row as Records['fee']).readerId))
    default:
      throw new Error(`${kind} has no scope`)
  }
}

const itemScopes = (item: Item | null): Scope[] =>
  item === null
    ? []
    : [item.homeBranchId, item.atBranchId, item.transitToBranchId].flatMap((id) =>
        id === null ? [] : [branchScope(id)],
      )

const readerScopes = (reader: Reader | null): Scope[] =>
  reader === null ? [] : reader.activeAt.map(({ branchId }) => branchScope(branchId))

/**
 * A reviewer may sit at any desk. Of the city from the first saving on: a row that moved between the
 * city's feed and its branch's would be taken away where a desk follows both.
 */
const draftScopes = (_draft: Records['draft']): Scope[] => ['city']

const holdScopes = (_hold: Records['hold']): Scope[] => ['city']

const exceptionScopes = ({ branchId, otherBranchId }: Records['exception']): Scope[] =>
  [branchId, otherBranchId].flatMap((id) => (id === null ? [] : [branchScope(id)]))

/** What became part of another record is wherever that one is (D13). */
function* scopesOfReader(readerId: string): Gathering<Scope[]> {
  return readerScopes(yield* standingReader(yield* get('reader', readerId)))
}

function* loanScopes(loan: Loan): Gathering<readonly Scope[]> {
  const began = branchScope(loan.lentBranchId)
  if (loan.returnedBranchId !== null) return [began, branchScope(loan.returnedBranchId)]
  return [
    began,
    ...itemScopes(yield* get('item', loan.itemId)),
    ...(yield* scopesOfReader(loan.readerId)),
  ]
}

/** Most are of one service point, whatever speaks for it. */
const sortedOnce = (all: readonly Scope[]): readonly Scope[] =>
  all.every((scope) => scope === all[0]) ? all.slice(0, 1) : [...new Set(all)].toSorted()

/** Records that move when their reader or item does: what finders of domain/facts.ts list. */
export const dependentFinders = {
  reader: [
    'openLoansByDue',
    'feesOfReader',
    'entriesOfReader',
    'cardsOfReader',
    'messagesOfReader',
    'readersMergedInto',
  ],
  item: ['openLoansOfItem'],
} as const

/** What every desk of the city knows of an item: who owns it, where it is, whether it may go. */
export const briefItem = (item: Item): Item => ({
  ...item,
  callNumber: null,
  shelf: null,
  priceFen: null,
  conditionNote: null,
  heldForReaderId: null,
  inHouseUsesCount: 0,
  holdId: null,
})

/** A desk holds the row of its own branch, and leaves the brief one aside. */
export const isOwnItem = (item: Item, branchId: string): boolean =>
  itemScopes(item).includes(branchScope(branchId))

/** How long a service point keeps a reader it no longer sees. */
const ACTIVE_DAYS = 730
/** The day is told anew only now and then: each telling is a change for every desk that holds it. */
const RETOLD_DAYS = 30

/** `activeAt` after a visit, or null where nothing is to be told. The oldest gives way. */
export function activeAtAfter(
  reader: Reader,
  branchId: string,
  today: CalendarDate,
): Reader['activeAt'] | null {
  const known = reader.activeAt.find((one) => one.branchId === branchId)
  if (known !== undefined && known.lastOn > addDays(today, -RETOLD_DAYS)) return null
  const others = reader.activeAt.filter((one) => one.branchId !== branchId)
  return [...others.slice(1 - ACTIVE_AT_MAX), { branchId: branchId as BranchId, lastOn: today }]
}

/** `activeAt` without the service points that have not seen the reader for 24 months. */
export const activeAtSince = (reader: Reader, today: CalendarDate): Reader['activeAt'] =>
  reader.activeAt.filter(({ lastOn }) => lastOn > addDays(today, -ACTIVE_DAYS))
