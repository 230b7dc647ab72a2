import { describe, expect, it, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { readerView } from './reader-view.ts'
import type { ReaderLabel } from './reader-labels.ts'
import type { ReaderView } from './reader-view.ts'

const textsOf = ({ lines }: ReaderView, label: ReaderLabel): readonly string[] =>
  lines.find((line) => line.label === label)?.texts ?? []

const of = (profile: 'cnmarc' | 'marc21', ...lines: readonly string[]): ReaderView =>
  readerView({ profile, ...aGoodRecord(...lines) })

/** Without what the good CNMARC record brings along. */
const marc21 = (...lines: readonly string[]): ReaderView => {
  const { leader, fields } = aGoodRecord(...lines)
  const tags = new Set(lines.map((line) => line.slice(0, 3)))
  return readerView({
    profile: 'marc21',
    leader,
    fields: fields.filter(({ tag }) => tags.has(tag)),
  })
}

describe('a CNMARC record as readers see it', () => {
  it('has the areas of ISBD, and nothing that is for staff', () => {
    const view = of('cnmarc', '905  $aSZL$b04400510000001$dI565.88$e12', '606 0$a童话$y法国$z现代')
    expect(view).toEqual({
      title: '小王子 / (法)圣埃克苏佩里著 ; 李玉民译',
      lines: [
        { label: 'contributor', texts: ['(法)圣埃克苏佩里 著', '李玉民 译'] },
        { label: 'publication', texts: ['北京 : 中译出版社, 2022'] },
        { label: 'extent', texts: ['112页 : 图 ; 21cm'] },
        { label: 'isbn', texts: ['978-7-5001-6208-7 : CNY32.00'] },
        { label: 'subject', texts: ['童话 -- 法国 -- 现代'] },
        { label: 'classNumber', texts: ['I565.88'] },
      ],
    })
  })

  const titles: [says: string, field: string, shown: string][] = [
    [
      'a parallel title and other words',
      '2001 $a小王子$dLe petit prince$e童话',
      '小王子 = Le petit prince : 童话',
    ],
    [
      'a mark that was typed as well',
      '2001 $a小王子$d= Le petit prince',
      '小王子 = Le petit prince',
    ],
    ['a part with its name', '2001 $a水浒传$h上册$i聚义', '水浒传. 上册, 聚义'],
    ['a volume alone', '2001 $a全宋词$v第三卷', '全宋词. 第三卷'],
    ['two works of one author', '2001 $a呐喊$a彷徨$f鲁迅著', '呐喊 ; 彷徨 / 鲁迅著'],
    [
      'pinyin and the kind of material are left out',
      '2001 $a活着$9huo zhe$b专著$f余华著',
      '活着 / 余华著',
    ],
  ]
  it.each(titles)('%s', (_says, field, shown) => {
    expect(of('cnmarc', field).title).toBe(shown)
  })

  const lines: [says: string, label: ReaderLabel, fields: string[], texts: string[]][] = [
    ['an edition', 'edition', ['205  $a2版$b修订本'], ['2版, 修订本']],
    ['a series as stated', 'series', ['2252 $a世界文学名著$v12'], ['世界文学名著 ; 12']],
    ['a series by its link', 'series', ['410 0$12001 $a世界文学$v3'], ['世界文学 ; 3']],
    ['the set that it is of', 'set', ['461 0$12001 $a中国通史$v第一册'], ['中国通史 ; 第一册']],
    ['its parts', 'part', ['463 0$12001 $a上册', '463 0$12001 $a下册'], ['上册', '下册']],
    [
      'what it was translated from',
      'original',
      ['454 0$12001 $aLe petit prince'],
      ['Le petit prince'],
    ],
    ['what a serial was before', 'earlier', ['430 0$12001 $a小说月报'], ['小说月报']],
    ['what it is now', 'later', ['440 0$12001 $a小说选刊'], ['小说选刊']],
    ['issues of a serial', 'numbering', ['207 0$aNo. 1 (1957, 7)-'], ['No. 1 (1957, 7)-']],
    [
      'notes, each once',
      'note',
      ['300  $a据法文版译', '304  $a据法文版译', '314  $a作者生平'],
      ['据法文版译', '作者生平'],
    ],
    ['a summary', 'summary', ['330  $a一位飞行员的故事。'], ['一位飞行员的故事。']],
    ['contents', 'contents', ['327 1$a上卷$a下卷'], ['上卷 ; 下卷']],
    ['a number of the old kind', 'bookNumber', ['091  $a10019·3456'], ['10019·3456']],
    ['a binding without a number', 'isbn', ['010  $b(精装)$dCNY98.00'], ['(精装) : CNY98.00']],
    [
      'a person as a subject',
      'subject',
      ['600 0$a鲁迅$f(1881-1936)$x人物研究'],
      ['鲁迅 (1881-1936) -- 人物研究'],
    ],
    ['free words', 'subject', ['610 0$a童话$a寓言'], ['童话 ; 寓言']],
    [
      'a western name in two parts',
      'contributor',
      ['701  1$aSaint-Exupéry$bAntoine de$4070'],
      ['Saint-Exupéry, Antoine de', '李玉民 译'],
    ],
    ['an address', 'online', ['856 4$uhttps://example.cn/1$z全文'], ['全文 https://example.cn/1']],
    ['a parallel title that the title has', 'parallel', ['510 1$a小王子'], []],
    ['another one', 'parallel', ['510 1$aLe petit prince$zfre'], ['Le petit prince']],
    ['a cover that reads otherwise', 'variant', ['512 1$a小小王子'], ['小小王子']],
    ['a field that says nothing', 'edition', ['205  $a '], []],
  ]
  it.each(lines)('%s', (_says, label, fields, texts) => {
    expect(textsOf(of('cnmarc', ...fields), label)).toEqual(texts)
  })

  it('without a title says so', () => {
    expect(of('cnmarc', '200 1$9xiao wang zi').title).toBeNull()
  })
})

describe('a MARC21 record as readers see it', () => {
  it('keeps its own marks, but for the last of a field', () => {
    const view = marc21(
      '245 10$aThe little prince :$ba tale /$cAntoine de Saint-Exupéry.',
      '100 1 $aSaint-Exupéry, Antoine de,$d1900-1944,$eauthor.',
      '250  $a2nd ed.',
      '264 1$aNew York :$bHarcourt,$c2000.',
      '264 4$c©2000',
      '300  $a96 pages :$billustrations ;$c23 cm',
      '490 1$aClassics ;$v12',
      '505 0$aOne -- Two',
      '520  $aA pilot meets a child.',
      '020  $a9780156012195$q(paperback) :$c12.00 USD',
      '650 0$aFairy tales$zFrance.',
      '590  $aOur copy was a gift',
    )
    expect(view.title).toBe('The little prince : a tale / Antoine de Saint-Exupéry')
    expect(view.lines).toEqual([
      { label: 'contributor', texts: ['Saint-Exupéry, Antoine de, 1900-1944, author'] },
      { label: 'edition', texts: ['2nd ed.'] },
      { label: 'publication', texts: ['New York : Harcourt, 2000'] },
      { label: 'extent', texts: ['96 pages : illustrations ; 23 cm'] },
      { label: 'series', texts: ['Classics ; 12'] },
      { label: 'summary', texts: ['A pilot meets a child.'] },
      { label: 'contents', texts: ['One -- Two'] },
      { label: 'isbn', texts: ['9780156012195 (paperback) : 12.00 USD'] },
      { label: 'subject', texts: ['Fairy tales -- France'] },
    ])
  })

  it('says its title in both scripts, and the other fields too', () => {
    const view = marc21(
      '24510$6880-01$aHong lou meng /$cCao Xueqin.',
      '264 1$6880-02$aBeijing :$bRen min wen xue,$c1982.',
      '88010$6245-01/$1$a红楼梦 /$c曹雪芹.',
      '880 1$6264-02/$1$a北京 :$b人民文学,$c1982.',
    )
    expect(view.title).toBe('Hong lou meng / Cao Xueqin')
    expect(textsOf(view, 'parallel')).toEqual(['红楼梦 / 曹雪芹'])
    expect(textsOf(view, 'publication')).toEqual([
      'Beijing : Ren min wen xue, 1982',
      '北京 : 人民文学, 1982',
    ])
  })

  test('a serial says what it was, how often it comes, and where it began', () => {
    const view = marc21(
      '24500$aHarvest.',
      '310  $aBimonthly',
      '362 0$aNo. 1 (1957)-',
      '78000$tReaping',
      '022  $a0583-1288',
    )
    expect(
      ['note', 'numbering', 'earlier', 'issn'].map((label) => textsOf(view, label as ReaderLabel)),
    ).toEqual([['Bimonthly'], ['No. 1 (1957)-'], ['Reaping'], ['0583-1288']])
  })
})
