import { expect, it } from 'vitest'
import { codeLists } from './definitions/code-lists.ts'
import { placeCodeOf } from './publishing-places.ts'

it.each([
  ['北京', '110000'],
  ['[北平]', '110000'],
  ['广州市', '440000'],
  ['深圳', '440300'],
  ['吉林', '220000'],
  ['香港', '810000'],
  ['伦敦', null],
  ['', null],
])('%s is %s', (place, code) => {
  expect(placeCodeOf(place)).toBe(code)
})

it('each province of the list of codes is a place', () => {
  const codes = codeLists.places.filter(({ code }) => code.endsWith('0000'))
  expect(codes.length).toBe(34)
  expect(codes.map(({ zh }) => placeCodeOf(zh))).toEqual(codes.map(({ code }) => code))
})
