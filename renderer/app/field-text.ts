/** Fields of a record in lines, as cataloguers read them. */
import type { BibContent } from '../../domain/cataloguing-records.ts'

const DELIMITER = '‡'

/** `1# ‡a小王子‡f圣埃克苏佩里著`; of a control field its value. */
export function fieldText({ indicators, value, subfields }: BibContent['fields'][number]): string {
  if (value !== null) return value
  const codes = subfields.map((one) => `${DELIMITER}${one.code}${one.value}`).join('')
  return `${(indicators ?? '  ').replaceAll(' ', '#')} ${codes}`
}

/** Those of a tag, a line each; the leader for `LDR`. */
export const tagLines = (content: BibContent, tag: string): readonly string[] =>
  tag === 'LDR'
    ? [content.leader]
    : content.fields.filter((field) => field.tag === tag).map(fieldText)
