/** What satisfies the rules about names, subjects, pinyin and the source of a record. */
import type { BibContent } from '../cataloguing-records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { begunField } from './begun-field.ts'
import { fieldToBibField } from './bib-fields.ts'
import type { BibField } from './bib-fields.ts'
import type { LintContext } from './lint-finding.ts'
import { responsibleNames } from './responsible-names.ts'

/** M10: an access point for each name of the statements that may be the one without; pinyin is filled later. */
export function accessPointFields(field: BibField, code: string, today: CalendarDate): BibField[] {
  return field.subfields
    .filter((subfield) => subfield.code === code)
    .flatMap(({ value }) => responsibleNames(value))
    .map(({ name, origin, role }) => {
      const begun = begunField(code === 'f' ? '701' : '702', today)
      return {
        ...begun,
        subfields: [
          ...(origin === null ? [] : [{ code: 'c', value: `(${origin})` }]),
          { code: 'a', value: name },
          ...(role === null ? [] : [{ code: '4', value: role }]),
        ],
      }
    })
}

/** M15: what belongs to a part (its pinyin) goes with it; the form stays where it was first. */
export function inSubjectOrder(field: BibField): BibField {
  const parts: BibField['subfields'][] = []
  for (const subfield of field.subfields) {
    if (RANKS.includes(subfield.code) || parts.length === 0) parts.push([subfield])
    else parts.at(-1)?.push(subfield)
  }
  const rank = ([first]: BibField['subfields']): number => RANKS.indexOf(first?.code ?? '')
  return { ...field, subfields: parts.toSorted((a, b) => rank(a) - rank(b)).flat() }
}

const RANKS = 'axyz'

/** M11: the twin, or the reading in $9, right behind the hanzi that it reads. */
export function pinyinBehindHanzi(field: BibField, code: string): BibField | null {
  const at = field.subfields.findIndex((subfield) => subfield.code === code)
  const moved = field.subfields[at]
  const wanted = code === '9' ? 'a' : code.toLowerCase()
  const rest = field.subfields.filter((_one, index) => index !== at)
  const behind = rest.findIndex((subfield) => subfield.code === wanted)
  if (moved === undefined || behind === -1) return null
  return { ...field, subfields: rest.toSpliced(behind + 1, 0, moved) }
}

const stampOf = (today: CalendarDate): string => today.replaceAll('-', '')

/** M19: dated as of today. */
export function signedToday(field: BibField, today: CalendarDate): BibField {
  const dated = { code: 'c', value: stampOf(today) }
  const others = field.subfields.filter(({ code }) => code !== 'c')
  return { ...field, subfields: [...others, dated] }
}

/** M19: this library, behind whoever made the record. */
export const signature = (agency: string, today: CalendarDate): BibField => ({
  tag: '801',
  indicators: ' 2',
  value: null,
  subfields: [
    { code: 'a', value: 'CN' },
    { code: 'b', value: agency },
    { code: 'c', value: stampOf(today) },
  ],
})

/** M22: the fields of this tag as the National Library made them, where the first of them stands. */
export function withFieldsOfBase(
  content: BibContent,
  tag: string,
  { base }: LintContext,
): BibContent | null {
  const first = content.fields.findIndex((field) => field.tag === tag)
  if (base === null || first === -1) return null
  const original = base.fields.filter((field) => field.tag === tag).map(fieldToBibField)
  const [before, after] = [content.fields.slice(0, first), content.fields.slice(first)]
  return {
    ...content,
    fields: [...before, ...original, ...after.filter((field) => field.tag !== tag)],
  }
}
