/** A record as lines that a cataloguer types: `200 1# ‡a题名‡f责任者`. Rows: record-rows.ts. */
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import {
  LEADER_TAG,
  fieldToText,
  isControlTag,
  leaderToText,
  textToField,
  textToLeader,
} from './record-rows.ts'
import type { Field, FieldText } from './record-rows.ts'

const DATA = /^([0-9A-Za-z]{3}) (..) (‡.*)$/u
const CONTROL = /^(00[0-9A-Za-z]) (.*)$/u

const lineOf = ({ tag, indicators, text }: FieldText): string =>
  isControlTag(tag) || indicators === '' ? `${tag} ${text}` : `${tag} ${indicators} ${text}`

export const fieldLine = (field: Field): string => lineOf(fieldToText(field))

export const recordText = ({ leader, fields }: BibContent): string =>
  [lineOf(leaderToText(leader)), ...fields.map(fieldLine)].join('\n')

export type ReadText =
  | { readonly content: BibContent; readonly line: null }
  /** The first line that is no field, from 1. */
  | { readonly content: null; readonly line: number }

export function readRecordText(text: string): ReadText {
  const [first = '', ...lines] = text.split('\n')
  const leader = first.startsWith(`${LEADER_TAG} `) ? textToLeader(first.slice(4)) : null
  if (leader === null) return { content: null, line: 1 }
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
  const [, tag = '', ...rest] = control ?? DATA.exec(line) ?? []
  const [indicators = '', text = ''] = control === null ? rest : ['', ...rest]
  return tag === '' ? null : textToField({ tag, indicators, text })
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

/** All fields of the tag as `other` has them. */
export function withTagOf(content: BibContent, other: BibContent, tag: string): BibContent {
  if (tag === LEADER_TAG) return { ...content, leader: other.leader }
  const theirs = other.fields.filter((field) => field.tag === tag)
  const kept = content.fields.filter((field) => field.tag !== tag)
  const first = content.fields.findIndex((field) => field.tag === tag)
  const at = first === -1 ? kept.findIndex((field) => field.tag > tag) : first
  const place = at === -1 ? kept.length : at
  return { ...content, fields: [...kept.slice(0, place), ...theirs, ...kept.slice(place)] }
}
