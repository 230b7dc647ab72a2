import { expect, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { headingTags, headingsIn, withHeading } from './headings.ts'

const records = [
  aGoodRecord('701 0$a余华$9yu hua$f1960-$4著', '606  $a长篇小说$y中国$z当代'),
  aGoodRecord('701 0$a余华$9yu hua$f1960-$4主编'),
  aGoodRecord('702 0$a余华$9yu hua$4译', '600 0$a余华$f1960-'),
]

test('persons stand once for each way they are written, the commonest first', () => {
  const found = headingsIn(records, '702', '余华')
  expect(found.map(({ text, count }) => [text, count])).toEqual([
    ['余华 · 1960-', 3],
    ['余华', 1],
  ])
  expect(found[0]?.subfields.map(({ code }) => code)).toEqual(['a', '9', 'f'])
})

test('subjects have their divisions; a text narrows; other tags keep none', () => {
  expect(headingsIn(records, '606', '').map(({ text }) => text)).toEqual(['长篇小说 · 中国 · 当代'])
  expect(headingsIn(records, '606', '短篇')).toEqual([])
  expect(headingTags('200')).toEqual([])
  expect(headingsIn(records, '200', '')).toEqual([])
})

test('a heading takes the place of what was there, and the role stays', () => {
  const [heading] = headingsIn(records, '701', '余华')
  const [field] = aGoodRecord('701 1$a余$9$4编').fields.filter(({ tag }) => tag === '701')
  if (heading === undefined || field === undefined) throw new Error('none')
  expect(withHeading(field, heading)).toMatchObject({
    indicators: ' 0',
    subfields: [
      { code: 'a', value: '余华' },
      { code: '9', value: 'yu hua' },
      { code: 'f', value: '1960-' },
      { code: '4', value: '编' },
    ],
  })
})
