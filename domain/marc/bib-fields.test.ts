import { expect, it } from 'vitest'
import { Bib } from '../records.ts'
import { bibToMarcRecord, fieldToBibField } from './bib-fields.ts'
import type { MarcField } from './marc-record.ts'

const field = (indicators: string, code: string, value: string): MarcField => ({
  tag: '200',
  indicators,
  subfields: [{ code, value }],
})

it('a clean record comes back from its Bib unchanged', () => {
  const fields: MarcField[] = [{ tag: '001', value: '1' }, field('1 ', 'a', '小王子')]
  const leader = '00000nam0 2200000   450 '
  expect(bibToMarcRecord({ leader, fields: fields.map(fieldToBibField) })).toEqual({
    leader,
    fields,
  })
})

it.each([
  [
    field('1  ', 'a', 'x'),
    '1 ',
    [
      ['?', ' '],
      ['a', 'x'],
    ],
  ],
  [field('1', 'a', 'x'), '1 ', [['a', 'x']]],
  [field('1 ', '', 'x'), '1 ', [['?', 'x']]],
] as const)(
  'what only a broken file has is stored and fits the schema',
  (odd, indicators, subfields) => {
    const stored = fieldToBibField(odd)
    expect(Bib.shape.fields.safeParse([stored]).success).toBe(true)
    expect(stored.indicators).toBe(indicators)
    expect(stored.subfields.map(({ code, value }) => [code, value])).toEqual(subfields)
  },
)
