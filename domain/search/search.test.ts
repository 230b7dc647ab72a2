import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { foldText, runsOf, textHash } from './fold.ts'
import { fewestSyllables, splitSyllables, syllablesStarting, withoutTones } from './pinyin.ts'
import { planQuery } from './query-plan.ts'
import type { Expression } from './query-plan.ts'
import type { SearchTables } from './search-tables.ts'
import { cutPublisher, cutRoles, foldTitle, longWordsOf, tokensOf } from './tokens.ts'
import { classSortKey } from '../words/call-number.ts'
import { TitleId } from '../words/ids.ts'

const readings: Record<string, string[]> = {
  红: ['hong', 'gong'],
  楼: ['lou'],
  梦: ['meng'],
  乐: ['le', 'yue'],
  绿: ['lv', 'lu'],
  鲁: ['lu'],
  迅: ['xun'],
}
const tables: SearchTables = {
  simplify: new Map([
    ['紅', '红'],
    ['樓', '楼'],
    ['夢', '梦'],
  ]),
  readings: (character) => readings[character] ?? [],
}
const letters = (of: string) => fc.constantFrom(...Array.from(of))
const fold = (text: string): string => foldText(text, tables)

describe('folding', () => {
  it.each([
    ['紅樓夢', '红楼梦'],
    ['ＡＢＣ１２３', 'abc123'],
    ['Les Misérables', 'les miserables'],
    ['Lǜ', 'lu'],
    ["don't O’Brien", 'dont obrien'],
    ["'94中国", '94中国'],
    ['《红楼梦》·（上）', '红楼梦 上'],
    ['C++ / C#', 'c c'],
    ['a\u0000b\ud800c', 'a b c'],
    ['  ', ''],
    ['㈱①', '株 1'],
    ['한국어', '한국어'],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })
  it('folds what is folded to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const once = fold(text)
        expect(fold(once)).toBe(once)
        expect(once).not.toMatch(/[§¶¬¤°±="*\n]/)
      }),
      { numRuns: 300 },
    )
  })
  it('takes the short way through plain texts to where the long way leads', () => {
    const plain = letters("紅樓夢红abZ9 .'`-：，（）《》。\u3000")
    fc.assert(
      fc.property(fc.string({ unit: plain, maxLength: 30 }), (text) => {
        // One letter with a mark, and the whole text goes the long way.
        expect(`${fold(text)} e`.trim()).toBe(fold(`${text} é`))
      }),
      { numRuns: 1000 },
    )
  })
  it('cuts into runs', () => {
    expect(runsOf('shen图 书馆2a')).toEqual([
      { kind: 'word', text: 'shen' },
      { kind: 'hanzi', text: '图' },
      { kind: 'hanzi', text: '书馆' },
      { kind: 'word', text: '2a' },
    ])
  })
  it('hashes to 32 bits', () => {
    expect(textHash('红楼梦')).not.toBe(textHash('红楼夢'))
    fc.assert(fc.property(fc.string(), (text) => textHash(text) === (textHash(text) | 0)))
  })
})

describe('pinyin', () => {
  it.each([
    ['hongloumeng', ['hong lou meng']],
    ['xian', ['xian', 'xi an']],
    ['fangan', ['fan gan', 'fang an']],
    ['fazhanbaog', ['fa zhan bao g…']],
    ['zhon', ['zhon…']],
    ['sh', ['sh…']],
    ['qqq', []],
    ['abc1', []],
    ['', []],
  ])('%s', (word, splits) => {
    const read = splitSyllables(word, 3).map(({ whole, partial }) =>
      [...whole, ...(partial === null ? [] : [`${partial}…`])].join(' '),
    )
    const likeliest = read.slice(0, Math.max(1, splits.length))
    expect(likeliest.toSorted()).toEqual(splits.toSorted())
  })
  it('ends for any letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: letters('aeginoxzh'), maxLength: 80 }), (word) => {
        for (const { whole, partial } of splitSyllables(word, 3)) {
          expect(whole.join('') + (partial ?? '')).toBe(word)
        }
      }),
      { numRuns: 300 },
    )
  })
  it.each([
    ['hongloumeng', 3],
    ['xian', 1],
    ['fangan', 2],
    ['hongloum', null],
    ['', 0],
    ['xian'.repeat(17), null],
  ])('%s is read in %s syllables', (word, count) => {
    expect(fewestSyllables(word)).toBe(count)
  })
  it('completes and loses its tones', () => {
    expect(syllablesStarting('zhon')).toEqual(['zhong'])
    expect(syllablesStarting('q1')).toEqual([])
    expect(withoutTones('hong2lou2')).toBe('honglou')
    expect(withoutTones('1984')).toBeNull()
    expect(withoutTones('win32')).toBeNull()
  })
})

describe('tokens', () => {
  const title = {
    id: TitleId.parse('t1'),
    controlNumber: null,
    title: '紅樓夢',
    otherTitle: 'Dream of chambers',
    author: '(清)鲁迅等著',
    publisher: '人民文学出版社',
    year: null,
    isbns: [],
    issn: null,
    clc: null,
    language: null,
    subjects: ['古典小说'],
    series: null,
    pinyin: null,
    kind: 'book' as const,
    audience: 'general' as const,
    loansCount: 0,
  }
  const folded = foldTitle(title, tables)
  const tokens = tokensOf(folded, tables)

  it('of every namespace', () => {
    for (const token of [
      '红',
      '红楼',
      '楼梦',
      '§红',
      '§红楼',
      '¶hong',
      '¶gong¶lou',
      '¶lou¶meng',
      '°hlm',
      '°glm',
      '±h',
      '±gl',
      '¬d',
      '¬dream',
      '¤chambers',
      '¬chamb',
      '鲁迅',
      '°lx',
      '人民',
      '文学',
      '古典',
    ]) {
      expect(tokens).toContain(token)
    }
  })
  it('and nothing that was cut', () => {
    for (const token of ['清', '等着', '出版', '人', '¶ren', '¤dream', 'hong']) {
      expect(tokens).not.toContain(token)
    }
  })
  it('name the long words', () => {
    expect(longWordsOf(tokens)).toEqual(['chambers'])
  })
  it('stand beside the texts they were made of', () => {
    expect(folded).toEqual({
      title: '红楼梦',
      otherTitle: 'dream of chambers',
      author: '鲁迅',
      publisher: '人民文学',
      rest: ['古典小说'],
    })
  })
  it('stay few for a hostile record', () => {
    const long = {
      ...title,
      title: '红楼梦乐绿'.repeat(400),
      subjects: Array(100).fill('乐'.repeat(300)),
    }
    expect(tokensOf(foldTitle(long, tables), tables).size).toBeLessThan(1000)
    expect(JSON.stringify(foldTitle(long, tables)).length).toBeLessThan(3000)
  })
  it.each([
    ['王力主编', '王力'],
    ['张三 李四合着', '张三 李四合'],
    ['余华着', '余华'],
    ['着', ''],
    ['中国社会科学院语言研究所词典编辑室编', '中国社会科学院语言研究所词典编辑室'],
  ])('role words: %s', (author, cut) => {
    expect(cutRoles(author)).toBe(cut)
  })
  it('publishers', () => {
    expect(cutPublisher('人民文学出版社')).toBe('人民文学')
    expect(cutPublisher('出版社')).toBe('出版社')
  })
})

describe('query plans', () => {
  const plan = (text: string) => planQuery(text, tables)
  const countTokens = (expression: Expression | null): number => {
    if (expression === null) return 0
    if ('all' in expression) return expression.all.reduce((sum, part) => sum + countTokens(part), 0)
    if ('any' in expression) return expression.any.reduce((sum, part) => sum + countTokens(part), 0)
    return 1
  }

  it.each([
    ['978-7-5063-6543-7', { isbn: '9787506365437', isbnPrefix: null }],
    ['7-5037-1744-0', { isbn: '9787503717444' }],
    ['97875063', { isbn: null, isbnPrefix: '97875063' }],
    ['75063', { isbnPrefix: '97875063' }],
    ['1984', { isbnPrefix: null, classKeyPrefix: null, recordNumber: null }],
    ['i247.5/12', { classKeyPrefix: classSortKey('I247.5') }],
    ['I247.5 3104', { classKeyPrefix: classSortKey('I247.5') }],
    ['TP312', { classKeyPrefix: classSortKey('TP312') }],
    ['MW/I247.5', { classKeyPrefix: null }],
    ['红楼梦', { classKeyPrefix: null, controlNumber: null, issn: null, recordNumber: null }],
    ['10019·23', { recordNumber: '10019.23' }],
    ['CN 44-1022/Z', { recordNumber: 'CN44-1022' }],
    ['1005-1805', { issn: '1005-1805' }],
    ['CN62-1118', { controlNumber: 'CN62-1118' }],
  ])('%s', (text, expected) => {
    expect(plan(text)).toMatchObject(expected)
  })
  it('is an AND of bigrams for hanzi', () => {
    expect(plan('红楼梦').match).toEqual({ all: [{ token: '红楼' }, { token: '楼梦' }] })
    expect(plan('红').match).toEqual({ token: '红' })
  })
  it('reads letters as word, as pinyin and as initials', () => {
    expect(plan('hlm').match).toEqual({ any: [{ token: '¬hlm' }, { token: '°hlm' }] })
    expect(JSON.stringify(plan('hongloumeng').match)).toContain('¶hong¶lou')
  })
  it('is bounded for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: letters('zhaxi 红楼 1'), maxLength: 600 }), (text) => {
        const { match, loose, terms } = plan(text)
        expect(terms.length).toBeLessThanOrEqual(12)
        expect(countTokens(match) + countTokens(loose)).toBeLessThan(5000)
      }),
      { numRuns: 200 },
    )
  })
})
