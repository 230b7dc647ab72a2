import { expect, test } from 'vitest'
import { meaningOfAim } from './aim-names.ts'

test.each([
  [']C0', ']C0 · Code 128'],
  [']C1', ']C1 · GS1-128'],
  [']E0', ']E0 · EAN / UPC'],
  [']d2', ']d2 · Data Matrix'],
  [']X9', ']X9'],
  ['', null],
  [null, null],
])('a scanner that says %s read %s', (aim, meaning) => {
  expect(meaningOfAim(aim)).toBe(meaning)
})
