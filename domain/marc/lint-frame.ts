/** M01 leader, M02 mandatory fields, M20 damaged characters. */
import { lintError } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import { controlValue, firstValue, isDataField } from './marc-record.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'

type LeaderCodes = readonly [position: number, codes: string, zh: string, en: string]

/** Exports write `-` or `#` for a blank; both are read as blanks. */
const UNIMARC_LEADER: readonly LeaderCodes[] = [
  [5, 'ncdop', '记录状态', 'record status'],
  [6, 'abcdefgijklmr', '记录类型', 'record type'],
  [7, 'amsic', '书目级别', 'bibliographic level'],
  [8, ' 012', '层次等级', 'hierarchical level'],
  [17, ' 123', '编目等级', 'encoding level'],
  [18, ' ni', '著录形式', 'descriptive form'],
]

const MARC21_LEADER: readonly LeaderCodes[] = [
  [5, 'acdnp', '记录状态', 'record status'],
  [6, 'acdefgijkmoprt', '记录类型', 'record type'],
  [7, 'abcdims', '书目级别', 'bibliographic level'],
  [9, ' a', '字符编码', 'character coding'],
]

/** The coded field that a type and level call for; M01 also names the one that contradicts. */
const codedFieldFault = (record: MarcRecord): LintFinding | null => {
  const type = record.leader.charAt(6)
  const level = record.leader.charAt(7)
  const has = (tag: string) => record.fields.some((field) => field.tag === tag)
  const wrong = (tag: string, zh: string, en: string) =>
    lintError(
      'M01',
      ['LDR', null],
      `头标 06/07 与 ${tag} 不一致：${zh}`,
      `Leader 06/07 contradicts ${tag}: ${en}`,
    )
  if (level === 's' && has('105') && !has('110'))
    return wrong('105', '连续出版物应有 110', 'a serial needs 110')
  if (type === 'a' && level === 'm' && has('110') && !has('105')) {
    return wrong('110', '专著应有 105', 'a monograph needs 105')
  }
  if (type === 'a' && (has('115') || has('126'))) {
    return wrong(
      has('115') ? '115' : '126',
      '文字资料不应有视听编码',
      'printed text has no audio-visual codes',
    )
  }
  return null
}

export const leaderRule = (record: MarcRecord, profile: MarcProfileName): LintFinding[] => {
  const { leader } = record
  if (leader.length !== 24) {
    return [lintError('M01', ['LDR', null], '头标区应为 24 个字符', 'The leader has 24 characters')]
  }
  const isMarc21 = profile === 'marc21'
  const findings: LintFinding[] = []
  for (const [position, codes, zh, en] of isMarc21 ? MARC21_LEADER : UNIMARC_LEADER) {
    const code = leader.charAt(position).replace(/[-#]/, ' ')
    if (codes.includes(code)) continue
    const number = String(position).padStart(2, '0')
    findings.push(
      lintError(
        'M01',
        ['LDR', null],
        `头标 ${number}（${zh}）的代码“${code}”不合法`,
        `Leader ${number} (${en}) has no code "${code}"`,
      ),
    )
  }
  const fault = isMarc21 ? null : codedFieldFault(record)
  return fault === null ? findings : [...findings, fault]
}

export const mandatoryRule = (record: MarcRecord, profile: MarcProfileName): LintFinding[] => {
  const isSerial = record.leader.charAt(7) === 's'
  const isBook = /[ab]/.test(record.leader.charAt(6)) && !isSerial
  const needed: (readonly [tag: string, code: string | null])[] = [
    ['100', 'a'],
    ['101', 'a'],
    ['102', 'a'],
    ['200', 'a'],
    ['210', null],
    ['801', 'a'],
  ]
  if (profile === 'cnmarc') needed.push(['106', 'a'])
  if (isBook) needed.push(['105', 'a'])
  if (isSerial) needed.push(['110', 'a'])
  const missing = needed.filter(([tag, code]) =>
    code === null
      ? !record.fields.some((field) => field.tag === tag)
      : (firstValue(record, tag, code) ?? '').trim() === '',
  )
  const control: (readonly [string, null])[] =
    (controlValue(record, '001') ?? '').trim() === '' ? [['001', null]] : []
  return [...control, ...missing].map(([tag, code]) =>
    lintError(
      'M02',
      [tag, code],
      `缺必备字段 ${tag}${code === null ? '' : `$${code}`}`,
      `Mandatory ${tag}${code === null ? '' : `$${code}`} is missing`,
    ),
  )
}

type Damage = readonly [pattern: RegExp, zh: string, en: string]

/** U+0088-89 and U+0098/9C are UNIMARC's non-sorting marks, not damage. */
const DAMAGES: readonly Damage[] = [
  [
    /[\u0000-\u001f\u007f-\u0087\u008a-\u0097\u0099-\u009b\u009d-\u009f]/,
    '含控制字符',
    'has a control character',
  ],
  [/\ufffd/, '含无法解码的字符 U+FFFD', 'has an undecodable character (U+FFFD)'],
  [/\p{Co}/u, '含私有区字符', 'has a private-use character'],
  [/[\uff66-\uff9f]/, '含半角片假名', 'has half-width katakana'],
  [/[\u00a1-\u00ff]{4,}/, '疑似乱码（GB 码误作西文）', 'looks like GB bytes read as Latin-1'],
]

const damagesOf = (text: string): Damage[] => DAMAGES.filter(([pattern]) => pattern.test(text))

export const textRule = (record: MarcRecord): LintFinding[] =>
  record.fields.flatMap((field) => {
    const texts = isDataField(field)
      ? field.subfields.map(({ code, value }) => [code, value] as const)
      : [[null, field.value] as const]
    return texts.flatMap(([code, value]) =>
      damagesOf(value).map(([, zh, en]) =>
        lintError('M20', [field.tag, code], `${field.tag} ${zh}`, `${field.tag} ${en}`),
      ),
    )
  })
