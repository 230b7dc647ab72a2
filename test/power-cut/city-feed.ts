/** The city's side of the recorded day: one gap-free feed a scope, and neighbours who also work. */
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import { kindOfChange, patch, put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { RecordKind } from '../../domain/records.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import {
  BRANCH,
  CALENDAR,
  FEED,
  LIBRARY,
  aBib,
  aBranch,
  aCalendar,
  aLibrary,
  aPolicy,
  aReader,
  aStaff,
  aTitle,
  anItem,
} from '../builders/city.ts'
import type { Random } from '../simulation/random.ts'

export const ITEMS = 120
export const READERS = 40
/** Told over the day, so that the catalogue is written between the loans. */
const TITLES_A_PAGE = 12

const CITY_KINDS: readonly RecordKind[] = ['library', 'branch', 'calendar', 'policy', 'staff']

export const barcodeOf = (index: number): string => `0440051${String(index).padStart(7, '0')}`
export const cardOf = (index: number): string => `04400500${String(index).padStart(5, '0')}`

/** Where the changes of a kind are told. */
function scopeOf(kind: RecordKind): Scope {
  if (kind === 'title' || kind === 'bib') return 'catalogue'
  return CITY_KINDS.includes(kind) ? 'city' : FEED
}

export interface CityFeed {
  readonly entries: readonly FeedEntry[]
  /** Entries after the cursors, in the order they were told. */
  readonly after: (cursors: ScopeNumbers) => FeedEntry[]
  /** The city takes the desk's word for it; answers where the changes stand in each scope. */
  readonly accept: (operation: StoredOperation) => ScopeNumbers
  /** What others did meanwhile. */
  readonly move: (random: Random) => void
}

export function startFeed(): CityFeed {
  const entries: FeedEntry[] = []
  const heads: ScopeNumbers = {}
  let titlesCount = 0
  const tell = (changes: readonly Change[], operationId: string | null) => {
    const positions: ScopeNumbers = {}
    for (const [scope, told] of byScope(changes)) {
      const number = (heads[scope] ?? 0) + 1
      heads[scope] = number
      positions[scope] = number
      entries.push({ scope, number, operationId, changes: [...told] })
    }
    return positions
  }
  const tellTitles = (): void => {
    for (let count = 0; count < TITLES_A_PAGE; count += 1) {
      titlesCount += 1
      tell(newTitle(titlesCount), null)
    }
  }
  tell(startingRows(), null)
  tellTitles()
  return {
    entries,
    after: (cursors) => entries.filter(({ scope, number }) => number > (cursors[scope] ?? 0)),
    accept: ({ changes, id }) => tell(changes, id),
    move: (random) => {
      const item = Math.floor(random.next() * ITEMS)
      const reader = Math.floor(random.next() * READERS)
      const shelf = `S-${Math.floor(random.next() * 100)}`
      tell([patch('item', `item-${item}` as never, { shelf })], null)
      tell([patch('reader', `reader-${reader}` as never, { phone: `1380000${shelf}` })], null)
      tellTitles()
    },
  }
}

function byScope(changes: readonly Change[]): Map<Scope, Change[]> {
  const told = new Map<Scope, Change[]>()
  for (const change of changes) {
    const scope = scopeOf(kindOfChange(change))
    told.set(scope, [...(told.get(scope) ?? []), change])
  }
  return told
}

const newTitle = (number: number): Change[] => {
  const id = `title-${number}`
  const controlNumber = `0120260${String(number).padStart(5, '0')}`
  return [
    put('title', aTitle({ id, controlNumber, title: `平凡的世界 第${number}部` })),
    put('bib', aBib({ id })),
  ]
}

function startingRows(): Change[] {
  const rows: Change[] = [
    put('library', aLibrary({ id: LIBRARY })),
    put('branch', aBranch({ id: BRANCH })),
    put('calendar', aCalendar({ id: CALENDAR })),
    put('policy', aPolicy()),
    // Who performs in desk-day.ts: an undo decided again is decided with this person's role.
    put('staff', aStaff({ id: 'command-line', username: 'command-line', role: 'branch-head' })),
  ]
  for (let index = 0; index < ITEMS; index += 1) {
    const id = `item-${index}`
    rows.push(put('item', anItem({ id, barcode: barcodeOf(index), titleId: null })))
  }
  for (let index = 0; index < READERS; index += 1) {
    const id = `reader-${index}`
    rows.push(put('reader', aReader({ id, cardNumber: cardOf(index), name: `读者${index}` })))
  }
  return rows
}
