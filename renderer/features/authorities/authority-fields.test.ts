import { expect, test } from 'vitest'
import { newFields, typedToFields } from './authority-fields.ts'

test('A1 what is typed becomes a heading: a line a variant, each once, blanks away', () => {
  const typed = {
    heading: '‡a鲁迅‡f1881-1936',
    variants: ' 周树人 \n\n周树人\n周樟寿',
    seeAlso: '',
    note: ' ',
  }
  expect(typedToFields(newFields('person'), typed)).toEqual({
    kind: 'person',
    indicators: ' 0',
    subfields: [
      { code: 'a', value: '鲁迅' },
      { code: 'f', value: '1881-1936' },
    ],
    variants: ['周树人', '周樟寿'],
    seeAlso: [],
    note: null,
  })
})
