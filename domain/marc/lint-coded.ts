/** M03 coded strings, M04 dates, M05 language. */
import { yearIn } from './brief-text.ts'
import { lintError } from './lint-finding.ts'
import type { LintContext, LintFinding } from './lint-finding.ts'
import { allValues, dataFields, firstSubfield, firstValue } from './marc-record.ts'
import type { MarcRecord } from './marc-record.ts'

type CodedPosition = readonly [from: number, to: number, codes: string]

/** Value lists of GB/T 33286 as in the public CNMARC templates; `#` and `_` mean a blank. */
const CODED: readonly (readonly [
  tag: string,
  length: number,
  positions: readonly CodedPosition[],
])[] = [
  [
    '100',
    36,
    [
      [0, 7, '0123456789'],
      [8, 8, 'abcdefghij'],
      [17, 19, 'abcdekmu '],
      [20, 20, 'abcdefghuyz'],
      [21, 21, '01'],
      [25, 25, 'abcy'],
    ],
  ],
  [
    '105',
    13,
    [
      [0, 3, 'abcdefghijklmnoy '],
      [4, 7, 'abcdefghijklmnopqrstz '],
      [8, 10, '01'],
      [11, 11, 'abcdefghyz'],
      [12, 12, 'abcdy'],
    ],
  ],
  [
    '110',
    11,
    [
      [0, 0, 'abcz'],
      [1, 1, 'abcdefghijklmnouyz'],
      [2, 2, 'abuy'],
      [3, 3, 'abcdefghijklmnoprtz '],
      [7, 7, '01'],
      [8, 8, 'abcdefguxyz'],
      [9, 9, 'abcdefghijklmuxyz'],
      [10, 10, '01'],
    ],
  ],
]

const wrongPositions = (value: string, positions: readonly CodedPosition[]): number[] =>
  positions.flatMap(([from, to, codes]) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
      (position) => !codes.includes(value.charAt(position).replace(/[#_]/, ' ')),
    ),
  )

const codedStringRule = (record: MarcRecord): LintFinding[] =>
  CODED.flatMap(([tag, length, positions]) =>
    allValues(record, tag, 'a').flatMap((value) => {
      if (value.length !== length) {
        return [
          lintError(
            'M03',
            [tag, 'a'],
            `${tag}$a 应为 ${String(length)} 个字符，现为 ${String(value.length)} 个`,
            `${tag}$a has ${String(length)} characters, not ${String(value.length)}`,
          ),
        ]
      }
      const wrong = wrongPositions(value, positions)
      if (wrong.length === 0) return []
      const places = wrong.join(', ')
      return [
        lintError(
          'M03',
          [tag, 'a'],
          `${tag}$a 第 ${places} 位代码不合法`,
          `${tag}$a has no such code at ${places}`,
        ),
      ]
    }),
  )

const dateRule = (record: MarcRecord, { year: currentYear }: LintContext): LintFinding[] => {
  const coded = firstValue(record, '100', 'a') ?? ''
  if (coded.charAt(8) !== 'd') return []
  const place = ['100', 'a'] as const
  const first = coded.slice(9, 13)
  const second = coded.slice(13, 17)
  const published = yearIn(firstValue(record, '210', 'd'))
  const findings: LintFinding[] = []
  if (!/^\d{4}$/.test(first)) {
    findings.push(
      lintError('M04', place, '出版日期类型 d 应填出版年 1', 'Date type d needs year 1', published),
    )
  } else {
    if (published !== null && published !== first) {
      findings.push(
        lintError(
          'M04',
          place,
          `100 出版年 ${first} 与 210$d ${published} 不一致`,
          `Year ${first} in 100 is not the ${published} of 210$d`,
          published,
        ),
      )
    }
    if (currentYear !== null && Number(first) > currentYear + 1) {
      findings.push(
        lintError(
          'M04',
          place,
          `出版年 ${first} 晚于明年`,
          `Year ${first} is later than next year`,
        ),
      )
    }
  }
  if (/[^ #_]/.test(second)) {
    findings.push(
      lintError('M04', place, '出版日期类型 d 的出版年 2 应空', 'Date type d leaves year 2 blank'),
    )
  }
  return findings
}

/** A translation shows in 454, in a 译 of 200$g or in a translator's 702$4. */
const isTranslation = (record: MarcRecord): boolean =>
  record.fields.some(({ tag }) => tag === '454') ||
  allValues(record, '200', 'g').some((value) => /译\s*$/.test(value)) ||
  allValues(record, '702', '4').some((value) => value.includes('译'))

const languageRule = (record: MarcRecord): LintFinding[] =>
  dataFields(record, '101').flatMap((field) => {
    const indicator = field.indicators.charAt(0)
    const original = firstSubfield(field, 'c')
    if (indicator === '1' && original === null) {
      return [
        lintError(
          'M05',
          ['101', 'c'],
          '译作（指示符 1）应有 $c 原著语种',
          'A translation (indicator 1) needs $c, the original language',
        ),
      ]
    }
    if (indicator === '0' && original !== null) {
      return [
        lintError(
          'M05',
          ['101', 'c'],
          '原著（指示符 0）不应有 $c',
          'An original (indicator 0) has no $c',
        ),
      ]
    }
    if (indicator !== '1' && isTranslation(record)) {
      return [
        lintError(
          'M05',
          ['101', null],
          '有译者或 454，指示符 1 应为 1',
          'With a translator or 454 the first indicator is 1',
          '1',
        ),
      ]
    }
    return []
  })

export const codedRules = (record: MarcRecord, context: LintContext): LintFinding[] => [
  ...codedStringRule(record),
  ...dateRule(record, context),
  ...languageRule(record),
]
