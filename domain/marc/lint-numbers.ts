/** M07 ISBN, M08 price. */
import { formatIsbn, readIsbn } from '../words/isbn.ts'
import { yearIn } from './brief-text.ts'
import { lintError, lintWarning } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import { dataFields, firstValue, subfieldValues } from './marc-record.ts'
import type { MarcDataField, MarcProfileName, MarcRecord } from './marc-record.ts'

/** ISBN-13 came into force on 1 January 2007. */
const ISBN_13_YEAR = 2007

const isbnFindings = (
  field: MarcDataField,
  year: number | null,
  isUnimarc: boolean,
): LintFinding[] => {
  const findings: LintFinding[] = []
  for (const raw of subfieldValues(field, 'a')) {
    const reading = readIsbn(raw)
    const place = [field.tag, 'a'] as const
    if (!reading.ok) {
      const zh = reading.fault === 'check-digit' ? '校验位不对' : '格式不对'
      const en = reading.fault === 'check-digit' ? 'a wrong check digit' : 'a wrong form'
      const fix = isUnimarc ? `$z${raw}` : null
      findings.push(
        lintError(
          'M07',
          place,
          `ISBN ${raw} ${zh}；错号应入 $z`,
          `ISBN ${raw} has ${en}; a bad number belongs in $z`,
          fix,
        ),
      )
    } else if (isUnimarc && year !== null && year >= ISBN_13_YEAR && reading.form === 'isbn-10') {
      findings.push(
        lintError(
          'M07',
          place,
          `${String(year)} 年出版物应用 13 位 ISBN`,
          `A ${String(year)} publication has a 13-digit ISBN`,
          formatIsbn(reading.isbn13),
        ),
      )
    } else if (isUnimarc && year !== null && year < ISBN_13_YEAR && reading.form === 'isbn-13') {
      findings.push(
        lintError(
          'M07',
          place,
          `2007 年以前的出版物应用 10 位 ISBN`,
          `A publication before 2007 has a 10-digit ISBN`,
        ),
      )
    }
  }
  return findings
}

export const isbnRule = (record: MarcRecord, profile: MarcProfileName): LintFinding[] => {
  const isUnimarc = profile !== 'marc21'
  const year = yearIn(firstValue(record, '210', 'd'))
  return dataFields(record, isUnimarc ? '010' : '020').flatMap((field) => {
    const findings = isbnFindings(field, year === null ? null : Number(year), isUnimarc)
    if (isUnimarc && subfieldValues(field, 'b').some((value) => /(?:CNY|￥|¥|\d元)/.test(value))) {
      findings.push(
        lintError(
          'M07',
          ['010', 'b'],
          '价格应入 $d，不入装订 $b',
          'A price belongs in $d, not in the binding $b',
        ),
      )
    }
    return findings
  })
}

/** `CNY60.00`, `CNY29.00(套CNY116.00)`, `CNY60.00(TWD300.00)`. */
const PRICE = /^[A-Z]{3}\d+(?:\.\d{1,2})?(?:\([^()]{1,40}\))?$/

const normalPrice = (raw: string): string | null => {
  const amount = /^(?:￥|¥|CN|RMB|CNY)?\s*(\d+(?:\.\d{1,2})?)\s*元?$/.exec(
    raw.normalize('NFKC').trim(),
  )?.[1]
  return amount === undefined ? null : `CNY${Number(amount).toFixed(2)}`
}

export const priceRule = (record: MarcRecord): LintFinding[] =>
  dataFields(record, '010').flatMap((field) =>
    subfieldValues(field, 'd')
      .filter((raw) => !PRICE.test(raw.trim()))
      .map((raw) =>
        lintWarning(
          'M08',
          ['010', 'd'],
          `价格“${raw}”不合规范（应如 CNY29.00）`,
          `Price "${raw}" is not in the form CNY29.00`,
          normalPrice(raw),
        ),
      ),
  )
