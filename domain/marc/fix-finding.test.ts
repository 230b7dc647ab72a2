import { describe, expect, it } from 'vitest'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import type { BibContent } from '../cataloguing-records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import { fixedContent } from './fix-finding.ts'
import { recordContext } from './lint-finding.ts'
import { placedFindings } from './place-findings.ts'

const today = CalendarDate.parse('2026-11-23')
const context = recordContext(2026)
const found = (content: BibContent, rule: string) =>
  placedFindings(content, 'cnmarc', context).filter((finding) => finding.rule === rule)
const fix = (content: BibContent, rule: string): BibContent | null => {
  const [finding] = found(content, rule)
  if (finding === undefined) throw new Error(`no ${rule}`)
  return fixedContent(content, finding, { profile: 'cnmarc', context, today })
}
const lineOf = (content: BibContent | null, tag: string): string[] =>
  (content?.fields ?? [])
    .filter((field) => field.tag === tag)
    .map(({ indicators, subfields }) =>
      [indicators, ...subfields.map(({ code, value }) => `$${code}${value}`)].join(''),
    )

describe('what a rule proposes, done', () => {
  it.each([
    ['M02', withoutTag(aGoodRecord(), '106'), '106', '  $ar'],
    ['M02', withoutTag(aGoodRecord(), '801'), '801', ' 0$aCN$b$c20261123'],
    ['M03', aGoodRecord('105  $aa   z   000f'), '105', '  $aa   z   000fy'],
    ['M03', aGoodRecord('105  $aa   z   900fy'), '105', '  $aa   z   000fy'],
    [
      'M04',
      aGoodRecord('100  $a20211208d2021    em y0chiy50      ea'),
      '100',
      '  $a20211208d2022    em y0chiy50      ea',
    ],
    [
      'M04',
      aGoodRecord('100  $a20211208d20222023em y0chiy50      ea'),
      '100',
      '  $a20211208d2022    em y0chiy50      ea',
    ],
    ['M05', aGoodRecord('1010 $achi$cfre'), '101', '1 $achi$cfre'],
    [
      'M07',
      aGoodRecord('010  $a978-7-5001-6208-8$dCNY32.00'),
      '010',
      '  $z978-7-5001-6208-8$dCNY32.00',
    ],
    [
      'M07',
      aGoodRecord('010  $a978-7-5001-6208-7$bCNY32.00'),
      '010',
      '  $a978-7-5001-6208-7$dCNY32.00',
    ],
    [
      'M08',
      aGoodRecord('010  $a978-7-5001-6208-7$d￥16.8'),
      '010',
      '  $a978-7-5001-6208-7$dCNY16.80',
    ],
    ['M09', aGoodRecord('2001 $a《小王子》$f某人著'), '200', '1 $a小王子$f某人著'],
    [
      'M09',
      aGoodRecord('2001 $a小王子 = Le petit prince : 插图本 / 圣埃克苏佩里著 ; 李玉民译'),
      '200',
      '1 $a小王子$dLe petit prince$e插图本$f圣埃克苏佩里著$g李玉民译',
    ],
    ['M06', aGoodRecord('102  $aCN$b440000'), '102', '  $aCN$b110000'],
    ['M10', withoutTag(aGoodRecord(), '701'), '701', ' 0$c(法)$a圣埃克苏佩里$4著'],
    ['M10', aGoodRecord('702 0$a李玉民$9li yu min$4编'), '702', ' 0$a李玉民$9li yu min$4译'],
    ['M11', aGoodRecord('702 0$a李玉民$4译$ALi Yu Min'), '702', ' 0$a李玉民$ALi Yu Min$4译'],
    [
      'M15',
      aGoodRecord('606  $a长篇小说$9chang pian xiao shuo$z当代$y法国$x研究'),
      '606',
      '  $a长篇小说$9chang pian xiao shuo$x研究$y法国$z当代',
    ],
    ['M19', aGoodRecord('801 0$aCN$bNLC$c2021'), '801', ' 0$aCN$bNLC$c20261123'],
    ['M12', aGoodRecord('2250 $a世界文学'), '410', ' 0$12001 $a世界文学'],
    ['M17', aGoodRecord('215  $a112页$d21'), '215', '  $a112页$d21cm'],
    ['M20', aGoodRecord('300  $a坏\u0007字'), '300', '  $a坏字'],
    ['M20', aGoodRecord('300  $aｱｲ'), '300', '  $aアイ'],
    ['M21', aGoodRecord('690  $aＩ565.88$v5'), '690', '  $aI565.88$v5'],
  ] as const)('%s of %j: %s becomes %s', (rule, content, tag, wanted) => {
    const fixed = fix(content, rule)
    expect(lineOf(fixed, tag)).toEqual([wanted])
  })

  it('M01 a code that the leader does not know becomes the usual one', () => {
    const leader = '00000xam0 2200000   450 '
    expect(fix({ ...aGoodRecord(), leader }, 'M01')?.leader).toBe('00000nam0 2200000   450 ')
  })

  it.each([
    ['M02', withoutTag(aGoodRecord(), '001')],
    ['M05', aGoodRecord('1011 $achi')],
    ['M14', aGoodRecord('690  $a21.2')],
    ['M10', aGoodRecord('711 02$a国家统计局$4编')],
    ['M16', aGoodRecord('330  $a重磅推出')],
    ['M17', aGoodRecord('215  $a112$d21cm')],
    ['M20', aGoodRecord('300  $a坏\ufffd字')],
  ] as const)('%s is for a person', (rule, content) => {
    expect(fix(content, rule)).toBeNull()
  })

  it('M19 this library stands behind the others', () => {
    const mine = { ...context, agency: '044005' }
    const content = aGoodRecord()
    const [finding] = placedFindings(content, 'cnmarc', mine).filter(({ rule }) => rule === 'M19')
    if (finding === undefined) throw new Error('no M19')
    const fixed = fixedContent(content, finding, { profile: 'cnmarc', context: mine, today })
    expect(lineOf(fixed, '801')).toEqual([' 0$aCN$bNLC$c20211208', ' 2$aCN$b044005$c20261123'])
  })

  it('M22 the fields of the national record come back', () => {
    const before = { ...context, base: bibToMarcRecord(aGoodRecord()) }
    const content = aGoodRecord('210  $a北京$c译林出版社$d2022')
    const [finding] = placedFindings(content, 'cnmarc', before)
    if (finding === undefined) throw new Error('no M22')
    expect(finding.rule).toBe('M22')
    const fixed = fixedContent(content, finding, { profile: 'cnmarc', context: before, today })
    expect(fixed).toEqual(aGoodRecord())
  })

  it('of two fields with one tag the one that has the fault is fixed', () => {
    const content = aGoodRecord('690  $aI565.88$v5', '690  $aＩ21$v5')
    expect(lineOf(fix(content, 'M21'), '690')).toEqual(['  $aI565.88$v5', '  $aI21$v5'])
  })

  it('the same fault twice is found twice, each at its own field', () => {
    const content = aGoodRecord('690  $aＩ21$v5', '690  $aＩ21$v5')
    const places = found(content, 'M21').map(({ index }) => content.fields[index ?? -1]?.tag)
    expect(places).toEqual(['690', '690'])
    expect(new Set(found(content, 'M21').map(({ index }) => index)).size).toBe(2)
  })

  it('a field repeated very often is not looked at one by one', () => {
    const lines = Array.from({ length: 30 }, () => '690  $aＩ21$v5')
    expect(found(aGoodRecord(...lines), 'M21')).toHaveLength(30)
  })
})
