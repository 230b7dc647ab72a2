import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  areCopyIndexes,
  copyWishOf,
  cqlOf,
  isCopyAddress,
  pqfOf,
  sruUrl,
  wordsWish,
} from './copy-wish.ts'

const bath = { isbn: 'bath.isbn', issn: null, title: 'dc.title', author: 'dc.creator' }
const bib1 = { isbn: '7', issn: '8', title: '4', author: '1003' }

test.each([
  ['978-7-5001-6208-7', { by: 'isbn', text: '9787500162087' }],
  ['7503717440', { by: 'isbn', text: '9787503717444' }],
  ['1000-1234', { by: 'title', text: '1000-1234' }],
  ['ISSN 0317-8471', { by: 'issn', text: '0317-8471' }],
  ['  小王子 ', { by: 'title', text: '小王子' }],
  ['小\u0000王\n子', { by: 'title', text: '小 王 子' }],
  ['   ', null],
])('%j is asked for as %j', (typed, wish) => {
  expect(copyWishOf(typed)).toEqual(wish)
})

describe('SRU is asked in CQL', () => {
  test.each([
    ['9787503717444', 'bath.isbn = "9787503717444" or bath.isbn = "7503717440"'],
    ['9791032800000', 'dc.title all "9791032800000"'],
    ['ISSN 0317-8471', null],
    ['say "hi" or x=*', 'dc.title all "say \\"hi\\" or x=\\*"'],
  ])('%s', (typed, cql) => {
    const wish = copyWishOf(typed)
    expect(wish && cqlOf(wish, { indexes: bath })).toBe(cql)
  })

  test('by an author', () => {
    const wish = wordsWish('author', '圣埃克苏佩里')
    expect(wish && cqlOf(wish, { indexes: bath })).toBe('dc.creator all "圣埃克苏佩里"')
  })

  test('whatever is typed stands within its quotation marks', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const wish = wordsWish('title', typed)
        fc.pre(wish !== null)
        const cql = cqlOf(wish, { indexes: bath }) ?? ''
        expect(cql).toMatch(/^dc\.title all "(?:[^"\\]|\\.)*"$/s)
        expect(cql).not.toMatch(/[\n\r]/)
      }),
    )
  })

  test.each([
    ['http://sru.example.cn:210/books', 'http://sru.example.cn:210/books?version=1.1&'],
    ['https://a.cn/sru?db=x', 'https://a.cn/sru?db=x&version=1.1&'],
  ])('at %s', (address, start) => {
    const url = sruUrl({ address, version: '1.1', schema: 'marcxml' }, 'dc.title all "a&b 书"')
    expect(url.startsWith(start)).toBe(true)
    expect(new URL(url).searchParams.get('query')).toBe('dc.title all "a&b 书"')
    expect(new URL(url).searchParams.get('recordSchema')).toBe('marcxml')
  })
})

describe('Z39.50 is asked in PQF', () => {
  test.each([
    ['9787503717444', '@or @attr 1=7 "9787503717444" @attr 1=7 "7503717440"'],
    ['a "b" \\c', '@attr 1=4 @attr 4=6 "a \\"b\\" \\\\c"'],
  ])('%s', (typed, pqf) => {
    const wish = copyWishOf(typed)
    expect(wish && pqfOf(wish, { indexes: bib1 })).toBe(pqf)
  })

  test('an index of SRU is none of its attributes', () => {
    expect(pqfOf({ by: 'isbn', text: '9787503717444' }, { indexes: bath })).toBeNull()
  })
})

test.each([
  ['sru', 'http://127.0.0.1:9999/Default', true],
  ['sru', 'https://[::1]:210/db', true],
  ['sru', 'https://user:pass@host/db', false],
  ['sru', 'file:///etc/passwd', false],
  ['sru', 'http://host/a b', false],
  ['z3950', 'z3950.example.org:210/INNOPAC', true],
  ['z3950', 'host/db/sub', true],
  ['z3950', '-f/etc/passwd', false],
  ['z3950', 'host:210', false],
  ['z3950', 'unix:/tmp/x', false],
  ['z3950', 'host/db\nopen other', false],
] as const)('C60 of %s, %j is an address: %s', (kind, address, isOne) => {
  expect(isCopyAddress({ kind, address })).toBe(isOne)
})

test.each([
  ['sru', bath, true],
  ['sru', bib1, false],
  ['z3950', bib1, true],
  ['z3950', bath, false],
  ['sru', { isbn: null, issn: null, title: null, author: null }, false],
] as const)('C60 of %s, the indexes %j: %s', (kind, indexes, are) => {
  expect(areCopyIndexes({ kind, indexes })).toBe(are)
})
