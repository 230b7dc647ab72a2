/**
 * A record as rows that a cataloguer types: the leader first, then a row for each field. `#` is a
 * blank indicator, `‡` the delimiter, `␤` a line break within a value.
 */
import type { BibContent } from '../../../domain/cataloguing-records.ts'

export type Field = BibContent['fields'][number]

export const DELIMITER = '‡'
const BREAK = '␤'
export const LEADER_TAG = 'LDR'
const CONTROL_TAG = /^00[0-9A-Za-z]$/u
const TAG = /^[0-9A-Za-z]{3}$/u

/** What is typed of one field. */
export interface FieldText {
  readonly tag: string
  /** Two characters, `#` for a blank; empty of the leader and of 00X. */
  readonly indicators: string
  readonly text: string
}

export const isControlTag = (tag: string): boolean => tag === LEADER_TAG || CONTROL_TAG.test(tag)

export const leaderToText = (leader: string): FieldText => ({
  tag: LEADER_TAG,
  indicators: '',
  text: leader.replaceAll(' ', '#'),
})

export const textToLeader = (text: string): string | null => {
  const leader = text.replaceAll('#', ' ')
  return leader.length === 24 ? leader : null
}

export function fieldToText({ tag, indicators, value, subfields }: Field): FieldText {
  if (value !== null) return { tag, indicators: '', text: value.replaceAll('\n', BREAK) }
  const parts = subfields.map((part) => `${DELIMITER}${part.code}${part.value}`).join('')
  return {
    tag,
    indicators: (indicators ?? '').padEnd(2, ' ').replaceAll(' ', '#'),
    text: parts.replaceAll('\n', BREAK),
  }
}

/** Null where what is typed is no field yet. */
export function textToField({ tag, indicators, text }: FieldText): Field | null {
  if (CONTROL_TAG.test(tag)) {
    return { tag, indicators: null, value: text.replaceAll(BREAK, '\n'), subfields: [] }
  }
  const marks = indicators.padEnd(2, '#')
  if (!TAG.test(tag) || marks.length !== 2 || !text.startsWith(DELIMITER)) return null
  const subfields = subfieldsOf(text)
  if (subfields.some(({ code }) => code === '')) return null
  return { tag, indicators: marks.replaceAll('#', ' '), value: null, subfields }
}

const subfieldsOf = (text: string): Field['subfields'] =>
  text
    .slice(1)
    .split(DELIMITER)
    .map((part) => ({ code: part.slice(0, 1), value: part.slice(1).replaceAll(BREAK, '\n') }))

/** The subfield that a caret at this place of the text is in; null before the first delimiter. */
export function subfieldAt(text: string, caret: number): { code: string; index: number } | null {
  // A caret right before a delimiter still is in the subfield that it ends.
  const before = text.slice(0, Math.max(caret, 1)).split(DELIMITER)
  const index = before.length - 2
  if (index < 0) return null
  const code = text.split(DELIMITER)[index + 1]?.slice(0, 1) ?? ''
  return { code, index }
}

/** The text with the value of one subfield written anew. */
export const withSubfield = (text: string, index: number, value: string): string =>
  text
    .split(DELIMITER)
    .map((part, at) => (at === index + 1 ? part.slice(0, 1) + value : part))
    .join(DELIMITER)

/** The value of one subfield; empty where there is none. */
export const subfieldValue = (text: string, index: number): string =>
  text.split(DELIMITER)[index + 1]?.slice(1) ?? ''
