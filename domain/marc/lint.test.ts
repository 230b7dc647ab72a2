import { describe, expect, it } from 'vitest'
import { lintRecord } from './lint.ts'
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

const context = { year: 2026, isKnownClass: null }
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
