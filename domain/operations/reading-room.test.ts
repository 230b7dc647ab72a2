import { expect, test } from 'vitest'

import { NOW, TODAY, aCalendar, aReader, anItem } from '../../test/builders/city.ts'
import {
  aShelf,
  decideOn,
  performOn,
  recordOn,
  rowOf,
  rowsOf,
  said,
} from '../../test/builders/decide.ts'
import { put } from '../change.ts'
import { startOf } from '../words/calendar-date.ts'

const reader = aReader()
const item = anItem({ isForLoan: false, itemType: 'reference' })
const reading = { barcode: item.barcode, card: reader.cardNumber, dueOn: null, readingRoom: true }
const full = aReader({ openLoansCount: 16, openReadingRoomCount: 5 })

test.each([
  ['L24 what does not leave the building', reader, reading, []],
  [
    'L9 at home it may not',
    reader,
    { ...reading, readingRoom: false },
    ['override L9 item-not-for-loan'],
  ],
  ['L24 its own limit', full, reading, ['override L24 reading-room-limit-reached']],
  ['L24, L6 a full card still reads in the room', aReader({ openLoansCount: 11 }), reading, []],
])('%s', (_says, who, payload, expected) => {
  const decision = decideOn([put('item', item), put('reader', who)], 'loan.check-out', payload)
  expect(said(decision)).toEqual(expected)
})

test('L24, L6 what is read in the room takes no place on the card', () => {
  const book = put('item', anItem())
  const lending = { ...reading, readingRoom: false }
  const some = aReader({ openLoansCount: 11, openReadingRoomCount: 5 })
  expect(said(decideOn([book, put('reader', some)], 'loan.check-out', lending))).toEqual([])
})

test('L24 due today when the doors close, and counted apart', () => {
  const hours = [{ weekday: 7, opensAtMinute: 540, closesAtMinute: 1260 }]
  const shelf = aShelf([
    put('calendar', aCalendar({ hours })),
    put('item', item),
    put('reader', reader),
  ])
  performOn(shelf, 'loan.check-out', reading)
  expect(rowsOf(shelf, 'loan')).toMatchObject([
    { dueOn: TODAY, dueAt: startOf(TODAY) + 1260 * 60_000, countsAs: 'reading-room' },
  ])
  expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({
    openLoansCount: 1,
    openReadingRoomCount: 1,
  })
  const returning = { barcode: item.barcode, returnedOn: null }
  performOn(shelf, 'loan.check-in', returning, { operationId: 'desk-a.1.2', at: NOW + 1 })
  expect(rowOf(shelf, 'reader', reader.id)).toMatchObject({
    openLoansCount: 0,
    openReadingRoomCount: 0,
  })
})

test('L24 the sixth is recorded, and a person looks', () => {
  const recorded = recordOn([put('item', item), put('reader', full)], 'loan.check-out', reading)
  expect(recorded.exceptions.map(({ kind }) => kind)).toEqual(['limit-exceeded'])
})
