/** Brief of MARC21: ISBD punctuation stripped, hanzi from 880 where 245 is only romanised. */
import { hasHan, joinText, plainText, plainTexts, yearIn } from './brief-text.ts'
import type { BriefText, RecordAudience } from './brief-text.ts'
import {
  controlValue,
  dataFields,
  firstSubfield,
  firstValue,
  subfieldValues,
} from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'

const ABBREVIATIONS =
  /(?<!\p{L})(?:ed|eds|rev|vol|no|ill|col|cm|pp|etc|al|min|sec|fl|ca|ser|pt)\.$/u

/**
 * Punctuation that introduces the next area belongs to it, not to this one. A full stop stays on
 * initials and short abbreviations (`J.`, `Inc.`, `2nd ed.`).
 */
export const stripIsbd = (value: string | null): string | null => {
  const plain = plainText(value)
  if (plain === null) return null
  const open = plain.replace(/[\s/:;=,]+$/, '')
  if (ABBREVIATIONS.test(open)) return open
  return plainText(
    open.replace(/([\p{L}\p{N}]{4}|(?<!\p{L})\p{Ll}{2,3}|\p{Script=Han}|[)\]?!"'”])\.$/u, '$1'),
  )
}

/** 008/22 of books, scores, sound and video. */
const audienceOf = (coded: string): RecordAudience | null => {
  const code = coded.charAt(22)
  if (code !== '' && 'abcj'.includes(code)) return 'juvenile'
  if (code === 'e' || code === 'f') return 'adult'
  return code === 'd' || code === 'g' ? 'general' : null
}

const NAME_CODES: Record<string, readonly string[]> = {
  '00': ['a', 'b', 'c'],
  '10': ['a', 'b'],
  '11': ['a', 'n', 'd', 'c'],
}

const nameOf = (field: MarcDataField): string | null => {
  const codes = new Set(NAME_CODES[field.tag.slice(1)] ?? ['a'])
  return stripIsbd(
    joinText(
      field.subfields.filter(({ code }) => codes.has(code)).map(({ value }) => value),
      ' ',
    ),
  )
}

const namesOf = (record: MarcRecord, tags: readonly string[]): (string | null)[] =>
  tags.flatMap((tag) => dataFields(record, tag).map(nameOf))

const SUBJECT_TAGS = ['600', '610', '611', '630', '650', '651', '653'] as const
const SUBJECT_CODES = new Set(['a', 'b', 'c', 'd', 't', 'v', 'x', 'y', 'z'])

const subjectOf = (field: MarcDataField): string | null =>
  joinText(
    field.subfields
      .filter(({ code }) => SUBJECT_CODES.has(code))
      .map(({ value }) => stripIsbd(value)),
    '-',
  )

/** 880 holds the field in its original script; `$6` names the tag that it twins. */
const originalScript = (record: MarcRecord, tag: string): MarcDataField | null =>
  dataFields(record, '880').find((field) => firstSubfield(field, '6')?.startsWith(tag) === true) ??
  null

const titleField = (
  record: MarcRecord,
): { field: MarcDataField | null; romanised: string | null } => {
  const field = dataFields(record, '245')[0] ?? null
  const original = originalScript(record, '245')
  const romanised = field === null ? null : stripIsbd(firstSubfield(field, 'a'))
  const hanzi = original === null ? '' : (firstSubfield(original, 'a') ?? '')
  return hasHan(hanzi) && !hasHan(romanised ?? '')
    ? { field: original, romanised: romanised?.toLowerCase() ?? null }
    : { field, romanised: null }
}

const titleParts = (record: MarcRecord) => {
  const { field, romanised } = titleField(record)
  const values = (code: string) => (field === null ? [] : subfieldValues(field, code))
  const isParallel = /=\s*$/.test(values('a')[0] ?? '')
  const [rest = '', ...parallels] = (joinText(values('b'), ' ') ?? '').split(/\s=\s/)
  const beside = isParallel ? [rest, ...parallels] : parallels
  return {
    title: stripIsbd(joinText(values('a'), ' ')) ?? stripIsbd(joinText(values('k'), ' ')),
    otherTitle: isParallel ? null : stripIsbd(rest),
    parallelTitle: joinText(beside.map(stripIsbd), ' = '),
    volume: joinText([...values('n'), ...values('p')].map(stripIsbd), ' '),
    statement: stripIsbd(joinText(values('c'), ' ')),
    pinyinTitle: romanised,
  }
}

/** 264 with second indicator 1 is the publication; older records have 260. */
const publicationOf = (record: MarcRecord): MarcDataField | null =>
  dataFields(record, '264').find(({ indicators }) => indicators.charAt(1) === '1') ??
  dataFields(record, '260')[0] ??
  dataFields(record, '264')[0] ??
  null

const isClc = (field: MarcDataField): boolean => /clc/i.test(firstSubfield(field, '2') ?? '')

/** 093 is where Chinese libraries put CLC in MARC21. */
const clcOf = (record: MarcRecord): string | null =>
  plainText(
    dataFields(record, '084')
      .filter(isClc)
      .map((field) => firstSubfield(field, 'a'))[0] ??
      firstValue(record, '093', 'a') ??
      null,
  )

const seriesOf = (record: MarcRecord): string | null => {
  const field =
    dataFields(record, '490')[0] ?? dataFields(record, '440')[0] ?? dataFields(record, '830')[0]
  if (field === undefined) return null
  return joinText(
    ['a', 'v'].map((code) => stripIsbd(firstSubfield(field, code))),
    ' ; ',
  )
}

const extentOf = (record: MarcRecord): string | null => {
  const field = dataFields(record, '300')[0]
  if (field === undefined) return null
  const [extent, other, size] = ['a', 'b', 'c'].map((code) => stripIsbd(firstSubfield(field, code)))
  return joinText([joinText([extent ?? null, other ?? null], ' : '), size ?? null], ' ; ')
}

export const briefFromMarc21 = (record: MarcRecord): BriefText => {
  const { statement, ...titles } = titleParts(record)
  const coded = controlValue(record, '008') ?? ''
  const publication = publicationOf(record)
  const published = (code: string) =>
    publication === null ? null : stripIsbd(firstSubfield(publication, code))
  const [main = null] = namesOf(record, ['100', '110', '111'])
  const language = plainText(coded.slice(35, 38)) ?? firstValue(record, '041', 'a')?.slice(0, 3)
  return {
    ...titles,
    controlNumber: plainText(controlValue(record, '001')),
    author: main ?? statement,
    otherAuthors: plainTexts(namesOf(record, ['700', '710', '711'])).filter(
      (name) => name !== main,
    ),
    publisher: published('b'),
    place: published('a'),
    year: yearIn(published('c')) ?? yearIn(coded.slice(7, 11)),
    unifiedBookNumber: null,
    price: plainText(firstValue(record, '020', 'c')),
    language: plainText(language ?? null),
    clc: clcOf(record),
    subjects: plainTexts(SUBJECT_TAGS.flatMap((tag) => dataFields(record, tag).map(subjectOf))),
    series: seriesOf(record),
    edition: plainText(firstValue(record, '250', 'a')?.replace(/\s*[/=]\s*$/, '') ?? null),
    extent: extentOf(record),
    audience: audienceOf(coded),
  }
}
