import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { put, remove } from '../../domain/change.ts'
import type { Bib } from '../../domain/records.ts'
import { wellKnownTitles } from '../../test/catalogue/well-known-titles.ts'
import type { Database } from '../open.ts'
import { openDatabase } from '../open.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CATALOGUE_APPLICATION_ID, openCatalogue } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import { openTitleSearch } from './search.ts'
import type { TitleSearch } from './search.ts'
import { openSearchTables } from './search-tables.ts'

const idOf = (title: string): Bib['id'] => {
  const id = wellKnownTitles.find((one) => one.title === title)?.id
  if (id === undefined) throw new Error(`no title ${title}`)
  return id
}
const numberField = (value: string): Bib['fields'][number] => ({
  tag: '091',
  indicators: '  ',
  value: null,
  subfields: [{ code: 'a', value }],
})
const bibOf = (title: string, number: string): Bib => ({
  id: idOf(title),
  profile: 'cnmarc',
  leader: '00000nam0 2200000   450 ',
  fields: [numberField(number)],
})
const wandering = bibOf('彷徨', '10019·2341')
const bibs: readonly Bib[] = [wandering, bibOf('深圳图书馆志', 'CN 44-1022/Z')]

let folder: string
let catalogue: Catalogue
let reader: Database
let titles: TitleSearch
const search: TitleSearch['search'] = (text, limit) => titles.search(text, limit)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-search-'))
  const path = join(folder, 'catalogue.db')
  catalogue = openCatalogue(path, null)
  catalogue.apply(
    [...wellKnownTitles.map((title) => put('title', title)), ...bibs.map((bib) => put('bib', bib))],
    { cursor: 1, localSeq: null },
  )
  const options = { path, key: null, applicationId: CATALOGUE_APPLICATION_ID }
  reader = openDatabase({ ...options, access: 'shared-read-only' })
  titles = openTitleSearch(reader, openSearchTables(), () => 0)
})

afterAll(() => {
  reader.close()
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const found = (text: string): string[] => search(text, 20).rows.map(({ title }) => title)

describe('the best row', () => {
  it.each([
    ['one hanzi, exact title start', '茶', '茶馆'],
    ['the exact title before its longer ones', '红楼梦', '红楼梦'],
    ['the exact title though another is lent more', '三体', '三体'],
    ['two hanzi', '活着', '活着'],
    ['a part in the middle', '楼梦', '红楼梦'],
    ['traditional asks, simplified answers', '紅樓夢', '红楼梦'],
    ['simplified asks, traditional answers', '后汉书', '後漢書'],
    ['regional variant', '活著', '活着'],
    ['full width', '１９８４', '1984'],
    ['full pinyin', 'hongloumeng', '红楼梦'],
    ['pinyin with blanks', 'hong lou meng', '红楼梦'],
    ['pinyin, last syllable begun', 'hongloum', '红楼梦'],
    ['pinyin with tone digits', 'hong2lou2meng4', '红楼梦'],
    ['pinyin with capitals', 'HongLouMeng', '红楼梦'],
    ['pinyin with an apostrophe', "xi'anshibian", '西安事变'],
    ['pinyin of another reading', 'changle', '长乐坊'],
    ['pinyin of a polyphone in a name', 'zengpu', '重庆火锅'],
    ['pinyin chong, not zhong', 'chongqinghuoguo', '重庆火锅'],
    ['pinyin hang, not xing', 'yinhangyewu', '银行业务'],
    ['ü as v', 'lvye', '绿野仙踪'],
    ['ü as u', 'luye', '绿野仙踪'],
    ['ü as itself', 'lüye', '绿野仙踪'],
    ['ü in nü', 'nvshen', '女神'],
    ['initials', 'hlm', '红楼梦'],
    ['initials of two', 'hz', '活着'],
    ['initials of a long title', 'pfdsj', '平凡的世界'],
    ['initials in the middle', 'tsgfl', '中国图书馆分类法'],
    ['mixed pinyin and hanzi', 'shen图', '深圳图书馆志'],
    ['mixed hanzi and pinyin', '红lou', '红楼梦'],
    ['mixed letter and hanzi', 'z图', '深圳图书馆志'],
    ['author', '余华', '活着'],
    ['author in pinyin', 'liucixin', '三体'],
    ['author by two initials', 'ls', '骆驼祥子'],
    ['author without the role', '张爱玲', '红楼梦魇'],
    ['author and title, any order', '曹雪芹 红楼梦', '红楼梦'],
    ['title and author, any order', '红楼梦 曹雪芹', '红楼梦'],
    ['author and title without a blank', '曹雪芹红楼梦', '红楼梦'],
    ['title pinyin and author', 'nahan 鲁迅', '呐喊'],
    ['publisher', '棠棣', '紅樓夢研究'],
    ['Latin word', 'python', 'Python编程：从入门到实践'],
    ['Latin word begun', 'pyth', 'Python编程：从入门到实践'],
    ['long Latin prefix', 'programm', 'The art of computer programming'],
    ['Latin words out of order', 'programming art', 'The art of computer programming'],
    ['Latin at the start of a word only', 'cat', 'The cat in the hat'],
    ['diacritics ignored', 'miserables', 'Les misérables'],
    ['diacritics typed', 'misérables', 'Les misérables'],
    ['apostrophe of any kind', "l'amour", 'Education of a wandering man'],
    ['letters and signs', 'C++', 'C++ Primer 中文版'],
    ['other title', 'petit prince', '小王子'],
    ['ISBN 13', '9787506365437', '活着'],
    ['ISBN 13 with hyphens', '978-7-5063-6543-7', '活着'],
    ['ISBN 10 of a 13', '7506365431', '活着'],
    ['ISBN 10 with hyphens', '7-5037-1744-0', "'94中国发展报告"],
    ['ISBN prefix', '97875442', '百年孤独'],
    ['ISBN prefix without 978', '75442539', '百年孤独'],
    ['ISSN', '1005-1805', '读者'],
    ['control number', 'CN62-1118', '读者'],
    ['CLC class', 'I210.6', '呐喊'],
    ['CLC class in lower case', 'i210.6', '呐喊'],
    ['CLC prefix', 'TP301', '算法导论'],
    ['call number, its class', 'TS972.12/45', '重庆火锅'],
    ['a quote in front of the title', '94中国', "'94中国发展报告"],
    ['CLC subject word inside the title', '图书馆学', '图书馆学概论'],
    ['统一书号', '10019·2341', '彷徨'],
    ['统一书号 with a full stop', '10019.2341', '彷徨'],
    ['统一书号 with a full-width point', '１００１９．２３４１', '彷徨'],
    ['统一书号 with a Japanese point', '10019・2341', '彷徨'],
    ['统一书号 with its name', '统一书号：10019•2341', '彷徨'],
    ['统一书号 begun', '10019·234', '彷徨'],
    ['刊号', 'CN 44-1022/Z', '深圳图书馆志'],
    ['刊号 without letters', '44-1022', '深圳图书馆志'],
    ['ISBN 13 with a class of its cover', 'ISBN 978-7-5063-6543-7', '活着'],
    ['ISBN 10 of a foreign book', '0-201-89683-4', 'The art of computer programming'],
    ['ISSN without a hyphen', '10051805', '读者'],
    ['subject', '长篇小说', '活着'],
    ['a part of a subject', '科学幻想', '球状闪电'],
    ['series', '茅盾文学奖获奖作品', '白鹿原'],
    ['publisher as it is printed', '棠棣出版社', '紅樓夢研究'],
    ['publisher and title', '作家出版社 活着', '活着'],
    ['author as it is printed', '余华著', '活着'],
    ['author as it is printed, in traditional characters', '張愛玲著', '红楼梦魇'],
  ])('%s: %s', (_name, text, title) => {
    expect(found(text)[0]).toBe(title)
  })
})

describe('what is found, and what is not', () => {
  it('orders by popularity within one weight', () => {
    expect(found('刘慈欣')).toEqual(['三体', '三体. II, 黑暗森林', '球状闪电'])
    expect(found('鲁迅')).toEqual(['鲁迅全集', '呐喊', '彷徨'])
  })
  it('finds every title of a class, and a class begun in the order of the shelf', () => {
    expect(found('I242')).toEqual(['红楼梦', '西游记', '三国演义', '水浒传'])
    expect(found('TP3')).toEqual([
      '算法导论',
      '深入理解计算机系统',
      'The art of computer programming',
      'Python编程：从入门到实践',
      'C++ Primer 中文版',
    ])
  })
  it('a number of a record that changes or leaves is found as it is', () => {
    const other = { ...wandering, fields: [numberField('7019·77')] }
    catalogue.apply([put('bib', other)], { cursor: 2, localSeq: null })
    expect(found('10019·2341')).toEqual([])
    expect(found('7019·77')).toEqual(['彷徨'])
    catalogue.apply([remove('bib', other.id)], { cursor: 3, localSeq: null })
    expect(found('7019·77')).toEqual([])
    catalogue.apply([put('bib', wandering)], { cursor: 4, localSeq: null })
    expect(found('10019·2341')).toEqual(['彷徨'])
  })
  it('does not take bigrams that do not stand together for the word', () => {
    expect(found('中国发展报告书')).toEqual([])
    expect(found('馆学图书')).not.toContain('不存在')
  })
  it('does not find a syllable in a Latin word, nor a word inside a word', () => {
    expect(found('cat')).not.toContain('Education of a wandering man')
  })
  it('finds nothing for nothing', () => {
    for (const text of ['', '   ', '，。！', '"', '*', '-', '\u0000', '()']) {
      expect(search(text, 20)).toEqual({ rows: [], total: 0, isTotalExact: true, spelledAs: null })
    }
  })
  it('says how many', () => {
    expect(search('余华', 1)).toMatchObject({ total: 2, isTotalExact: true })
    expect(search('余华', 1).rows).toHaveLength(1)
  })
})

describe('pinyin with a slip', () => {
  it.each([
    ['z for zh', 'zongguotushuguan', 'zhongguotushuguan', '中国图书馆分类法'],
    ['n for ng', 'pinfandeshijie', 'pingfandeshijie', '平凡的世界'],
    ['n for l', 'hongnoumeng', 'hongloumeng', '红楼梦'],
    ['a missing letter', 'honglumeng', 'hongloumeng', '红楼梦'],
    ['a doubled letter', 'hongloumengg', 'hongloumeng', '红楼梦'],
  ])('%s: %s is read as %s', (_name, typed, spelledAs, title) => {
    const answer = search(typed, 20)
    expect(answer.spelledAs).toBe(spelledAs)
    expect(answer.rows[0]?.title).toBe(title)
  })
  it('what is found as typed is never respelled', () => {
    for (const text of ['hongloumeng', 'python', '红楼梦']) {
      expect(search(text, 20).spelledAs).toBeNull()
    }
  })
})

describe('hostile queries are text', () => {
  it.each([
    ['a quote', '"红楼梦'],
    ['quotes within', '红"楼"梦'],
    ['a star', '红楼*'],
    ['a column filter', 'tokens:红楼梦'],
    ['NEAR', 'NEAR(红 楼)'],
    ['an open OR', '红楼梦 OR'],
    ['AND NOT', 'AND NOT 红楼梦'],
    ['a NUL', '红\u0000楼\u0000梦'],
    ['braces and carets', '{^红楼梦} + - ^'],
    ['a lone surrogate', '\ud800红楼梦\udc00'],
    ['an SQL comment', `红楼梦'; DROP TABLE title; --`],
    ['our own marks', '§红楼 ¶hong¶lou ¬a ¤b °c ±d'],
    ['right-to-left override', '\u202e红楼梦'],
    ['a very long one', '红楼梦'.repeat(100_000)],
    ['many terms', 'zh '.repeat(10_000)],
    ['many syllables', 'xianxianxian'.repeat(5_000)],
    ['one letter repeated', 'a'.repeat(1_000_000)],
    ['a percent sign and an underscore', '红%楼_梦'],
    ['a NUL at the end', '红楼梦\u0000'],
    ['ten thousand characters', '红楼'.repeat(5_000)],
    ['ten thousand digits', '9'.repeat(10_000)],
    ['backslashes', '红\\楼\\梦\\'],
    ['an FTS5 phrase', '"红楼" + "梦"'],
    ['an FTS5 prefix', '"红" *'],
    ['markup', '<img src=x onerror=alert(1)>红楼梦'],
    ['a call number of signs', 'I247.57/((((("'],
    ['a book number of points', '10019····'],
    ['expanding compatibility characters', '\ufdfa'.repeat(10_000)],
    ['combining marks', 'e' + '\u0301'.repeat(10_000)],
  ])('%s', (_name, text) => {
    expect(search(text, 20).rows.length).toBeLessThanOrEqual(20)
    expect(catalogue.count()).toBe(wellKnownTitles.length)
  })

  it.each(['%', '_', '红%梦', '红_梦', '红*', '^红', '-红楼梦xyz', '红楼梦 NOT 西游记'])(
    '%s matches no more than its words do',
    (text) => {
      for (const title of found(text)) expect(title).toMatch(/[红紅]/)
      expect(found(text)).not.toContain('西游记')
    },
  )

  it('any string is answered', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('红楼梦huiz 1-".*:()')),
        maxLength: 40,
      }),
    )
    fc.assert(
      fc.property(parts, (text) => {
        const answer = search(text, 20)
        expect(answer.rows.length).toBeLessThanOrEqual(20)
        expect(answer.total).toBeGreaterThanOrEqual(answer.rows.length)
      }),
      { numRuns: 400 },
    )
  })

  it('every title is found by itself', () => {
    for (const { title } of wellKnownTitles) expect(found(title)).toContain(title)
  })

  it('every title of three hanzi and more is found by its initials', () => {
    const tables = openSearchTables()
    const all = wellKnownTitles.filter(({ title }) => /^\p{Script=Han}{3,}$/u.test(title))
    expect(all.length).toBeGreaterThan(20)
    for (const { title } of all) {
      const initials = Array.from(title, (hanzi) => tables.readings(hanzi)[0]?.charAt(0) ?? '')
      expect(found(initials.join(''))).toContain(title)
    }
  })
})

describe('titles to be narrowed', () => {
  it('come in the order of the search, each with what the record says of it', () => {
    const { titles: browsed, isWhole } = titles.browse('鲁迅')
    expect(browsed.map(({ row }) => row.title)).toEqual(found('鲁迅'))
    expect(isWhole).toBe(true)
    for (const { row, facets } of browsed) {
      const known = wellKnownTitles.find(({ id }) => id === row.id)
      expect(facets).toMatchObject({
        kind: known?.kind,
        language: known?.language ?? 'unknown',
        audience: known?.audience,
      })
    }
  })
})

describe('respelling a miss', () => {
  it('begins no other spelling once its time is over', () => {
    let now = 0
    const late = openTitleSearch(reader, openSearchTables(), () => (now += 3))
    expect(search('liucixing', 20).spelledAs).toBe('liucixin')
    expect(late.search('liucixing', 20)).toMatchObject({ rows: [], spelledAs: null })
  })
})
