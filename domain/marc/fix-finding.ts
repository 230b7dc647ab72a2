/**
 * What would satisfy a rule, done to the record for a person to look at: they press a key and can
 * undo. A proposal is taken only where the finding is gone after it and no other error came.
 */
import type { BibContent } from '../cataloguing-records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { begunField } from './begun-field.ts'
import type { BibField } from './bib-fields.ts'
import { unknownCodes, usualString, withPlaces } from './definitions/coded-string.ts'
import type { CodedString } from './definitions/coded-string.ts'
import { codedStringsOf } from './definitions/definitions.ts'
import {
  accessPointFields,
  inSubjectOrder,
  pinyinBehindHanzi,
  signature,
  signedToday,
  withFieldsOfBase,
} from './fix-described.ts'
import type { LintContext } from './lint-finding.ts'
import type { MarcProfileName } from './marc-record.ts'
import { placedFindings } from './place-findings.ts'
import type { PlacedFinding } from './place-findings.ts'

export interface Fixing {
  readonly profile: MarcProfileName
  readonly context: LintContext
  readonly today: CalendarDate
}

/** Null where only a person knows what is right. */
export function fixedContent(
  content: BibContent,
  finding: PlacedFinding,
  { profile, context, today }: Fixing,
): BibContent | null {
  const before = placedFindings(content, profile, context)
  const errorsBefore = before.filter(({ severity }) => severity === 'error').length
  const isGone = (fixed: BibContent): boolean => {
    const after = placedFindings(fixed, profile, context)
    const errors = after.filter(({ severity }) => severity === 'error').length
    const isStill = after.some((one) => one.rule === finding.rule && isSame(one, finding))
    return !isStill && errors <= errorsBefore
  }
  return proposals(content, finding, { profile, context, today }).find(isGone) ?? null
}

const isSame = (a: PlacedFinding, b: PlacedFinding): boolean =>
  a.index === b.index && a.subfield === b.subfield && a.message.zh === b.message.zh

function proposals(content: BibContent, finding: PlacedFinding, fixing: Fixing): BibContent[] {
  const { index, rule, tag } = finding
  const { today } = fixing
  if (index === -1) return repaired(content, finding)
  if (index === null) {
    // The number of a record is given by whoever issues it.
    return rule === 'M02' && tag !== '001' ? [withField(content, begunField(tag, today))] : []
  }
  const field = content.fields[index]
  if (field === undefined) return []
  const described = describedProposals(content, finding, index, fixing)
  if (described !== null) return described
  return fieldProposals(field, finding).map((fixed) => withFieldAt(content, index, fixed))
}

/** Null for a rule whose proposals change the field alone. */
function describedProposals(
  content: BibContent,
  finding: PlacedFinding,
  index: number,
  fixing: Fixing,
): BibContent[] | null {
  const field = content.fields[index]
  const { rule, tag, subfield } = finding
  if (field === undefined) return null
  switch (rule) {
    case 'M10':
      if (tag !== '200' || subfield === null) return null
      return accessPointFields(field, subfield, fixing.today).map((point) =>
        withField(content, point),
      )
    case 'M12':
      return withSeriesLink(content, index, field)
    case 'M19':
      return sourceProposals(content, finding, fixing)
    case 'M22': {
      const restored = withFieldsOfBase(content, tag, fixing.context)
      return restored === null ? [] : [restored]
    }
    default:
      return null
  }
}

/** Of the last of the chain, which the rule looks at. */
function sourceProposals(
  content: BibContent,
  { subfield, fix }: PlacedFinding,
  { context, today }: Fixing,
): BibContent[] {
  const last = content.fields.findLastIndex(({ tag }) => tag === '801')
  const field = content.fields[last]
  if (field === undefined) return []
  if (subfield === 'c') return [withFieldAt(content, last, signedToday(field, today))]
  if (fix !== null) {
    return rewritten(field, 'b', () => fix).map((one) => withFieldAt(content, last, one))
  }
  return context.agency === null ? [] : [withField(content, signature(context.agency, today))]
}

function repaired(content: BibContent, finding: PlacedFinding): BibContent[] {
  const [leader] = codedStringsOf('LDR')
  if (finding.rule !== 'M01' || leader === undefined) return []
  return [{ ...content, leader: repairedString(leader, content.leader) }]
}

/** Codes that no list has become the usual ones; what is missing behind is filled. */
function repairedString(string: CodedString, value: string): string {
  const whole = value + usualString(string).slice(value.length)
  return string.places.reduce(
    (text, places) =>
      unknownCodes(text, places).length === 0
        ? text
        : withPlaces(string, text, places, places.usual),
    whole,
  )
}

function fieldProposals(field: BibField, { rule, subfield, fix }: PlacedFinding): BibField[] {
  switch (rule) {
    case 'M03':
      return rewritten(field, subfield, (value) => {
        const string = codedStringsOf(field.tag).find(({ code }) => code === subfield)
        return string === undefined ? value : repairedString(string, value)
      })
    case 'M04':
      return rewritten(field, 'a', (value) =>
        fix === null ? value.slice(0, 13) + '    ' + value.slice(17) : withYear(value, fix),
      )
    case 'M05':
      return languageProposals(field)
    case 'M07':
      return numberProposals(field, subfield, fix)
    case 'M09':
      return [...splitTitles(field), ...rewritten(field, subfield, () => fix)]
    case 'M11': {
      const behind = subfield === null ? null : pinyinBehindHanzi(field, subfield)
      return behind === null ? [] : [behind]
    }
    case 'M15':
      return [inSubjectOrder(field)]
    case 'M20':
      return rewritten(field, subfield, (value) =>
        value.replace(/[\u0000-\u001f\u007f-\u0087\u008a-\u0097\u0099-\u009b\u009d-\u009f]/gu, ''),
      ).concat(rewritten(field, subfield, (value) => value.normalize('NFKC')))
    default:
      return fix === null ? [] : rewritten(field, subfield, () => fix)
  }
}

const withYear = (value: string, year: string): string =>
  value.slice(0, 9) + year.padEnd(4, ' ') + value.slice(13)

/** One proposal for each subfield of the code. */
function rewritten(
  field: BibField,
  code: string | null,
  rewrite: (value: string) => string | null,
): BibField[] {
  return field.subfields.flatMap((subfield, at) => {
    const value = subfield.code === code ? rewrite(subfield.value) : null
    return value === null || value === subfield.value
      ? []
      : [withSubfieldsAt(field, at, { ...subfield, value })]
  })
}

const withSubfieldsAt = (
  field: BibField,
  at: number,
  ...written: BibField['subfields']
): BibField => ({
  ...field,
  subfields: [...field.subfields.slice(0, at), ...written, ...field.subfields.slice(at + 1)],
})

/** A translation has indicator 1; an original in the same language has no $c at all. */
function languageProposals(field: BibField): BibField[] {
  const without = field.subfields.filter(({ code }) => code !== 'c')
  const text = field.subfields.find(({ code }) => code === 'a')?.value
  const original = field.subfields.find(({ code }) => code === 'c')?.value
  const asTranslation = { ...field, indicators: `1${(field.indicators ?? '').slice(1)}` }
  const asOriginal = { ...field, subfields: without }
  return original !== undefined && original === text ? [asOriginal] : [asTranslation]
}

/** `$z…`: the number is kept as a wrong one. A price in $b belongs in $d. */
function numberProposals(field: BibField, code: string | null, fix: string | null): BibField[] {
  const renamed = code === 'b' ? 'd' : fix?.startsWith('$z') === true ? 'z' : null
  if (renamed === null) return rewritten(field, code, () => fix)
  return field.subfields.flatMap((subfield, at) =>
    subfield.code === code && subfield.value !== ''
      ? [withSubfieldsAt(field, at, { ...subfield, code: renamed })]
      : [],
  )
}

const MARKS = { '/': 'f', ':': 'e', '=': 'd', ';': 'g' } as const

/** `题名 : 副题名 / 责任者` as one subfield becomes the subfields that it was meant to be. */
function splitTitles(field: BibField): BibField[] {
  return field.subfields.flatMap((subfield, at) => {
    if (subfield.code !== 'a') return []
    const parts = subfield.value.split(/\s([/:=;])(?:\s|$)/u)
    if (parts.length === 1) return []
    const [title = '', ...rest] = parts
    const found = [{ code: 'a', value: title.trim() }]
    for (let mark = 0; mark + 1 < rest.length; mark += 2) {
      const code = MARKS[rest[mark] as keyof typeof MARKS]
      const value = (rest[mark + 1] ?? '').trim()
      if (value !== '') found.push({ code, value })
    }
    return [withSubfieldsAt(field, at, ...found)]
  })
}

/** 410 behind the last 4XX before it, with the series as it stands in 225. */
function withSeriesLink(content: BibContent, index: number, field: BibField): BibContent[] {
  return field.subfields
    .filter(({ code }) => code === 'a')
    .map(({ value }) =>
      withField(withFieldAt(content, index, { ...field, indicators: '2 ' }), {
        tag: '410',
        indicators: ' 0',
        value: null,
        subfields: [
          { code: '1', value: '2001 ' },
          { code: 'a', value },
        ],
      }),
    )
}

const withFieldAt = (content: BibContent, index: number, field: BibField): BibContent => ({
  ...content,
  fields: content.fields.map((one, at) => (at === index ? field : one)),
})

/** Behind the last field whose tag is not higher. */
export function withField(content: BibContent, field: BibField): BibContent {
  const at = content.fields.findLastIndex(({ tag }) => tag <= field.tag) + 1
  return {
    ...content,
    fields: [...content.fields.slice(0, at), field, ...content.fields.slice(at)],
  }
}
