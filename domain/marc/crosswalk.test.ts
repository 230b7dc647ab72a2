import { describe, expect, it } from 'vitest'
import { crosswalk } from './crosswalk.ts'
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

const lineOf = (field: MarcField): string =>
  'subfields' in field
    ? `${field.tag}${field.indicators} ${field.subfields.map(({ code, value }) => `$${code}${value}`).join('')}`
    : `${field.tag}   ${field.value}`

const recordOf = (leader: string, lines: readonly string[]): MarcRecord => ({
  leader,
  fields: lines.map(fieldOf),
})

describe('crosswalk (domain-cn 1.7)', () => {
  it('CNMARC → MARC21, with each loss named', () => {
    const { record, losses } = crosswalk(
      recordOf('00000nam0 2200000   450 ', [
        '001  $1',
        '010  $a978-7-5001-6208-7$dCNY32.00',
        '100  $a20211208d2022    em y0chiy50      ea',
        '1011 $achi$cfre',
        '102  $aCN$b110000',
        '2001 $a小王子$9xiao wang zi$dLe petit prince$f圣埃克苏佩里著$g李玉民译',
        '210  $a北京$c中译出版社$d2022',
        '215  $a112页$d21cm',
        '410 0$12001 $a世界文学',
        '6060 $a童话$y法国$z现代',
        '690  $aI565.88$v5',
        '701 0$a圣埃克苏佩里$4著',
        '702 0$a李玉民$4译',
        '801 0$aCN$bNLC$c20211208',
        '905  $a044005$b04400515000000$dI565.88$e123',
        '092  $b01-386',
      ]),
      'cnmarc',
      'marc21',
    )
    expect(record.leader).toBe('00000nam a2200000 i 4500')
    expect(record.fields.map(lineOf)).toEqual([
      '001   1',
      '008   211208s2022    cc ||||d|||||||||||| chi d'.replace(
        '|||||||||||| chi',
        '||||||||||||chi',
      ),
      '020   $a978-7-5001-6208-7$cCNY32.00',
      '040   $aNLC$cNLC',
      '0411  $achi$hfre',
      '084   $aI565.88$2clc',
      '1001  $a圣埃克苏佩里$e著',
      '24510 $a小王子 =$bLe petit prince /$c圣埃克苏佩里著 ; 李玉民译',
      '264 1 $a北京$b中译出版社$c2022',
      '300   $a112页$c21cm',
      '650 7 $a童话$z法国$y现代$2cct',
      '7001  $a李玉民$e译',
      '830 0 $a世界文学',
      '852   $b044005$p04400515000000$hI565.88$i123',
    ])
    expect(losses).toEqual([
      { field: '200$9', reason: 'subfield-without-counterpart' },
      { field: '690$v', reason: 'subfield-without-counterpart' },
      { field: '092', reason: 'no-counterpart' },
    ])
    const coded = record.fields.find(({ tag }) => tag === '008')
    expect(coded !== undefined && 'value' in coded ? coded.value : '').toHaveLength(40)
  })

  it('MARC21 → CNMARC, without ISBD and with the coded data rebuilt', () => {
    const { record, losses } = crosswalk(
      recordOf('00000cam a2200000 a 4500', [
        '001  $13610512',
        '008  $040601s2004    cc a   j      001 0 eng  ',
        '020  $a0596002815',
        '050 0$aQA76.73.P98',
        '084  $aTP312PY$2clc',
        '1001 $aLutz, Mark.$d1956-',
        '24510$aLearning Python :$ba guide =$bLeer Python /$cMark Lutz ; David Ascher.',
        "260  $aSebastopol, CA :$bO'Reilly,$c2004.",
        '300  $axxvi, 591 p. :$bill. ;$c24 cm',
        '650 0$aPython (Computer program language)',
        '8527 $bSZ$hTP312PY$i12$p0440050001',
      ]),
      'marc21',
      'cnmarc',
    )
    expect(record.leader).toBe('00000cam0 2200000   450 ')
    expect(record.fields.map(lineOf)).toEqual([
      '001   13610512',
      '010   $a0596002815',
      '100   $a20040601d2004    a  y0chiy50      ba',
      '1010  $aeng',
      '102   $aCN',
      '2001  $aLearning Python$ea guide$dLeer Python$fMark Lutz$gDavid Ascher',
      "210   $aSebastopol, CA$cO'Reilly$d2004",
      '215   $axxvi, 591 p.$cill.$d24 cm',
      '6060  $aPython (Computer program language)',
      '690   $aTP312PY',
      '701 1 $aLutz, Mark$f1956-',
      '905   $aSZ$dTP312PY$e12$b0440050001',
    ])
    expect(losses).toEqual([{ field: '050', reason: 'no-counterpart' }])
  })

  it('a record of the family asked for comes back untouched', () => {
    const record = recordOf('00000nam0 2200000   450 ', ['2001 $a小王子'])
    expect(crosswalk(record, 'unimarc', 'cnmarc')).toEqual({ record, losses: [] })
  })
})
