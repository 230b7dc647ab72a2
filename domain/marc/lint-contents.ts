/** M06 code of the place, M15 order within subjects, M16 summary, M19 source of the record. */
import { lintError, lintWarning } from './lint-finding.ts'
import type { LintContext, LintFinding } from './lint-finding.ts'
import { allValues, dataFields, firstSubfield, subfieldValues } from './marc-record.ts'
import type { MarcRecord } from './marc-record.ts'
import { isSameProvince, placeCodeOf } from './publishing-places.ts'

/** Places outside the table say nothing; one of several is enough. */
const placeRule = (record: MarcRecord): LintFinding[] => {
  const codes = dataFields(record, '102').flatMap((field) =>
    firstSubfield(field, 'a')?.trim() === 'CN' ? subfieldValues(field, 'b') : [],
  )
  const places = allValues(record, '210', 'a')
  const known = places.map(placeCodeOf).filter((code) => code !== null)
  const [first] = known
  const isRight = known.some((code) => codes.some((other) => isSameProvince(code, other)))
  if (first === undefined || codes.length === 0 || isRight) return []
  const [place, [code = '']] = [places.join(' '), codes]
  return [
    lintWarning(
      'M06',
      ['102', 'b'],
      `出版地“${place}”与代码 ${code} 不符`,
      `The code ${code} is not that of ${place}`,
      first,
    ),
  ]
}

/** The form ($j) is put first by some and last by others. */
const DIVISIONS = 'axyz'

const subjectRule = (record: MarcRecord): LintFinding[] =>
  dataFields(record, '606').flatMap((field) => {
    const ranks = field.subfields
      .map(({ code }) => DIVISIONS.indexOf(code))
      .filter((rank) => rank >= 0)
    const isOrdered = ranks.every((rank, at) => at === 0 || (ranks[at - 1] ?? 0) <= rank)
    const words = firstSubfield(field, 'a') ?? ''
    const shown = field.subfields
      .filter(({ code }) => DIVISIONS.includes(code))
      .map(({ code, value }) => `$${code}${value}`)
      .join('')
    return [
      ...(isOrdered
        ? []
        : [
            lintWarning(
              'M15',
              ['606', null],
              `主题“${shown}”的子字段应依次为 $a $x $y $z`,
              `The parts of "${shown}" stand in the order $a $x $y $z`,
            ),
          ]),
      ...(/\p{Script=Han}\s+\p{Script=Han}/u.test(words)
        ? [
            lintWarning(
              'M15',
              ['606', 'a'],
              `主题“${words}”的复分应分入 $x $y $z`,
              `The divisions of "${words}" have subfields of their own`,
            ),
          ]
        : []),
    ]
  })

/** Longer ones are the preface of the book. */
const SUMMARY_LENGTH_MAX = 500
const ADVERTISING =
  /重磅|震撼|火爆|热销|倾情(?:推荐|奉献)|强烈推荐|鼎力推荐|不可错过|不容错过|年度巨献|超值|扫码|抢购|https?:|www\./u

/** A summary that is not there is none of its faults: few records of before 2000 have one. */
const summaryRule = (record: MarcRecord): LintFinding[] =>
  allValues(record, '330', 'a').flatMap((text) => {
    const place = ['330', 'a'] as const
    const { length } = text.trim()
    const advertised = ADVERTISING.exec(text)?.[0]
    if (length === 0) return [lintWarning('M16', place, '提要是空的', 'The summary is empty')]
    return [
      ...(length <= SUMMARY_LENGTH_MAX
        ? []
        : [
            lintWarning(
              'M16',
              place,
              `提要 ${String(length)} 字，超过 ${String(SUMMARY_LENGTH_MAX)} 字`,
              `The summary has ${String(length)} characters, more than ${String(SUMMARY_LENGTH_MAX)}`,
            ),
          ]),
      ...(advertised === undefined
        ? []
        : [
            lintWarning(
              'M16',
              place,
              `提要中的“${advertised}”是推广用语`,
              `"${advertised}" in the summary is advertising`,
            ),
          ]),
    ]
  })

/**
 * The last of the chain says who changed the record and when. Another library's code there is told
 * and not refused: work begun at one library of the city is finished at another.
 */
const sourceRule = (record: MarcRecord, { agency }: LintContext): LintFinding[] => {
  const last = dataFields(record, '801').at(-1)
  if (last === undefined) return []
  const [by, on] = [firstSubfield(last, 'b')?.trim() ?? '', firstSubfield(last, 'c')?.trim() ?? '']
  if (by === '') {
    return [
      lintError(
        'M19',
        ['801', 'b'],
        '最后一个 801 应有机构代码',
        'The last 801 names who made the record',
        agency,
      ),
    ]
  }
  if (!isStamp(on)) {
    return [
      lintError(
        'M19',
        ['801', 'c'],
        '最后一个 801 应有八位日期',
        'The last 801 has its date in eight digits',
      ),
    ]
  }
  if (agency === null || agency === '' || by === agency) return []
  return [
    lintWarning(
      'M19',
      ['801', 'b'],
      `最后一个 801 是 ${by}，不是本馆 ${agency}`,
      `The last 801 is of ${by}, not of this library, ${agency}`,
    ),
  ]
}

const isStamp = (stamp: string): boolean =>
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u.test(stamp)

export const contentsRules = (record: MarcRecord, context: LintContext): LintFinding[] => [
  ...placeRule(record),
  ...subjectRule(record),
  ...summaryRule(record),
  ...sourceRule(record, context),
]
