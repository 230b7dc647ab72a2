import { expect, test } from 'vitest'
import { aReader } from '../../../test/builders/city.ts'
import { fenFromText } from '../../app/fen-from-text.ts'
import { editsOf } from './edit-forms.tsx'
import { staysOf } from './merge-form.tsx'

const reader = aReader()
const same = {
  name: reader.name,
  phone: reader.phone,
  bornOn: reader.bornOn,
  note: reader.note,
  guardian: undefined,
  hasConsent: true,
}
const fields = (edited: Partial<Parameters<typeof editsOf>[1]>) =>
  editsOf(reader, { ...same, ...edited }).map(({ field, from, to }) => [field, from, to])

test.each([
  ['nothing', {}, []],
  ['the telephone', { phone: '139' }, [['phone', reader.phone, '139']]],
  ['the telephone is gone', { phone: null }, [['phone', reader.phone, null]]],
  ['a date in digits is the same day', { bornOn: '19900501' }, []],
  [
    'a guardian before the birth date',
    { bornOn: '20180601', guardian: aReader({ id: 'reader-2' }).id },
    [
      ['guardianReaderId', null, 'reader-2'],
      ['bornOn', '1990-05-01', '2018-06-01'],
    ],
  ],
  ['a name is never taken away', { name: null }, []],
] as const)('D9 %s', (_says, edited, expected) => expect(fields(edited)).toEqual(expected))

test.each([
  ['100', 10_000],
  [' 99.5 ', 9_950],
  ['0', 0],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('%s yuan', (text, fen) => expect(fenFromText(text)).toBe(fen))

test('D13 what stays has more on it, or runs longer', () => {
  const card = (loansCount: number, expiresOn: string) => {
    return { loansCount, reader: aReader({ expiresOn }) }
  }
  const [few, many, long] = [card(1, '2030-01-01'), card(3, '2027-01-01'), card(1, '2036-01-01')]
  expect([staysOf(few, many), staysOf(many, long), staysOf(few, long)]).toEqual([many, many, long])
})
