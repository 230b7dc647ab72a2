import { describe, expect, it } from 'vitest'
import { lintRecord } from './lint.ts'
import { recordContext } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import type { MarcField, MarcRecord } from './marc-record.ts'

const GOOD = [
  '001  $012021000001',
  '010  $a978-7-5001-6208-7$dCNY32.00',
  '100  $a20211208d2022    em y0chiy50      ea',
  '1011 $achi$cfre',
  '102  $aCN$b110000',
  '105  $aa   z   000fy',
  '106  $ar',
  '2001 $a小王子$9xiao wang zi$f(法)圣埃克苏佩里著$g李玉民译',
  '210  $a北京$c中译出版社$d2022',
  '215  $a112页$c图$d21cm',
  '2252 $a世界文学',
  '410 0$12001 $a世界文学',
  '690  $aI565.88$v5',
  '701 0$c(法)$a圣埃克苏佩里$9sheng ai ke su pei li$4著',
  '702 0$a李玉民$9li yu min$4译',
  '801 0$aCN$bNLC$c20211208',
]

const fieldOf = (line: string): MarcField =>
  line.startsWith('00')
    ? { tag: line.slice(0, 3), value: line.slice(6) }
    : {
        tag: line.slice(0, 3),
        indicators: line.slice(3, 5),
        subfields: line
          .slice(6)
          .split('$')
          .map((part) => ({ code: part.slice(0, 1), value: part.slice(1) })),
      }

const recordOf = (lines: readonly string[], leader = '00000nam0 2200000   450 '): MarcRecord => ({
  leader,
  fields: lines.map(fieldOf),
})

/** The good record with the lines of the same tag replaced. */
const withLines = (...lines: string[]): MarcRecord => {
  const tags = new Set(lines.map((line) => line.slice(0, 3)))
  return recordOf([...GOOD.filter((line) => !tags.has(line.slice(0, 3))), ...lines])
}

const context = recordContext(2026)
const lint = (record: MarcRecord): LintFinding[] => lintRecord(record, 'cnmarc', context)
const shapes = (findings: readonly LintFinding[]) =>
  findings.map(({ rule, severity, tag, subfield, fix }) => [rule, severity, tag, subfield, fix])

describe('quality rules (domain-cn 1.6)', () => {
  it('a good record has no findings', () => {
    expect(lint(recordOf(GOOD))).toEqual([])
  })

  it.each([
    ['M01', recordOf(GOOD, '00000xam0 2200000   450 '), 'error', 'LDR', null, null],
    ['M01', recordOf(GOOD, 'nam0'), 'error', 'LDR', null, null],
    ['M02', recordOf(GOOD.filter((line) => !line.startsWith('801'))), 'error', '801', 'a', null],
    ['M02', recordOf(GOOD.filter((line) => !line.startsWith('001'))), 'error', '001', null, null],
    ['M03', withLines('105  $aa   z   000f'), 'error', '105', 'a', null],
    ['M03', withLines('105  $aa   z   900fy'), 'error', '105', 'a', null],
    ['M04', withLines('100  $a20211208d2021    em y0chiy50      ea'), 'error', '100', 'a', '2022'],
    ['M04', withLines('100  $a20211208d20222023em y0chiy50      ea'), 'error', '100', 'a', null],
    ['M05', withLines('1010 $achi$cchi'), 'error', '101', 'c', null],
    ['M05', withLines('1011 $achi'), 'error', '101', 'c', null],
    ['M05', withLines('1010 $achi'), 'error', '101', null, '1'],
    [
      'M07',
      withLines('010  $a978-7-5001-6208-8$dCNY32.00'),
      'error',
      '010',
      'a',
      '$z978-7-5001-6208-8',
    ],
    ['M07', withLines('010  $a7-5001-6208-6$dCNY32.00'), 'error', '010', 'a', null],
    ['M07', withLines('010  $a978-7-5001-6208-7$bCNY32.00'), 'error', '010', 'b', null],
    ['M08', withLines('010  $a978-7-5001-6208-7$d￥16.8'), 'warning', '010', 'd', 'CNY16.80'],
    ['M08', withLines('010  $a978-7-5001-6208-7$d0.38元'), 'warning', '010', 'd', 'CNY0.38'],
    ['M09', withLines('2001 $a小王子 / 圣埃克苏佩里著'), 'error', '200', 'a', '小王子'],
    ['M09', withLines('2001 $a《小王子》'), 'error', '200', 'a', '小王子'],
    ['M09', withLines('2001 $a小王子$d= Le petit prince'), 'error', '200', 'd', 'Le petit prince'],
    ['M11', withLines('2001 $a编委会$9Bian Wei会'), 'warning', '200', '9', null],
    ['M11', withLines('2001 $a小王子$9xiao wang'), 'warning', '200', '9', null],
    ['M11', withLines('2001 $a小王子$f某人著$AXiao Wang Zi'), 'warning', '200', 'A', null],
    ['M12', withLines('410 0$12001 $a另一丛书'), 'warning', '225', 'a', null],
    ['M13', withLines('410 0$12001 $a世界文学', '454 1$a坏链接'), 'error', '454', '1', null],
    ['M14', withLines('690  $a21.2'), 'error', '690', 'a', null],
    ['M14', withLines('690  $a '), 'error', '690', 'a', null],
    ['M17', withLines('215  $a112$d21cm'), 'warning', '215', 'a', null],
    ['M17', withLines('215  $a112页$d21'), 'warning', '215', 'd', '21cm'],
    ['M20', withLines('300  $aÖÐ¹ú·¢Õ¹±¨¸æ'), 'error', '300', 'a', null],
    ['M20', withLines('300  $a坏\ufffd字'), 'error', '300', 'a', null],
    ['M20', withLines('300  $a坏\u0007字'), 'error', '300', 'a', null],
    ['M20', withLines('300  $a坏\ue000字'), 'error', '300', 'a', null],
    ['M06', withLines('102  $aCN$b440000'), 'warning', '102', 'b', '110000'],
    ['M06', withLines('210  $a[深圳市]$d2022'), 'warning', '102', 'b', '440300'],
    ['M10', recordOf(GOOD.filter((line) => !line.startsWith('702'))), 'warning', '200', 'g', null],
    ['M10', withLines('702 0$a李玉民$9li yu min$4编'), 'warning', '702', '4', '译'],
    ['M10', withLines('711 02$a国家统计局$4编'), 'warning', '711', 'a', null],
    ['M15', withLines('606  $a长篇小说$z当代$y法国'), 'warning', '606', null, null],
    ['M15', withLines('606  $a长篇小说 法国 当代'), 'warning', '606', 'a', null],
    ['M16', withLines('330  $a '), 'warning', '330', 'a', null],
    ['M16', withLines(`330  $a${'字'.repeat(501)}`), 'warning', '330', 'a', null],
    ['M16', withLines('330  $a年度巨献，不可错过。'), 'warning', '330', 'a', null],
    ['M19', withLines('801 0$aCN$b$c20211208'), 'error', '801', 'b', null],
    ['M19', withLines('801 0$aCN$bNLC$c2021'), 'error', '801', 'c', null],
    ['M21', withLines('690  $aＩ565.88'), 'warning', '690', 'a', 'I565.88'],
  ] as const)('%s', (rule, record, severity, tag, subfield, fix) => {
    const findings = lint(record).filter((finding) => finding.rule === rule)
    const wanted = shapes(findings).map(([id, level, at, code, proposal]) =>
      fix === null ? [id, level, at, code] : [id, level, at, code, proposal],
    )
    expect(wanted).toContainEqual(
      fix === null ? [rule, severity, tag, subfield] : [rule, severity, tag, subfield, fix],
    )
  })

  it('what is unusual and right has no findings', () => {
    const records = [
      // Two places, one of them in the table; a place in no table; no code for a place abroad.
      withLines('210  $a纽约$a北京$c中译出版社$d2022'),
      withLines('210  $a某地$c中译出版社$d2022'),
      withLines('102  $aUS', '210  $a上海$d2022'),
      // The form first, pinyin between, a topic repeated.
      withLines('606  $a长篇小说$Achang pian xiao shuo$j作品集$x研究$x评论$y法国$z当代'),
      withLines('330  $a一个飞行员在沙漠里遇见小王子。'),
      // Named in a note, and in another way of setting the marks.
      withLines(
        '314  $a封面题绘者周艺',
        '702 0$a李玉民$9li yu min$4译',
        '702 0$a周艺$9zhou yi$4绘',
      ),
      withLines('2001 $a小王子$9xiao wang zi$f(法) 圣·埃克苏佩里[著]$g李玉民等译$g本书编写组编'),
      withLines('801 0$aCN$bNLC$c2021', '801 2$aCN$b044005$c20220105'),
    ]
    expect(records.map(lint).map(shapes)).toEqual(records.map(() => []))
  })

  it.each([
    ['044005', []],
    ['NLC', ['M19']],
  ])('M19 work of 044005 on a record that ends with %s', (agency, rules) => {
    const record = withLines('801 0$aCN$bNLC$c20211208', `801 2$aCN$b${agency}$c20220105`)
    const found = lintRecord(record, 'cnmarc', { ...context, agency: '044005' })
    expect(found.map(({ rule }) => rule)).toEqual(rules)
  })

  it.each([
    ['the title of the national record', ['2001 $a小王子（插图版）$f(法)圣埃克苏佩里著'], '200'],
    ['its publisher', ['210  $a北京$c译林出版社$d2022'], '210'],
    ['its translator', ['702 0$a李玉$9li yu$4译', '2001 $a小王子$f(法)圣埃克苏佩里著'], '702'],
  ])('M22 %s was changed', (_what, lines, tag) => {
    const found = lintRecord(withLines(...lines), 'cnmarc', { ...context, base: recordOf(GOOD) })
    expect(shapes(found)).toContainEqual(['M22', 'warning', tag, null, null])
  })

  it.each([
    ['a class and a note', withLines('690  $aI565.84$v5', '300  $a附导读'), recordOf(GOOD)],
    ['pinyin', withLines('702 0$a李玉民$9Li Yumin$4译'), recordOf(GOOD)],
    ['what it had not', recordOf(GOOD), withLines('010  $dCNY32.00')],
    ['a bad number', withLines('010  $z978-7-5001-6208-7$dCNY32.00'), recordOf(GOOD)],
    [
      'a title of another library',
      withLines('2001 $a王子$9wang zi$f(法)圣埃克苏佩里著$g李玉民译'),
      withLines('801 0$aCN$bBNU$c20211208'),
    ],
  ])('M22 says nothing of %s', (_what, record, base) => {
    const found = lintRecord(record, 'cnmarc', { ...context, base })
    expect(found.filter(({ rule }) => rule === 'M22')).toEqual([])
  })

  it('the class table, where a library has one, is asked', () => {
    const findings = lintRecord(withLines('690  $aI427.5'), 'cnmarc', {
      ...context,
      isKnownClass: (classNumber) => classNumber === 'I247.5',
    })
    expect(shapes(findings)).toEqual([['M14', 'error', '690', 'a', null]])
  })

  it('MARC21 is held only to what it shares', () => {
    const record = recordOf(
      ['24510$aLearning Python /$cMark Lutz.', '020  $a0596002816'],
      '00000nam a2200000 a 4500',
    )
    expect(shapes(lintRecord(record, 'marc21', context))).toEqual([
      ['M07', 'error', '020', 'a', null],
    ])
  })
})
