import { expect, it } from 'vitest'
import { normaliseIssn } from './issn.ts'

it.each([
  ['0317-8471', '0317-8471'],
  ['03178471', '0317-8471'],
  ['ISSN 2434-561X', '2434-561X'],
  ['２４３４－５６１ｘ', '2434-561X'],
  ['0317-8472', null],
  ['', null],
  ['0317-84711', null],
])('ISSN %s → %s', (raw, issn) => {
  expect(normaliseIssn(raw)).toBe(issn)
})
