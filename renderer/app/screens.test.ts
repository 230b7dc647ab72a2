import { expect, test } from 'vitest'

import { screens } from './screens.ts'

const combosOf = screens.map(({ functionKey, digit }) =>
  [functionKey, digit === null ? null : `Alt+${digit}`].filter((combo) => combo !== null),
)

test('every screen has a key', () => {
  expect(screens.filter((_screen, place) => combosOf[place]?.length === 0)).toEqual([])
})

test('no key opens two screens', () => {
  const combos = combosOf.flat()
  expect(new Set(combos).size).toBe(combos.length)
})
