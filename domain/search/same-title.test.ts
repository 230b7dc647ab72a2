import { expect, test } from 'vitest'
import { aTitle } from '../../test/builders/city.ts'
import type { Title } from '../records.ts'
import { alikeAmong, likenessOf, titleKey } from './same-title.ts'
import type { ComparedTitle } from './same-title.ts'

/** The words are folded already: no hanzi here has another form. */
const compared = (parts: Parameters<typeof aTitle>[0] = {}): ComparedTitle => {
  const title: Title = aTitle(parts)
  const fold = (text: string | null) => (text ?? '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return {
    title,
    folded: {
      title: fold(title.title),
      author: fold(title.author),
      publisher: fold(title.publisher),
    },
  }
}
const other = (parts: Parameters<typeof aTitle>[0] = {}) => compared({ id: 'title-2', ...parts })

type Parts = Parameters<typeof aTitle>[0]
const rows: [says: string, mine: Parts, theirs: Parts, is: string | null][] = [
  ['Q1 number, words, publisher and year agree', {}, {}, 'certain'],
  ['Q1 one of them does not say the year', {}, { year: null }, 'likely'],
  ['Q1 the same number, printed again', {}, { year: '2015' }, 'likely'],
  ['Q1 a book and its disc', {}, { kind: 'audio' }, null],
  ['Q1 two numbers are two editions', {}, { isbns: ['9787530216781'] }, null],
  [
    'Q1 parts of a set that share its number',
    { title: '资治通鉴. 第一册' },
    { title: '资治通鉴. 第2册' },
    null,
  ],
  [
    'Q1 the same part, its number written in two ways',
    { title: '资治通鉴. 第十二册' },
    { title: '资治通鉴. 12册' },
    'certain',
  ],
  ['Q1 a set and a part of it', { title: '资治通鉴' }, { title: '资治通鉴. 第三卷' }, null],
  ['Q1 上 and 下', { title: '红楼梦. 上' }, { title: '红楼梦. 下' }, null],
  ['Q1 the first part and the whole', { title: '红楼梦' }, { title: '红楼梦. 上册' }, null],
  [
    'Q1 one title goes on with its subtitle',
    { title: '小王子' },
    { title: '小王子 一个飞行员的故事' },
    'likely',
  ],
  ['Q1 two works under one number', { title: '活着' }, { title: '围城' }, null],
  ['Q1 without a number, all else agrees', { isbns: [] }, {}, 'likely'],
  ['Q1 without a number, by another author', { isbns: [] }, { author: '余华' }, null],
  ['Q1 without a number, of no year', { isbns: [] }, { isbns: [], year: null }, null],
]
test.each(rows)('%s', (_says, mine, theirs, is) => {
  expect(likenessOf(compared(mine), other(theirs))).toBe(is)
  expect(likenessOf(other(theirs), compared(mine))).toBe(is)
})

test.each([
  ['资治通鉴 第十二册', '资治通鉴 #12'],
  ['资治通鉴 第一百零三卷', '资治通鉴 #103'],
  ['资治通鉴 卷二十', '资治通鉴 #20'],
  ['资治通鉴 第〇三辑', '资治通鉴 #3'],
  ['三国演义', '三国演义'],
])('%s is read as %s', (text, key) => {
  expect(titleKey(text)).toBe(key)
})

test('Q1 groups hold those that are alike, directly or through another', () => {
  const titles = [
    compared({ id: 'a' }),
    compared({ id: 'b', title: '围城', isbns: ['9787020024759'] }),
    compared({ id: 'c', year: null }),
    compared({ id: 'd' }),
    compared({ id: 'e', title: '围城', isbns: ['9787020024759'] }),
  ]
  expect(alikeAmong(titles).map(({ ids, likeness }) => [likeness, [...ids].toSorted()])).toEqual([
    ['certain', ['b', 'e']],
    ['likely', ['a', 'c', 'd']],
  ])
})
