/**
 * A record as lines that a cataloguer types: `200 1# ‡a题名‡f责任者`. `#` is a blank indicator, `‡`
 * the delimiter; a line break within a value is shown as `␤`.
 */
import type { BibContent } from '../../../domain/cataloguing-records.ts'

type Field = BibContent['fields'][number]

export const DELIMITER = '‡'
const BREAK = '␤'
const LEADER = 'LDR '
const DATA = /^([0-9A-Za-z]{3}) (..) (‡.*)$/u
const CONTROL = /^(00[0-9A-Za-z]) (.*)$/u

export const fieldLine = ({ tag, indicators, value, subfields }: Field): string => {
  if (value !== null) return `${tag} ${value.replaceAll('\n', BREAK)}`
  const parts = subfields.map((part) => `${DELIMITER}${part.code}${part.value}`).join('')
  return `${tag} ${(indicators ?? '').padEnd(2, ' ').replaceAll(' ', '#')} ${parts.replaceAll('\n', BREAK)}`
}

export const recordText = ({ leader, fields }: BibContent): string =>
  [`${LEADER}${leader.replaceAll(' ', '#')}`, ...fields.map(fieldLine)].join('\n')

export type ReadText =
  | { readonly content: BibContent; readonly line: null }
  /** The first line that is no field, from 1. */
  | { readonly content: null; readonly line: number }

export function readRecordText(text: string): ReadText {
  const [first = '', ...lines] = text.split('\n')
  const leader = first.startsWith(LEADER) ? first.slice(4).replaceAll('#', ' ') : ''
  if (leader.length !== 24) return { content: null, line: 1 }
  const fields: Field[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const field = readLine(line)
    if (field === null) return { content: null, line: index + 2 }
    fields.push(field)
  }
  return { content: { leader, fields }, line: null }
}

function readLine(line: string): Field | null {
  const control = CONTROL.exec(line)
  if (control !== null) {
    const [, tag = '', value = ''] = control
    return { tag, indicators: null, value: value.replaceAll(BREAK, '\n'), subfields: [] }
  }
  const [, tag, marks = '', parts = ''] = DATA.exec(line) ?? []
  if (tag === undefined) return null
  const subfields = parts
    .slice(1)
    .split(DELIMITER)
    .map((part) => ({
      code: part.slice(0, 1),
      value: part.slice(1).replaceAll(BREAK, '\n'),
    }))
  if (subfields.some(({ code }) => code === '')) return null
  return { tag, indicators: marks.replaceAll('#', ' '), value: null, subfields }
}

export interface ChangedTag {
  readonly tag: string
  /** Lines of all fields of the tag; empty where there is none. */
  readonly base: string
  readonly mine: string
  readonly city: string
  readonly isClash: boolean
}

/** What differs from the record that the draft was begun from, tag by tag. */
export function changedTags(base: BibContent, mine: BibContent, city: BibContent): ChangedTag[] {
  const linesOf = (record: BibContent, tag: string): string =>
    tag === 'LDR'
      ? record.leader.replaceAll(' ', '#')
      : record.fields
          .filter((field) => field.tag === tag)
          .map(fieldLine)
          .join('\n')
  const tags = ['LDR', ...[base, mine, city].flatMap(({ fields }) => fields.map(({ tag }) => tag))]
  return [...new Set(tags)].toSorted(byPlace).flatMap((tag) => {
    const row = {
      tag,
      base: linesOf(base, tag),
      mine: linesOf(mine, tag),
      city: linesOf(city, tag),
    }
    if (row.base === row.mine && row.base === row.city) return []
    const isClash = row.base !== row.mine && row.base !== row.city && row.mine !== row.city
    return [{ ...row, isClash }]
  })
}

const byPlace = (a: string, b: string): number =>
  a === 'LDR' ? -1 : b === 'LDR' ? 1 : a.localeCompare(b)
