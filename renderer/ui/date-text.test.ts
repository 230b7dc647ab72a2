import { expect, test } from 'vitest'
import { dateFromText } from './date-text.ts'

test.each([
  ['20150601', '2015-06-01'],
  ['2015-6-1', '2015-06-01'],
  ['2015年6月1日', '2015-06-01'],
  ['２０１５０６０１', '2015-06-01'],
  ['20240229', '2024-02-29'],
  ['20230229', null],
  ['20151301', null],
  ['2015', null],
  ['', null],
])('%s is %s', (text, date) => expect(dateFromText(text)).toBe(date))
