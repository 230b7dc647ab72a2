/**
 * Where pinyin stands in a record, by the habit of the National Library: in $9 right behind the
 * hanzi that it reads, lower case, a blank between syllables (reference/domain-cn.md 1.1).
 */
import type { BibContent } from '../cataloguing-records.ts'
import type { BibField } from './bib-fields.ts'

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
