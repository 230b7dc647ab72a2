import { describe, expect, it } from 'vitest'
import { stripIsbd } from './brief-marc21.ts'
import { recordKind, recordToBrief } from './brief.ts'
import type { MarcField, MarcRecord } from './marc-record.ts'

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

const recordOf = (leader: string, ...lines: string[]): MarcRecord => ({
  leader,
  fields: lines.map(fieldOf),
})

/** domain-cn 1.9, NLC style. */
const prince = recordOf(
  '00000nam0 2200000   450 ',
  '001  $012021000001',
  '010  $a978-7-5001-6208-7$dCNY32.00',
  '010  $a7-5001-6208-1',
  '091  $a10019·3456',
  '100  $a20211208d2022    em y0chiy50      ea',
  '1011 $achi$cfre',
  '2001 $a小王子$9xiao wang zi$b专著$dLe petit prince$e童话$f(法)安托万·德·圣·埃克苏佩里著$g李玉民译$h第1册$zfre',
  '205  $a2版',
  '210  $a北京$c中译出版社$d2022.03',
  '215  $a10,112页$c图$d21cm',
  '2252 $a世界文学名著$v12',
  '6060 $a童话$y法国$z现代$9tong hua',
  '690  $aI565.88$v5',
  '701 0$c(法)$a圣·埃克苏佩里$4著',
  '702 0$a李玉民$9li yu min$4译',
)

describe('brief of CNMARC', () => {
  it('reads the NLC shape', () => {
    expect(recordToBrief(prince, 'cnmarc')).toEqual({
      controlNumber: '012021000001',
      title: '小王子',
      otherTitle: '童话',
      parallelTitle: 'Le petit prince',
      volume: '第1册',
      author: '(法)安托万·德·圣·埃克苏佩里著',
      otherAuthors: ['李玉民译', '李玉民'],
      publisher: '中译出版社',
      place: '北京',
      year: '2022',
      isbns: ['9787500162087'],
      rawIsbns: ['978-7-5001-6208-7', '7-5001-6208-1'],
      issn: null,
      unifiedBookNumber: '10019·3456',
      price: 'CNY32.00',
      language: 'chi',
      clc: 'I565.88',
      subjects: ['童话-法国-现代'],
      series: '世界文学名著 ; 12',
      edition: '2版',
      extent: '10,112页 : 图 ; 21cm',
      kind: 'book',
      pinyinTitle: 'xiao wang zi',
      audience: 'general',
    })
  })

  it('an empty record has no text and no undefined', () => {
    for (const profile of ['cnmarc', 'unimarc', 'marc21'] as const) {
      const brief = recordToBrief(recordOf('00000nam0 2200000   450 '), profile)
      const { kind, isbns, rawIsbns, otherAuthors, subjects, ...texts } = brief
      expect([kind, isbns, rawIsbns, otherAuthors, subjects]).toEqual(['book', [], [], [], []])
      expect(Object.values(texts).every((text) => text === null)).toBe(true)
    }
  })

  it('children are told by 100/17-19', () => {
    const child = recordOf(
      '00000nam0 2200000   450 ',
      '100  $a20211208d2022    d  y0chiy50      ea',
    )
    expect(recordToBrief(child, 'cnmarc').audience).toBe('juvenile')
  })
})

describe('brief of MARC21', () => {
  it('strips ISBD and keeps initials', () => {
    const record = recordOf(
      '00000nam a2200000 a 4500',
      '008  $040601s2004    caua   j      001 0 eng  ',
      '020  $a0596002815 (pbk.) :$c$39.95',
      '24510$aLearning Python =$bLeer Python /$cMark Lutz and David Ascher.',
      '250  $a2nd ed.',
      '264 4$c©2003',
      "264 1$aSebastopol, CA :$bO'Reilly,$cc2004.",
      '300  $axxvi, 591 p. :$bill. ;$c24 cm.',
      '490  $aNutshell books ;$v3',
      '650 0$aPython (Computer program language)$vHandbooks.',
      '1001 $aLutz, Mark.',
      '7001 $aAscher, David J.',
    )
    expect(recordToBrief(record, 'marc21')).toMatchObject({
      title: 'Learning Python',
      otherTitle: null,
      parallelTitle: 'Leer Python',
      author: 'Lutz, Mark',
      otherAuthors: ['Ascher, David J.'],
      publisher: "O'Reilly",
      place: 'Sebastopol, CA',
      year: '2004',
      isbns: ['9780596002817'],
      edition: '2nd ed.',
      extent: 'xxvi, 591 p. : ill. ; 24 cm.',
      series: 'Nutshell books ; 3',
      subjects: ['Python (Computer program language)-Handbooks'],
      language: 'eng',
      audience: 'juvenile',
    })
  })

  it('takes the hanzi of 880 and keeps the romanised title as pinyin', () => {
    const record = recordOf(
      '00000nam a2200000 a 4500',
      '24510$6880-01$aHong lou meng /$cCao Xueqin.',
      '88010$6245-01/$1$a紅樓夢 /$c曹雪芹.',
    )
    expect(recordToBrief(record, 'marc21')).toMatchObject({
      title: '紅樓夢',
      pinyinTitle: 'hong lou meng',
    })
  })

  it.each([
    ['Paris :', 'Paris'],
    ['Friendly fire /', 'Friendly fire'],
    ['Lutz, Mark.', 'Lutz, Mark'],
    ['Gatewood, Willard B.', 'Gatewood, Willard B.'],
    ['Félice, Philippe de.', 'Félice, Philippe de'],
    ['2nd ed.', '2nd ed.'],
    [' / ', null],
    [null, null],
  ])('strips %j to %j', (raw, plain) => {
    expect(stripIsbd(raw)).toBe(plain)
  })
})

describe('kind from leader 6 and 7', () => {
  it.each([
    ['cnmarc', 'am', 'book'],
    ['cnmarc', 'as', 'serial'],
    ['cnmarc', 'gm', 'video'],
    ['cnmarc', 'jm', 'audio'],
    ['cnmarc', 'im', 'audio'],
    ['cnmarc', 'cm', 'music'],
    ['cnmarc', 'em', 'map'],
    ['cnmarc', 'lm', 'e-resource'],
    ['cnmarc', 'mm', 'kit'],
    ['cnmarc', 'rm', 'other'],
    ['cnmarc', '??', 'other'],
    ['marc21', 'am', 'book'],
    ['marc21', 'tm', 'book'],
    ['marc21', 'ab', 'serial'],
    ['marc21', 'mm', 'e-resource'],
    ['marc21', 'om', 'kit'],
    ['marc21', 'pm', 'other'],
  ] as const)('%s %s is %s', (profile, codes, kind) => {
    expect(recordKind(`00000n${codes}0 2200000   450 `, profile)).toBe(kind)
  })
})
