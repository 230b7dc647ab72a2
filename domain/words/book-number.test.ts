import { expect, test } from 'vitest'
import {
  bookSeries,
  callNumberOf,
  isProvisional,
  labelLines,
  readBookSeries,
  sequenceNumberOf,
  withBookNumber,
} from './book-number.ts'
import { SchemeId } from './ids.ts'

const scheme = SchemeId.parse('desk-a.1.7.r1')

test.each(['I247.5', 'H319.4:I234', 'TP312C++'])(
  'the series of %s is read as it was written',
  (of) => {
    expect(readBookSeries(bookSeries(scheme, of))).toEqual({ schemeId: scheme, classNumber: of })
  },
)

test.each(['certificate', '', null])('%o is no series of book numbers', (series) => {
  expect(readBookSeries(series)).toBeNull()
})

test('C42 a provisional number is seen, and gives way to the number with its volume', () => {
  expect(callNumberOf('I247.5', null)).toBe('I247.5/?')
  expect(isProvisional('I247.5/?:2')).toBe(true)
  expect(isProvisional(callNumberOf('I247.5', '27'))).toBe(false)
  expect(withBookNumber('I247.5/?:2', '27')).toBe('I247.5/27:2')
  expect(withBookNumber('I247.5/26', '27')).toBe('I247.5/26')
})

test.each([
  ['I247.5/26', ['I247.5', '26']],
  ['I247.5/26:2', ['I247.5', '26', ':2']],
  ['MW/I247/26(3):1', ['MW', 'I247', '26', '(3)', ':1']],
  ['F124/26/1994', ['F124', '26', '1994']],
  ['CD2008/512', ['CD2008', '512']],
  ['K20-42', ['K20-42']],
])('the spine of %s', (callNumber, lines) => {
  expect(labelLines(callNumber)).toEqual(lines)
})

test.each([
  ['I247.5/26', 26],
  ['I247.5/26:2', 26],
  ['I247.5/Z763A', null],
  ['I247.5/?', null],
  ['I247.5', null],
  ['I247/26', null],
  ['I247.5/20240101', null],
])('%s counts as %o in its class', (callNumber, number) => {
  expect(sequenceNumberOf(callNumber, 'I247.5')).toBe(number)
})
