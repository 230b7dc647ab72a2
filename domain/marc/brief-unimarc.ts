/** Brief of CNMARC and UNIMARC, both dialects of pinyin (`$9` NLC, `$A` CALIS). */
import { hasHan, joinText, plainText, plainTexts, yearIn } from './brief-text.ts'
import type { BriefText, RecordAudience } from './brief-text.ts'
import { linkedTitle } from './embedded-fields.ts'
import {
  allValues,
  controlValue,
  dataFields,
  firstSubfield,
  firstValue,
  subfieldValues,
} from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'

/** 100/17-19, up to three codes: a-d are children's, e is 14-20 years, k serious, m general. */
const audienceOf = (coded: string): RecordAudience | null => {
  const codes = coded.slice(17, 20)
  if (/[abcd]/.test(codes)) return 'juvenile'
  if (codes.includes('m') || codes.includes('e')) return 'general'
  return codes.includes('k') ? 'adult' : null
}

/** `$a` and, for Western names, `$b` with its own comma or ours. */
const nameOf = (field: MarcDataField): string | null => {
  const entry = plainText(firstSubfield(field, 'a'))
  const rest = plainText(firstSubfield(field, 'b'))
  if (entry === null || rest === null) return entry
  if (hasHan(entry) || !field.tag.startsWith('70')) return `${entry} ${rest}`
  return rest.startsWith(',') ? entry + rest : `${entry}, ${rest}`
}

const NAME_TAGS = ['700', '710', '701', '711', '702', '712'] as const
const SUBJECT_TAGS = ['600', '601', '602', '605', '606', '607', '610'] as const
const SUBJECT_CODES = new Set(['a', 'b', 'c', 'x', 'y', 'z', 'j'])

const subjectOf = (field: MarcDataField): string | null =>
  joinText(
    field.subfields.filter(({ code }) => SUBJECT_CODES.has(code)).map(({ value }) => value),
    '-',
  )

const seriesOf = (record: MarcRecord): string | null => {
  const stated = dataFields(record, '225')[0]
  if (stated !== undefined) {
    return joinText([firstSubfield(stated, 'a'), firstSubfield(stated, 'v')], ' ; ')
  }
  const linked = dataFields(record, '410')[0]
  return linked === undefined ? null : plainText(linkedTitle(linked))
}

const extentOf = (record: MarcRecord): string | null => {
  const field = dataFields(record, '215')[0]
  if (field === undefined) return null
  const [extent, other, size] = ['a', 'c', 'd'].map((code) => firstSubfield(field, code))
  return joinText([joinText([extent ?? null, other ?? null], ' : '), size ?? null], ' ; ')
}

const titleParts = (record: MarcRecord) => {
  const field = dataFields(record, '200')[0]
  const values = (code: string) => (field === undefined ? [] : subfieldValues(field, code))
  return {
    title: joinText(values('a'), ' ; '),
    otherTitle: joinText(values('e'), ' : '),
    parallelTitle: joinText(
      values('d').map((value) => value.replace(/^\s*=\s*/, '')),
      ' = ',
    ),
    volume: joinText([...values('h'), ...values('i'), ...values('v')], ' '),
    pinyinTitle: plainText(values('9')[0] ?? values('A')[0] ?? null),
    statement: joinText(values('f'), ' ; '),
    laterStatements: values('g'),
  }
}

export const briefFromUnimarc = (record: MarcRecord): BriefText => {
  const { statement, laterStatements, ...titles } = titleParts(record)
  const coded = firstValue(record, '100', 'a') ?? ''
  const names = NAME_TAGS.flatMap((tag) => dataFields(record, tag).map(nameOf))
  const author = statement ?? plainText(names[0] ?? null)
  const otherNames = names.filter((name) => name !== null && !(author ?? '').includes(name))
  return {
    ...titles,
    controlNumber: plainText(controlValue(record, '001')),
    author,
    otherAuthors: plainTexts([...laterStatements, ...otherNames]),
    publisher: plainText(firstValue(record, '210', 'c')),
    place: plainText(firstValue(record, '210', 'a')),
    year: yearIn(firstValue(record, '210', 'd')) ?? yearIn(coded.slice(9, 13)),
    unifiedBookNumber: plainText(firstValue(record, '091', 'a') ?? firstValue(record, '091', 'b')),
    price: plainText(
      firstValue(record, '010', 'd') ??
        firstValue(record, '091', 'd') ??
        firstValue(record, '011', 'd'),
    ),
    language: plainText(firstValue(record, '101', 'a'))?.toLowerCase() ?? null,
    clc: plainText(
      firstValue(record, '690', 'a') ??
        dataFields(record, '686')
          .filter((field) => /clc|ztf/i.test(firstSubfield(field, '2') ?? ''))
          .map((field) => firstSubfield(field, 'a'))
          .find((value) => value !== null) ??
        null,
    ),
    subjects: plainTexts(SUBJECT_TAGS.flatMap((tag) => dataFields(record, tag).map(subjectOf))),
    series: seriesOf(record),
    edition: plainText(allValues(record, '205', 'a')[0] ?? null),
    extent: extentOf(record),
    audience: audienceOf(coded),
  }
}
