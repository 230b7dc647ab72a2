/** M09 title, M12 series, M13 links, M14 class, M17 extent, M21 full-width. */
import { classNumberFault } from '../words/call-number.ts'
import { plainText } from './brief-text.ts'
import { linkedTitle, readEmbedded } from './embedded-fields.ts'
import { lintError, lintWarning } from './lint-finding.ts'
import type { LintContext, LintFinding } from './lint-finding.ts'
import { allValues, dataFields, isDataField, subfieldValues } from './marc-record.ts'
import type { MarcDataField, MarcProfileName, MarcRecord } from './marc-record.ts'

const titleRule = (record: MarcRecord): LintFinding[] =>
  dataFields(record, '200').flatMap((field) => {
    const findings: LintFinding[] = []
    for (const title of subfieldValues(field, 'a')) {
      const isbd = /\s[/:=;]\s|\s*[/:=;]\s*$/.exec(title)
      if (isbd !== null) {
        findings.push(
          lintError(
            'M09',
            ['200', 'a'],
            '题名含著录标识符，应分入各子字段',
            'The title holds ISBD punctuation; its parts have their own subfields',
            title.slice(0, isbd.index).trim(),
          ),
        )
      }
      const wrapped = /^《([^《》]*)》$/.exec(title.trim())?.[1]
      if (wrapped !== undefined) {
        findings.push(
          lintError('M09', ['200', 'a'], '题名不加书名号', 'A title stands without 《》', wrapped),
        )
      }
    }
    for (const parallel of subfieldValues(field, 'd')) {
      if (!/^\s*=/.test(parallel)) continue
      findings.push(
        lintError(
          'M09',
          ['200', 'd'],
          '并列题名前不加“=”',
          'A parallel title has no leading "="',
          parallel.replace(/^\s*=\s*/, ''),
        ),
      )
    }
    return findings
  })

const seriesRule = (record: MarcRecord): LintFinding[] => {
  const links = record.fields.filter(
    (field): field is MarcDataField => /^(?:410|461|462)$/.test(field.tag) && isDataField(field),
  )
  const linked = new Set(links.map((field) => plainText(linkedTitle(field))))
  return allValues(record, '225', 'a')
    .filter((series) => !linked.has(plainText(series)))
    .map((series) =>
      lintWarning(
        'M12',
        ['225', 'a'],
        `丛编“${series}”没有对应的 410/461/462`,
        `Series "${series}" has no 410, 461 or 462`,
      ),
    )
}

const LINK_TAG = /^4[0-9]{2}$/

/** UNIMARC also links by plain subfields (`$t`); CNMARC does not. */
const linkRule = (record: MarcRecord, profile: MarcProfileName): LintFinding[] =>
  record.fields.flatMap((field) => {
    if (!LINK_TAG.test(field.tag) || !isDataField(field)) return []
    const reading = readEmbedded(field, 'strict')
    const isPlainLink = profile === 'unimarc' && field.subfields.some(({ code }) => code === 't')
    if (reading.ok || isPlainLink) return []
    return [
      lintError(
        'M13',
        [field.tag, '1'],
        `${field.tag} 的嵌入字段不能解析（$1 + 字段号 + 指示符 + 子字段）`,
        `The embedded field of ${field.tag} does not parse ($1 + tag + indicators + subfields)`,
      ),
    ]
  })

const classRule = (record: MarcRecord, { isKnownClass }: LintContext): LintFinding[] =>
  allValues(record, '690', 'a').flatMap((raw) => {
    const classNumber = raw.trim()
    const fault = classNumberFault(classNumber)
    if (fault === 'empty')
      return [lintError('M14', ['690', 'a'], '分类号为空', 'The class number is blank')]
    if (fault !== null) {
      return [
        lintError(
          'M14',
          ['690', 'a'],
          `分类号“${classNumber}”不合语法`,
          `Class number "${classNumber}" is malformed`,
        ),
      ]
    }
    if (isKnownClass === null || isKnownClass(classNumber)) return []
    return [
      lintError(
        'M14',
        ['690', 'a'],
        `分类表中没有“${classNumber}”`,
        `"${classNumber}" is not in the class table`,
      ),
    ]
  })

const EXTENT_UNIT = /[页叶册卷函张幅盘盒件种期枚片]|CD|DVD|VCD|网|在线|p\.|v\.|pages?|vol/i

const extentRule = (record: MarcRecord): LintFinding[] => [
  ...allValues(record, '215', 'a')
    .filter((value) => !EXTENT_UNIT.test(value))
    .map((value) =>
      lintWarning(
        'M17',
        ['215', 'a'],
        `篇幅“${value}”缺单位（页、册、CD……）`,
        `Extent "${value}" has no unit (页, 册, CD …)`,
      ),
    ),
  ...allValues(record, '215', 'd')
    .filter((value) => !/cm|开|mm|英?寸/i.test(value))
    .map((value) =>
      lintWarning(
        'M17',
        ['215', 'd'],
        `尺寸“${value}”缺 cm`,
        `Size "${value}" has no cm`,
        /^\d+$/.test(value.trim()) ? `${value.trim()}cm` : null,
      ),
    ),
]

const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/

const fullWidthRule = (record: MarcRecord): LintFinding[] =>
  [
    ['010', 'a'],
    ['010', 'd'],
    ['690', 'a'],
    ['210', 'd'],
  ].flatMap(([tag = '', code = '']) =>
    allValues(record, tag, code)
      .filter((value) => FULL_WIDTH.test(value))
      .map((value) =>
        lintWarning(
          'M21',
          [tag, code],
          `${tag}$${code} 含全角字符`,
          `${tag}$${code} has full-width characters`,
          value.normalize('NFKC'),
        ),
      ),
  )

export const describedRules = (
  record: MarcRecord,
  profile: MarcProfileName,
  context: LintContext,
): LintFinding[] => [
  ...titleRule(record),
  ...seriesRule(record),
  ...linkRule(record, profile),
  ...classRule(record, context),
  ...extentRule(record),
  ...fullWidthRule(record),
]
