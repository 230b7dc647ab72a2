import { expect, test } from 'vitest'

import { hoursOfText, minuteWords } from './hours-text.ts'

const hours = (opensAtMinute: number, closesAtMinute: number) => ({
  is: 'hours',
  opensAtMinute,
  closesAtMinute,
})

test.each([
  ['9:00-21:00', hours(540, 1260)],
  ['９：００－２１：３０', hours(540, 1290)],
  ['9-18', hours(540, 1080)],
  ['9:30 至 24:00', hours(570, 1440)],
  ['不开', { is: 'shut' }],
  ['9:00', null],
  ['9:75-18:00', null],
  ['9:00-25:00', null],
  ['', null],
])('%s', (text, read) => {
  expect(hoursOfText(text, '不开')).toEqual(read)
})

test('a minute of the day, written', () => {
  expect([0, 545, 1440].map(minuteWords)).toEqual(['0:00', '9:05', '24:00'])
})
