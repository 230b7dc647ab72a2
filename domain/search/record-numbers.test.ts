import { describe, expect, it } from 'vitest'

import { bookNumberKey, recordNumbersOf, serialNumberKey } from './record-numbers.ts'

describe('one key for all spellings', () => {
  it.each([
    ['as printed', '10019·2341', '10019.2341'],
    ['a full stop', '10019.2341', '10019.2341'],
    ['a full-width point', '10019．2341', '10019.2341'],
    ['a Japanese point', '10019・2341', '10019.2341'],
    ['a bullet', '10019•2341', '10019.2341'],
    ['a Chinese full stop', '10019。2341', '10019.2341'],
    ['a hyphen', '10019-2341', '10019.2341'],
    ['full-width digits', '１００１９·２３４１', '10019.2341'],
    ['blanks', ' 10019 · 2341 ', '10019.2341'],
    ['its name before it', '统一书号：10019·2341', '10019.2341'],
    ['its name in traditional characters', '統一書號10019·2341', '10019.2341'],
    ['four digits of class and publisher', '7019·12', '7019.12'],
    ['a letter of the edition', '12017·305M', '12017.305M'],
    ['two letters, small', '8027·6 mk', '8027.6MK'],
    ['a price behind', '10019·2341 (0.85元)', '10019.2341'],
    ['on its way', '10019·2', '10019.2'],
    ['a year', '1984', null],
    ['an ISBN begun', '97875', null],
    ['a decimal class', 'I247.57', null],
    ['six digits', '100190·2341', null],
    ['a word behind', '10019·2341号', null],
    ['nothing', '', null],
  ])('统一书号, %s: %s', (_name, text, key) => {
    expect(bookNumberKey(text)).toBe(key)
  })

  it.each([
    ['as printed', 'CN 44-1022/Z', 'CN44-1022'],
    ['without blank', 'CN44-1022', 'CN44-1022'],
    ['without its letters', '44-1022', 'CN44-1022'],
    ['a dash', 'CN 44—1022', 'CN44-1022'],
    ['its name before it', '国内统一刊号：CN11-1234/G2', 'CN11-1234'],
    ['too many digits', '441-10225', null],
    ['an ISSN', '1005-1805', null],
  ])('刊号, %s: %s', (_name, text, key) => {
    expect(serialNumberKey(text)).toBe(key)
  })
})

describe('the numbers of a record', () => {
  const field = (tag: string, ...subfields: { code: string; value: string }[]) => ({
    tag,
    indicators: '  ',
    value: null,
    subfields,
  })
  const fields = [
    field('091', { code: 'a', value: '10019·2341' }, { code: 'd', value: '10000·1' }),
    field('091', { code: 'b', value: 'CN 44-1022' }, { code: 'a', value: '10019.2341' }),
    field('092', { code: 'a', value: '10019·7' }),
  ]
  it('are those of 091, each once; its price is none', () => {
    expect(recordNumbersOf({ profile: 'cnmarc', fields })).toEqual(['10019.2341', 'CN44-1022'])
  })
  it('are none in MARC21, where 091 is a local call number', () => {
    expect(recordNumbersOf({ profile: 'marc21', fields })).toEqual([])
  })
})
