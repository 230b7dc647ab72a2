/** The few things that a book's record is mostly made of, read from its fields and written there. */
import type { BibContent } from '../cataloguing-records.ts'
import type { CalendarDate } from '../words/calendar-date.ts'
import { begunField } from './begun-field.ts'
import type { BibField } from './bib-fields.ts'
import { withField } from './fix-finding.ts'
import { isSameProvince, placeCodeOf } from './publishing-places.ts'

/** In the order in which they are read from a title page and its back. */
export const formParts = {
  isbn: ['010', 'a'],
  price: ['010', 'd'],
  title: ['200', 'a'],
  subtitle: ['200', 'e'],
  author: ['200', 'f'],
  otherAuthor: ['200', 'g'],
  edition: ['205', 'a'],
  place: ['210', 'a'],
  publisher: ['210', 'c'],
  year: ['210', 'd'],
  pages: ['215', 'a'],
  size: ['215', 'd'],
  series: ['225', 'a'],
  abstract: ['330', 'a'],
  subject: ['606', 'a'],
  classNumber: ['690', 'a'],
} as const satisfies Readonly<Record<string, readonly [tag: string, code: string]>>
export type FormPart = keyof typeof formParts

/** Of the first field of its tag; empty where there is none. */
export function formValue(content: BibContent, part: FormPart): string {
  const [tag, code] = formParts[part]
  const field = content.fields.find((one) => one.tag === tag)
  return field?.subfields.find((one) => one.code === code)?.value ?? ''
}

/** The order of subfields within a field, where it is not the alphabet's. */
const ORDER: Readonly<Record<string, string>> = { '200': 'a9bcdefghiv', '010': 'abdz' }

/**
 * The record with this written. What follows from it follows: the year of publication in 100, the
 * code of its place in 102, and the person of the statement in 701 or 702 where nobody stands there yet.
 */
export function withFormValue(
  content: BibContent,
  part: FormPart,
  value: string,
  today: CalendarDate,
): BibContent {
  const [tag, code] = formParts[part]
  const written = withValue(content, tag, code, value, today)
  if (part === 'year') return withYear(written, value)
  if (part === 'place') return withPlaceCode(written, value)
  if (part === 'author') return withPerson(written, '701', value, today)
  if (part === 'otherAuthor') return withPerson(written, '702', value, today)
  return written
}

function withValue(
  content: BibContent,
  tag: string,
  code: string,
  value: string,
  today: CalendarDate,
): BibContent {
  const at = content.fields.findIndex((field) => field.tag === tag)
  if (at !== -1) {
    const fields = content.fields.map((field, index) =>
      index === at ? withSubfield(field, code, value) : field,
    )
    return { ...content, fields }
  }
  if (value === '') return content
  const begun = begunField(tag, today)
  const bare = { ...begun, subfields: [{ code, value }] }
  return withField(content, bare)
}

/** What is emptied goes, unless it is all that the field has. */
function withSubfield(field: BibField, code: string, value: string): BibField {
  const { subfields } = field
  const at = subfields.findIndex((one) => one.code === code)
  if (at !== -1) {
    const isLeft = value === '' && subfields.length > 1
    return {
      ...field,
      subfields: isLeft
        ? subfields.filter((_one, index) => index !== at)
        : subfields.map((one, index) => (index === at ? { code, value } : one)),
    }
  }
  if (value === '') return field
  const order = ORDER[field.tag]
  const rank = (one: string): string => String(order?.indexOf(one) ?? -1).padStart(3, '0') + one
  const place = subfields.findLastIndex((one) => rank(one.code) < rank(code)) + 1
  return {
    ...field,
    subfields: [...subfields.slice(0, place), { code, value }, ...subfields.slice(place)],
  }
}

/** A monograph of one year has it in 100 as well (M04). */
function withYear(content: BibContent, date: string): BibContent {
  const year = /\d{4}/u.exec(date)?.[0]
  if (year === undefined) return content
  const fields = content.fields.map((field) => {
    if (field.tag !== '100') return field
    return {
      ...field,
      subfields: field.subfields.map((one) =>
        one.code === 'a' && one.value.charAt(8) === 'd'
          ? { ...one, value: one.value.slice(0, 9) + year + one.value.slice(13) }
          : one,
      ),
    }
  })
  return { ...content, fields }
}

/** The code of the place of publication goes with it (M06). */
function withPlaceCode(content: BibContent, place: string): BibContent {
  const code = placeCodeOf(place)
  if (code === null) return content
  const fields = content.fields.map((field) => {
    const isInChina = field.subfields.some((one) => one.code === 'a' && one.value === 'CN')
    if (field.tag !== '102' || !isInChina) return field
    return {
      ...field,
      subfields: field.subfields.map((one) =>
        one.code === 'b' && !isSameProvince(one.value, code) ? { code: 'b', value: code } : one,
      ),
    }
  })
  return { ...content, fields }
}

/** `(法)圣埃克苏佩里著`: the country in front, the name, and what they did. */
const STATEMENT =
  /^(?:[(（[［](?<origin>[^)）\]］]{1,8})[)）\]］])?(?<name>[^,，;；、]+?)(?<role>编著|主编|编译|改编|校注|选编|著|编|译|绘|校|注|撰|辑)$/u

function withPerson(
  content: BibContent,
  tag: '701' | '702',
  statement: string,
  today: CalendarDate,
): BibContent {
  const { origin, name, role } = STATEMENT.exec(statement.trim())?.groups ?? {}
  if (name === undefined || role === undefined) return content
  const known = content.fields.find((field) => field.tag === tag)
  const standing = known?.subfields.find(({ code }) => code === 'a')?.value ?? ''
  // Typed on: `余华` is still the beginning of the name that stands there, or its end.
  const isOwn = standing === '' || standing.startsWith(name) || name.startsWith(standing)
  if (!isOwn) return content
  const named = [
    { code: 'a', value: name },
    { code: '9', value: standing === name ? pinyinOf(known) : '' },
    ...(origin === undefined ? [] : [{ code: 'c', value: `(${origin})` }]),
    { code: '4', value: role },
  ]
  const field = { ...(known ?? begunField(tag, today)), subfields: named }
  if (known === undefined) return withField(content, field)
  return { ...content, fields: content.fields.map((one) => (one === known ? field : one)) }
}

const pinyinOf = (field: BibField | undefined): string =>
  field?.subfields.find(({ code }) => code === '9')?.value ?? ''
