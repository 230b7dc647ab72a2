import { expect, test } from 'vitest'

import { combosOf, roomAt, roomsOf, screens, screensIn } from './screens.ts'
import type { Screen } from './screens.ts'

const named = (...names: readonly Screen['name'][]): readonly Screen[] =>
  screens.filter(({ name }) => names.includes(name))

const namesOf = (some: readonly Screen[]): readonly string[] => some.map(({ name }) => name)

test('every screen has a key', () => {
  expect(screens.filter((screen) => combosOf(screen).length === 0)).toEqual([])
})

test('no key opens two screens', () => {
  const combos = screens.flatMap(combosOf)
  expect(new Set(combos).size).toBe(combos.length)
})

test('every screen stands in a room, and what all rooms do in each', () => {
  const inRooms = roomsOf(screens).map((room) => namesOf(screensIn(screens, room)))
  expect(new Set(inRooms.flat())).toEqual(new Set(namesOf(screens)))
  for (const inRoom of inRooms) expect(inRoom).toEqual(expect.arrayContaining(['search', 'today']))
})

test('a room in which one has nothing to do is not shown', () => {
  expect(roomsOf(named('lend', 'search', 'drafts'))).toEqual(['desk', 'cataloguing'])
  expect(roomsOf(named('search', 'today'))).toEqual([])
  expect(namesOf(screensIn(named('search', 'today'), null))).toEqual(['search', 'today'])
})

test('a screen opens its room; one of every room leaves the room as it is', () => {
  const mine = named('lend', 'search', 'drafts')
  expect(roomAt(mine, '/drafts', 'desk')).toBe('cataloguing')
  expect(roomAt(mine, '/search', 'cataloguing')).toBe('cataloguing')
  expect(roomAt(mine, '/item', 'cataloguing')).toBe('cataloguing')
  expect(roomAt(mine, '/search', null)).toBe('desk')
})
