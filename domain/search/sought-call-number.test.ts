import { describe, expect, it } from 'vitest'

import { isSought, soughtCallNumber } from './sought-call-number.ts'

const labels = [
  'I247.57/1',
  'I247.57/12',
  'I247.57/123',
  'I247.57 12',
  'i247.57/12-2',
  'I247.5/12',
  'I247.571/12',
  'MW/I247.57/12',
  'TP312C++/8',
  'CD/12',
]
const found = (typed: string): string[] => {
  const sought = soughtCallNumber(typed)
  if (sought === null) return []
  return labels.filter(
    (label) => label.toUpperCase().startsWith(sought.start) && isSought(sought, label),
  )
}

describe('the shelf is asked for', () => {
  it.each([
    ['a class and the start of a number', 'I247.57/12', [1, 2, 3, 4]],
    ['a blank for the stroke', 'I247.57 12', [1, 2, 3, 4]],
    ['small letters', 'i247.57/123', [2]],
    ['full width', 'Ｉ２４７．５７／１２３', [2]],
    ['all of a class', 'I247.57/', [0, 1, 2, 3, 4]],
    ['a collection', 'MW/', [7]],
    ['a collection and a class begun', 'MW/I24', [7]],
    ['signs of a class', 'TP312C++/', [8]],
    ['a collection without classes', 'cd/1', [9]],
    ['a number that is not there', 'I247.57/99', []],
  ])('%s: %s', (_name, typed, places) => {
    expect(found(typed)).toEqual(places.map((place) => labels[place]))
  })

  it.each([
    ['a class alone', 'I247.57'],
    ['hanzi', '红楼梦'],
    ['hanzi about a stroke', '红楼/梦'],
    ['words', 'python 3'],
    ['and/or', 'and/or'],
    ['an ISBN', '978-7-5063-6543-7'],
    ['a third line', 'I247.57/12/2008'],
    ['a stroke', '/'],
    ['nothing', ''],
  ])('not by %s: %s', (_name, typed) => {
    expect(soughtCallNumber(typed)).toBeNull()
  })
})
