import { expect, test } from 'vitest'
import {
  fieldKeys,
  headingKey,
  kindOfTag,
  subfieldsFromText,
  subfieldsToText,
} from './heading-key.ts'

test.each([
  ['Lu, Xun', 'luxun'],
  ['ＬＵ ＸＵＮ', 'luxun'],
  ['鲁迅 · 1881-1936', '鲁迅18811936'],
  ['·', ''],
])('%s is compared as %s', (text, key) => {
  expect(headingKey(text)).toBe(key)
})

test('headings of one family are of one kind; others are not kept', () => {
  expect(['700', '702', '600', '711', '601', '606', '607', '200'].map(kindOfTag)).toEqual([
    'person',
    'person',
    'person',
    'corporate',
    'corporate',
    'subject',
    'place',
    null,
  ])
})

test('a field is looked for whole and by its name', () => {
  const subfields = subfieldsFromText('‡a鲁迅‡9lu xun‡f1881-1936‡4著')
  expect(fieldKeys({ subfields })).toEqual(['鲁迅18811936', '鲁迅'])
  expect(fieldKeys({ subfields: subfieldsFromText('老舍') })).toEqual(['老舍'])
})

test.each([
  ['鲁迅', '‡a鲁迅'],
  ['‡a长篇小说‡y中国', '‡a长篇小说‡y中国'],
  ['$a鲁迅$f1881-1936', '‡a鲁迅‡f1881-1936'],
  [' ', ''],
  ['‡a ‡b', ''],
])('%s is written as %s', (text, kept) => {
  expect(subfieldsToText(subfieldsFromText(text))).toBe(kept)
})
