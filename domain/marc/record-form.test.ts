import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import type { BibContent } from '../cataloguing-records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { formParts, formValue, withFormValue } from './record-form.ts'
import type { FormPart } from './record-form.ts'
import { begunRecord } from './templates.ts'

const today = CalendarDate.parse('2026-11-23')
const begun = begunRecord('book', { today, number: '1', agency: '044005' })
const parts = Object.keys(formParts) as FormPart[]
const write = (content: BibContent, part: FormPart, value: string): BibContent =>
  withFormValue(content, part, value, today)
const lineOf = (content: BibContent, tag: string): string | undefined =>
  content.fields
    .find((field) => field.tag === tag)
    ?.subfields.map(({ code, value }) => `$${code}${value}`)
    .join('')

test('what is written is read, whatever was there, and no other part of the form moves', () => {
  const value = fc.stringMatching(/^[山水a1 ]{1,9}$/u)
  const records = fc.constantFrom(begun, aGoodRecord(), withoutTag(aGoodRecord(), '210'))
  fc.assert(
    fc.property(records, fc.constantFrom(...parts), value, (content, part, text) => {
      const written = write(content, part, text)
      expect(formValue(written, part)).toBe(text)
      const others = parts.filter((other) => other !== part)
      const before = others.map((other) => formValue(content, other))
      expect(others.map((other) => formValue(written, other))).toEqual(before)
      const tags = written.fields.map(({ tag }) => tag)
      expect(tags).toEqual(tags.toSorted())
    }),
  )
})

test('what is emptied goes, and a field is not begun to be empty', () => {
  expect(lineOf(write(aGoodRecord(), 'author', ''), '200')).not.toContain('$f')
  expect(write(aGoodRecord(), 'abstract', '')).toEqual(aGoodRecord())
  expect(lineOf(write(aGoodRecord('690  $aI1'), 'classNumber', ''), '690')).toBe('$a')
})

test('a subtitle stands behind the pinyin of the title and before who wrote it', () => {
  expect(lineOf(write(begun, 'subtitle', '插图本'), '200')).toBe('$a$9$e插图本$f')
})

test('the year is written in 100 as well', () => {
  expect(lineOf(write(begun, 'year', '2024.06'), '100')).toContain('d2024    ')
  expect(lineOf(write(begun, 'year', '[民国]'), '100')).toContain('d2026    ')
})

test.each([
  ['余华著', '701', '$a余华$9$4著'],
  ['(法)圣埃克苏佩里著', '701', '$a圣埃克苏佩里$9$c(法)$4著'],
  ['王力主编', '701', '$a王力$9$4主编'],
  ['余华', '701', '$a$9$4著'],
  ['余华, 苏童著', '701', '$a$9$4著'],
])('%s makes the heading %s', (statement, tag, wanted) => {
  expect(lineOf(write(begun, 'author', statement), tag)).toBe(wanted)
})

test('a person who stands there already stays; typed on, the name follows', () => {
  const standing = aGoodRecord('701 0$a余华$9yu hua$4著')
  expect(lineOf(write(standing, 'author', '苏童著'), '701')).toBe('$a余华$9yu hua$4著')
  expect(lineOf(write(standing, 'author', '余华编著'), '701')).toBe('$a余华$9yu hua$4编著')
  expect(lineOf(write(aGoodRecord('701 0$a余$9$4著'), 'author', '余华著'), '701')).toBe(
    '$a余华$9$4著',
  )
})

test('a translator is a person of the second rank', () => {
  expect(lineOf(write(begun, 'otherAuthor', '李玉民译'), '702')).toBe('$a李玉民$9$4译')
})

test.each([
  ['深圳', '440300'],
  ['上海', '310000'],
  // Of the province already, or of nobody knows where.
  ['北京', '110000'],
  ['某地', '110000'],
])('M06 published in %s, the code is %s', (place, code) => {
  expect(lineOf(write(begun, 'place', place), '102')).toBe(`$aCN$b${code}`)
})
