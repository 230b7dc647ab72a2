import { expect, test } from 'vitest'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import {
  emptyFields,
  fromIdCard,
  isIdNumberWrong,
  isMinor,
  likenessOf,
  missingIn,
  payloadOf,
} from './register-form.ts'

const filled = { ...emptyFields, card: ' 044001000001 ', category: 'lidu', name: '李小明' }
const today = '2026-11-22' as CalendarDate

test.each([
  [emptyFields, 'card'],
  // D19: it would be kept in clear.
  [{ ...filled, card: '11010519491231002X' }, 'card'],
  [{ ...filled, category: '' }, 'category'],
  [{ ...filled, name: ' ' }, 'name'],
  [{ ...filled, bornOn: '2015' }, 'bornOn'],
  [filled, null],
  [{ ...filled, bornOn: '20150601' }, null],
] as const)('%o lacks %s', (fields, missing) => expect(missingIn(fields)).toBe(missing))

test.each([
  ['20121122', false],
  ['20121123', true],
  ['', false],
])('born %s is a minor: %s', (bornOn, minor) => expect(isMinor(bornOn, today)).toBe(minor))

test('the payload is trimmed, and empty fields are known to be none', () => {
  expect(payloadOf({ ...filled, bornOn: '2015年6月1日' }, 'r1')).toEqual({
    card: '044001000001',
    name: '李小明',
    category: 'lidu',
    bornOn: '2015-06-01',
    phone: null,
    idNumberHash: null,
    guardianReaderId: 'r1',
    hasGuardianConsent: false,
    note: null,
  })
})

test('D3 look-alikes are asked for by what is typed so far; half a date is none', () => {
  expect(likenessOf({ ...filled, bornOn: '2015', idNumber: ' 4403 ' })).toEqual({
    card: '044001000001',
    name: '李小明',
    bornOn: null,
    phone: '',
    idNumber: '4403',
    idNumberHash: null,
  })
  expect(payloadOf(filled, null, 'a'.repeat(64)).idNumberHash).toBe('a'.repeat(64))
})

test.each([
  ['', null, false],
  ['G12345678', null, false],
  ['440301 19900501 1233', null, true],
  ['11010519491231002X', null, false],
  ['', { masked: '440***********1234', idNumberHash: null }, true],
  ['', { masked: '440***********123X', idNumberHash: 'a'.repeat(64) }, false],
])('D19 the number %s, read %o, is wrong: %s', (idNumber, idCard, isWrong) => {
  expect(isIdNumberWrong({ ...filled, idNumber, idCard })).toBe(isWrong)
})

test('D19 a card that a reader read fills in whose it is; a number that was scanned does not', () => {
  const idCard = { masked: '440***********123X', idNumberHash: 'b'.repeat(64) }
  const typed = { ...filled, idNumber: '44', bornOn: '' }
  expect(fromIdCard(typed, idCard, { name: '范例', bornOn: '1949-12-31' })).toEqual({
    ...typed,
    idCard,
    idNumber: '',
    name: '范例',
    bornOn: '1949-12-31',
  })
  // A name with a character of the police's own stays to be typed.
  expect(fromIdCard(typed, idCard, { name: null, bornOn: '1949-12-31' }).name).toBe('李小明')
  expect(fromIdCard(typed, idCard, null)).toEqual({ ...typed, idCard, idNumber: '' })
})

test('D19 of a card that was read only the hash is asked and kept', () => {
  const idCard = { masked: '440***********123X', idNumberHash: 'b'.repeat(64) }
  expect(likenessOf({ ...filled, idCard })).toMatchObject({
    idNumber: '',
    idNumberHash: 'b'.repeat(64),
  })
})
