import { expect, test } from 'vitest'
import type { MarcRecord } from '../marc/marc-record.ts'
import { frequencyOf } from './pattern-of-record.ts'

const aRecord = (coded: string | null, text: string | null): MarcRecord => ({
  leader: '00000nas0 2200000   450 ',
  fields: [
    ['110', coded],
    ['326', text],
  ].flatMap(([tag, value]) =>
    typeof tag !== 'string' || typeof value !== 'string'
      ? []
      : [{ tag, indicators: '  ', subfields: [{ code: 'a', value }] }],
  ),
})

test.each([
  ['aca   0xx0', null, 'weekly'],
  ['afa   0xx0', null, 'monthly'],
  ['ada   0xx0', null, 'fortnightly'],
  ['ayb   0xx0', '月刊', 'irregular'],
  // Nothing coded that is a pattern of ours: the note says it.
  ['auu   0xx0', '双月刊', 'bimonthly'],
  [null, '月刊', 'monthly'],
  [null, '半月刊，2020 年起月刊', 'semi-monthly'],
  [null, '季刊', 'quarterly'],
  [null, '每年不定期出版', 'irregular'],
  [null, null, null],
] as const)('J4 110 %s, 326 %s: %s', (coded, text, frequency) => {
  expect(frequencyOf(aRecord(coded, text))).toBe(frequency)
})
