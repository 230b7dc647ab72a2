import { describe, expect, it, test } from 'vitest'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { linkFields } from './definitions/link-fields.ts'
import { recordContext } from './lint-finding.ts'
import { lintRecord } from './lint.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import { leadsTo, tagBack, titleOfLink, withLinkBack } from './linked-record.ts'

const linkOf = (line: string) => {
  const field = aGoodRecord(line).fields.find(({ tag }) => tag === line.slice(0, 3))
  if (field === undefined) throw new Error('no link')
  return field
}

describe('what a link leads to', () => {
  it.each([
    ['454  $12001 $aLe petit prince', { title: 'Le petit prince', controlNumber: null, isbns: [] }],
    [
      '461  $1001012020000007$12001 $a红楼梦$h上册',
      { title: '红楼梦. 上册', controlNumber: '012020000007' },
    ],
    [
      '452  $12001 $a小王子$1010  $a978-7-5001-6208-7$1701 0$a圣埃克苏佩里$4著',
      { title: '小王子', isbns: ['9787500162087'] },
    ],
    ['430  $t人民画报', { title: '人民画报' }],
  ])('%s', (line, wanted) => {
    expect(titleOfLink(linkOf(line))).toMatchObject(wanted)
  })

  it('nothing where no title is named', () => {
    expect(titleOfLink(linkOf('461  $1001012020000007'))).toBeNull()
    expect(titleOfLink(linkOf('461  $a坏'))).toBeNull()
  })
})

test('what leads there and back is a pair, and both are tags of links', () => {
  const tags = linkFields.map(({ tag }) => tag)
  const serial = '00000nas0 2200000   450 '
  const pairs = tags.flatMap((tag) => {
    const back = tagBack(tag, serial)
    return back === null ? [] : [[tag, back] as const]
  })
  expect(pairs.length).toBeGreaterThan(30)
  expect(pairs.filter(([, back]) => !tags.includes(back))).toEqual([])
  const oneWay = pairs.filter(([tag, back]) => tagBack(back, serial) !== tag)
  // A piece leads to its set whether that is a part of a larger one or not.
  expect(oneWay.map(([tag]) => tag)).toEqual(['462', '464'])
})

describe('the link back', () => {
  const book = aGoodRecord('454 0$12001 $aLe petit prince')
  const original = aGoodRecord('2001 $aLe petit prince$fSaint-Exupéry')

  it('has the number and the title of where it leads, and no rule objects to it', () => {
    const back = withLinkBack(original, '454', book)
    const [link] = back?.fields.filter(({ tag }) => tag === '453') ?? []
    expect(link?.subfields).toEqual([
      { code: '1', value: '001012021000001' },
      { code: '1', value: '2001 ' },
      { code: 'a', value: '小王子' },
    ])
    const found = lintRecord(bibToMarcRecord(back ?? original), 'cnmarc', recordContext(2026))
    expect(found.filter(({ rule }) => rule === 'M13')).toEqual([])
  })

  it('is seen where it is there, by its number and by its title', () => {
    expect(leadsTo(original, book)).toBe(false)
    expect(leadsTo(withLinkBack(original, '454', book) ?? original, book)).toBe(true)
    expect(leadsTo(aGoodRecord('453 0$12001 $a小王子'), book)).toBe(true)
    expect(leadsTo(aGoodRecord('453 0$1001别的$12001 $a小王子'), book)).toBe(false)
    expect(leadsTo(aGoodRecord('453 0$12001 $a大王子'), book)).toBe(false)
  })

  it('is not made for a book in the record of its series, nor from a record without a title', () => {
    expect(withLinkBack(original, '410', book)).toBeNull()
    expect(withLinkBack(original, '470', book)).toBeNull()
    expect(withLinkBack(original, '454', aGoodRecord('2001 $a $9'))).toBeNull()
  })
})
