import { describe, expect, test } from 'vitest'

import {
  BRANCH,
  OTHER_BRANCH,
  TODAY,
  aFee,
  aLedgerEntry,
  aLoan,
  aReader,
  anException,
  anItem,
  theCity,
} from '../test/builders/city.ts'
import { aShelf, answerFrom } from '../test/builders/decide.ts'
import { put } from './change.ts'
import type { Change } from './change.ts'
import { gatherNow } from './gathering.ts'
import { recordKinds, recordSchemas } from './records.ts'
import type { RecordKind, RecordOf } from './records.ts'
import {
  ScopeName,
  activeAtSince,
  branchScope,
  briefItem,
  followedBy,
  isOwnItem,
  scopesAhead,
  scopesOf,
} from './scopes.ts'
import { addDays } from './words/calendar-date.ts'

const here = branchScope(BRANCH)
const there = branchScope(OTHER_BRANCH)
const third = branchScope('branch-third')

const scopesIn = <K extends RecordKind>(shelf: Change[], kind: K, row: RecordOf<K>) =>
  gatherNow(scopesOf(kind, row), (lookup) => answerFrom(aShelf(shelf), lookup))

const onlyHere = [{ branchId: BRANCH, lastOn: TODAY }]
const reader = aReader({ activeAt: onlyHere })
const item = anItem({ homeBranchId: OTHER_BRANCH, atBranchId: OTHER_BRANCH })

describe('where a record lives', () => {
  test.each([
    ['an item at home', anItem(), [here]],
    ['an item elsewhere', anItem({ atBranchId: OTHER_BRANCH }), [here, there]],
    [
      'an item on its way',
      anItem({ atBranchId: OTHER_BRANCH, transitToBranchId: 'branch-third' }),
      [here, there, third],
    ],
  ])('%s', (_says, row, scopes) => {
    expect(scopesIn([], 'item', row)).toEqual(scopes)
  })

  test('a reader: where they were served', () => {
    expect(scopesIn([], 'reader', aReader())).toEqual([here, there])
    expect(scopesIn([], 'reader', reader)).toEqual([here])
  })

  test('an open loan: with its item, with its reader, and where it began', () => {
    const rows = [put('item', item), put('reader', reader)]
    const loan = aLoan({ lentBranchId: 'branch-third' })
    expect(scopesIn(rows, 'loan', loan)).toEqual([here, there, third])
    expect(scopesIn([], 'loan', loan)).toEqual([third])
  })

  test('a closed loan: where it began and ended', () => {
    const loan = aLoan({ returnedAt: 1, returnedBranchId: OTHER_BRANCH })
    expect(scopesIn([put('reader', reader)], 'loan', loan)).toEqual([here, there])
  })

  test('a fee: with its reader; an exception: where it happened', () => {
    expect(scopesIn([put('reader', reader)], 'fee', aFee())).toEqual([here])
    expect(scopesIn([], 'exception', anException())).toEqual([here])
  })

  test('D13 a merged record, and what was entered for it: with the one that stands', () => {
    const merged = aReader({ id: 'reader-2', activeAt: [], mergedIntoId: 'reader-1' })
    const rows = [put('reader', reader), put('reader', merged)]
    expect(scopesIn(rows, 'reader', merged)).toEqual([here])
    expect(scopesIn(rows, 'ledger-entry', aLedgerEntry({ readerId: 'reader-2' }))).toEqual([here])
  })

  test('every kind has its place', () => {
    const rowBy = new Map<string, object>(
      [...theCity(), put('item', item), put('reader', reader), put('loan', aLoan())].flatMap(
        (change) => ('put' in change ? [[change.put, change.row] as const] : []),
      ),
    )
    for (const kind of recordKinds) {
      const row = rowBy.get(kind)
      if (row === undefined) continue
      expect(recordSchemas[kind].safeParse(row).success).toBe(true)
      for (const scope of scopesIn([], kind, row as never)) {
        expect(ScopeName.safeParse(scope).success, `${kind} ${scope}`).toBe(true)
      }
    }
  })
})

test('a desk follows exactly one service point', () => {
  const followed = followedBy({ deviceId: 'd1', branchId: BRANCH })
  expect(followed).toEqual(['city', here, 'device:d1', 'brief', 'catalogue'])
  expect(followed.every((scope) => ScopeName.safeParse(scope).success)).toBe(true)
  expect(ScopeName.safeParse('circulation').success).toBe(false)
})

test('what every desk knows of an item has no label, no price, no reader', () => {
  const held = anItem({ conditionNote: '水渍', heldForReaderId: 'reader-2' })
  const nulled = { callNumber: null, shelf: null, priceFen: null }
  expect(briefItem(held)).toEqual({
    ...held,
    ...nulled,
    conditionNote: null,
    heldForReaderId: null,
  })
  expect([isOwnItem(held, BRANCH), isOwnItem(held, OTHER_BRANCH)]).toEqual([true, false])
})

test('a service point that has not seen a reader for 24 months lets go', () => {
  const days = (ago: number) => ({ branchId: BRANCH, lastOn: addDays(TODAY, -ago) }) as never
  expect(activeAtSince(aReader({ activeAt: [days(730), days(729)] }), TODAY)).toEqual([days(729)])
})

test('scopes that moved', () => {
  expect(scopesAhead({ city: 3, [here]: 2, brief: 1 }, { city: 3, [here]: 1 })).toEqual([
    here,
    'brief',
  ])
})
