/** M11 pinyin: behind its hanzi, and as many syllables. */
import { lintWarning } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import { isDataField } from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'

const hanCount = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0

/** Words of the hanzi text that are Latin already stand unchanged among the syllables. */
const syllableCount = (pinyin: string, source: string): number => {
  const kept = new Set((source.match(/[A-Za-z]+/g) ?? []).map((word) => word.toLowerCase()))
  const words =
    pinyin
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[A-Za-z]+/g) ?? []
  return words.filter((word) => !kept.has(word.toLowerCase())).length
}

/** CALIS twins are upper-case of the same letter; NLC puts `$9` behind any of them. */
export const sourceOf = (
  field: MarcDataField,
  index: number,
): { text: string; isAdjacent: boolean } | null => {
  const code = field.subfields[index]?.code ?? ''
  const before = field.subfields[index - 1]
  if (code === '9') return before === undefined ? null : { text: before.value, isAdjacent: true }
  const wanted = code.toLowerCase()
  if (before?.code === wanted) return { text: before.value, isAdjacent: true }
  const twin = field.subfields.find((subfield) => subfield.code === wanted)
  return twin === undefined ? null : { text: twin.value, isAdjacent: false }
}

const PINYIN_CODES = new Set(['9', 'A', 'E', 'F'])
const PINYIN_TAGS = new Set(['200', '701', '702', '711', '712'])

/** The pinyin at this place is not how its hanzi read, wherever it stands. */
export const isMisread = (field: MarcDataField, index: number): boolean => {
  const { code = '', value = '' } = field.subfields[index] ?? {}
  const source = PINYIN_CODES.has(code) ? sourceOf(field, index) : null
  if (source === null) return false
  return hanCount(value) > 0 || hanCount(source.text) !== syllableCount(value, source.text)
}

const pinyinFindings = (field: MarcDataField): LintFinding[] =>
  field.subfields.flatMap(({ code, value }, index) => {
    if (!PINYIN_CODES.has(code)) return []
    const place = [field.tag, code] as const
    if (hanCount(value) > 0) {
      return [
        lintWarning('M11', place, `拼音“${value}”里有汉字`, `Pinyin "${value}" still holds hanzi`),
      ]
    }
    const source = sourceOf(field, index)
    if (source === null) {
      return [
        lintWarning(
          'M11',
          place,
          '拼音没有对应的汉字子字段',
          'Pinyin has no hanzi subfield to belong to',
        ),
      ]
    }
    if (!source.isAdjacent) {
      return [
        lintWarning(
          'M11',
          place,
          '拼音应紧跟其汉字子字段',
          'Pinyin stands directly behind its hanzi subfield',
        ),
      ]
    }
    const wanted = hanCount(source.text)
    const found = syllableCount(value, source.text)
    if (wanted === found) return []
    return [
      lintWarning(
        'M11',
        place,
        `拼音 ${String(found)} 个音节，汉字 ${String(wanted)} 个`,
        `${String(found)} syllables of pinyin for ${String(wanted)} hanzi`,
      ),
    ]
  })

export const pinyinRule = (record: MarcRecord): LintFinding[] =>
  record.fields.flatMap((field) =>
    PINYIN_TAGS.has(field.tag) && isDataField(field) ? pinyinFindings(field) : [],
  )
