/** M10: who is named in 200 is found by an access point, and the reverse. */
import { lintWarning } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import { dataFields, firstSubfield, isDataField, subfieldValues } from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'
import { nameKey, responsibleNames } from './responsible-names.ts'

const NAME_TAG = /^7[01][0-2]$/u
/** What repeats the headings, or is of one library. */
const NOT_DESCRIPTION = /^(?:0|1|6|7|8|9)/u

interface AccessPoint {
  readonly field: MarcDataField
  readonly name: string
  readonly key: string
}

function accessPointsOf(record: MarcRecord): AccessPoint[] {
  return record.fields.flatMap((field) => {
    if (!NAME_TAG.test(field.tag) || !isDataField(field)) return []
    const name = firstSubfield(field, 'a') ?? ''
    return [{ field, name, key: nameKey(name) }]
  })
}

const isOneName = (one: string, other: string): boolean =>
  one.length > 1 && other.length > 1 && (one.includes(other) || other.includes(one))

/** `编` beside `主编` is another role; `(著)` and `著` are one. */
const isOneRole = (one: string, other: string): boolean => nameKey(one) === nameKey(other)

/** A record without a single access point is caught by what cannot be missing: these need one. */
function statementFindings(record: MarcRecord, points: readonly AccessPoint[]): LintFinding[] {
  return dataFields(record, '200').flatMap((field) =>
    ['f', 'g'].flatMap((code) =>
      subfieldValues(field, code).flatMap((statement) =>
        responsibleNames(statement).flatMap(({ name, role }) => {
          const alike = points.filter(({ key }) => isOneName(key, nameKey(name)))
          if (alike.length === 0) {
            const zh = `责任者“${name}”没有对应的 701/702/711/712`
            return [lintWarning('M10', ['200', code], zh, `"${name}" has no 701, 702, 711 or 712`)]
          }
          return role === null ? [] : roleFindings(alike, name, role)
        }),
      ),
    ),
  )
}

function roleFindings(alike: readonly AccessPoint[], name: string, role: string): LintFinding[] {
  const roles = alike.flatMap(({ field }) => subfieldValues(field, '4'))
  if (roles.length === 0 || roles.some((one) => isOneRole(one, role))) return []
  const [found = ''] = roles
  return [
    lintWarning(
      'M10',
      [alike[0]?.field.tag ?? '701', '4'],
      `“${name}”在 200 中的责任方式是“${role}”，这里是“${found}”`,
      `"${name}" is "${role}" in 200 and "${found}" here`,
      role,
    ),
  ]
}

function headingFindings(record: MarcRecord, points: readonly AccessPoint[]): LintFinding[] {
  const described = nameKey(
    record.fields
      .filter((field): field is MarcDataField => isDataField(field))
      .filter(({ tag }) => !NOT_DESCRIPTION.test(tag))
      .flatMap(({ subfields }) => subfields.map(({ value }) => value))
      .join('\n'),
  )
  return points.flatMap(({ field, name, key }) =>
    key.length < 2 || described.includes(key)
      ? []
      : [
          lintWarning(
            'M10',
            [field.tag, 'a'],
            `检索点“${name}”在题名与责任说明和附注中都没有出现`,
            `Nothing in the description names "${name}"`,
          ),
        ],
  )
}

export function nameRule(record: MarcRecord): LintFinding[] {
  const points = accessPointsOf(record)
  return [...statementFindings(record, points), ...headingFindings(record, points)]
}
