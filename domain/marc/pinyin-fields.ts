/**
 * Where pinyin stands in a record, by the habit of the National Library: in $9 right behind the
 * hanzi that it reads, lower case, a blank between syllables (reference/domain-cn.md 1.1).
 */
import type { BibContent } from '../cataloguing-records.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import type { BibField } from './bib-fields.ts'
import { isMisread, sourceOf } from './lint-pinyin.ts'
import { isDataField } from './marc-record.ts'

/** Titles, and people and bodies by which a title is found. */
const READ_TAG = /^(?:200|5(?:1[2-7]|20|4[01])|70[012]|71[012])$/u
const NAME_TAG = /^70[012]$/u
const HAN = /\p{Script=Han}/u
/** The twins of another habit: a record that has them is left to it. */
const TWINS = new Set(['A', 'E', 'F'])

export interface ToRead {
  /** Place of the field in `fields`, and of the subfield with the hanzi in it. */
  readonly index: number
  readonly subfield: number
  readonly text: string
  /** Of a person: the first hanzi is read as a surname is. */
  readonly isName: boolean
}

/** Hanzi whose pinyin is not there yet; with `isAll` those that have some as well. */
export const hanziToRead = (content: BibContent, isAll = false): ToRead[] =>
  content.fields.flatMap((field, index) => {
    const { tag, subfields } = field
    if (!READ_TAG.test(tag) || subfields.some(({ code }) => TWINS.has(code))) return []
    return subfields.flatMap(({ code, value }, at) => {
      const isDone = pinyinBehind(field, at) !== ''
      if (code !== 'a' || !HAN.test(value) || (isDone && !isAll)) return []
      return [{ index, subfield: at, text: value, isName: NAME_TAG.test(tag) }]
    })
  })

/** Empty where there is none. */
export function pinyinBehind({ subfields }: BibField, at: number): string {
  const next = subfields[at + 1]
  return next?.code === '9' ? next.value.trim() : ''
}

/** The record with pinyin behind those hanzi; what was there is written over. */
export function withPinyin(
  content: BibContent,
  { index, subfield }: ToRead,
  pinyin: string,
): BibContent {
  const fields = content.fields.map((field, at) => {
    if (at !== index) return field
    const { subfields } = field
    const behind = subfields[subfield + 1]?.code === '9' ? 2 : 1
    return {
      ...field,
      subfields: [
        ...subfields.slice(0, subfield + 1),
        { code: '9', value: pinyin },
        ...subfields.slice(subfield + behind),
      ],
    }
  })
  return { ...content, fields }
}

export interface ToMend extends Omit<ToRead, 'subfield'> {
  /** Place of the subfield with the pinyin. */
  readonly pinyinAt: number
}

/** What M11 found wrong with the pinyin of this code; null where it only stands in the wrong place. */
export function pinyinToMend(content: BibContent, index: number, code: string): ToMend | null {
  const field = content.fields[index]
  const [read] = field === undefined ? [] : bibToMarcRecord({ ...content, fields: [field] }).fields
  if (read === undefined || !isDataField(read)) return null
  const pinyinAt = read.subfields.findIndex((one, at) => one.code === code && isMisread(read, at))
  const source = pinyinAt === -1 ? null : sourceOf(read, pinyinAt)
  if (source === null || !HAN.test(source.text)) return null
  return { index, pinyinAt, text: source.text, isName: NAME_TAG.test(read.tag) }
}

/** In the habit of the record: $9 in lower case, the twins with capitals. */
export function withMendedPinyin(
  content: BibContent,
  { index, pinyinAt }: ToMend,
  syllables: readonly string[],
): BibContent {
  const isTwin = TWINS.has(content.fields[index]?.subfields[pinyinAt]?.code ?? '')
  const value = syllables.map((one) => (isTwin ? capital(one) : one)).join(' ')
  return {
    ...content,
    fields: content.fields.map((field, at) =>
      at === index
        ? {
            ...field,
            subfields: field.subfields.map((one, place) =>
              place === pinyinAt ? { code: one.code, value } : one,
            ),
          }
        : field,
    ),
  }
}

const capital = (syllable: string): string => syllable.charAt(0).toUpperCase() + syllable.slice(1)
