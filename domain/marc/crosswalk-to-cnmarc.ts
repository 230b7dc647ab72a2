/** MARC21 → CNMARC, the minimum of reference/domain-cn.md 1.7, with everything lost named. */
import { hasHan } from './brief-text.ts'
import { stripIsbd } from './brief-marc21.ts'
import {
  convertByRule,
  convertFields,
  fieldRule,
  inTagOrder,
  reportUnhandled,
  subfield,
} from './crosswalk-field.ts'
import type { ConvertField, CrosswalkResult, FieldRule } from './crosswalk-field.ts'
import {
  controlValue,
  firstSubfield,
  firstValue,
  isDataField,
  subfieldValues,
} from './marc-record.ts'
import type { MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'

const SUBJECT = { a: 'a', x: 'x', z: 'y', y: 'z', v: 'j' }
const PERSON = { a: 'a', b: 'b', c: 'c', d: 'f', e: '4' }
const BODY = { a: 'a', b: 'b', e: '4' }

const rule = (to: string, indicators: string, subfields: Record<string, string>): FieldRule =>
  fieldRule(to, indicators, subfields, [], stripIsbd)

const PUBLICATION = rule('210', '  ', { a: 'a', b: 'c', c: 'd' })

const RULES: ReadonlyMap<string, FieldRule> = new Map([
  ['020', rule('010', '  ', { a: 'a', q: 'b', c: 'd', z: 'z' })],
  ['022', rule('011', '  ', { a: 'a', y: 'y', z: 'z' })],
  ['250', rule('205', '  ', { a: 'a', b: 'b' })],
  ['260', PUBLICATION],
  ['300', rule('215', '  ', { a: 'a', b: 'c', c: 'd', e: 'e' })],
  ['490', rule('225', '2 ', { a: 'a', v: 'v', x: 'x' })],
  ['500', fieldRule('300', '  ', { a: 'a' })],
  ['504', fieldRule('320', '  ', { a: 'a' })],
  ['505', fieldRule('327', '1 ', { a: 'a' })],
  ['520', fieldRule('330', '  ', { a: 'a' })],
  ['600', rule('600', ' 1', { a: 'a', b: 'b', c: 'c', d: 'f', x: 'x', z: 'y', y: 'z', '2': '2' })],
  ['650', rule('606', '0 ', { ...SUBJECT, '2': '2' })],
  ['651', rule('607', '  ', { ...SUBJECT, '2': '2' })],
  ['653', rule('610', '0 ', { a: 'a' })],
  ['100', rule('701', ' 1', PERSON)],
  ['110', rule('711', '02', BODY)],
  ['700', rule('702', ' 1', PERSON)],
  ['710', rule('712', '02', BODY)],
  ['852', fieldRule('905', '  ', { b: 'a', c: 'c', h: 'd', i: 'e', p: 'b' })],
  ['856', fieldRule('856', '4 ', { u: 'u', z: 'z', y: 'y', '3': '3' })],
])

const convertTitle: ConvertField = (field, loss) => {
  if (!isDataField(field)) return []
  reportUnhandled(field, 'abcnp', loss)
  const subfields: MarcSubfield[] = []
  const add = (code: string, value: string | null) => {
    const text = stripIsbd(value)
    if (text !== null) subfields.push(subfield(code, text))
  }
  let before = ''
  for (const { code, value } of field.subfields) {
    if (code === 'a') add('a', value)
    else if (code === 'n') add('h', value)
    else if (code === 'p') add('i', value)
    else if (code === 'b') {
      const [first = '', ...parallels] = value.split(/\s=\s/)
      add(/=\s*$/.test(before) ? 'd' : 'e', first)
      for (const parallel of parallels) add('d', parallel)
    } else if (code === 'c') {
      const [first = '', ...later] = value.split(/\s;\s/)
      add('f', first)
      for (const statement of later) add('g', statement)
    }
    before = value
  }
  return subfields.length === 0 ? [] : [{ tag: '200', indicators: '1 ', subfields }]
}

/** 264 tells production, publication, distribution and manufacture apart; 210 is the publication. */
const convert264: ConvertField = (field, loss) => {
  if (!isDataField(field)) return []
  if (field.indicators.charAt(1) === '1') return convertByRule(field, PUBLICATION, loss)
  loss({ field: '264', reason: 'no-counterpart' })
  return []
}

const convertClass: ConvertField = (field, loss) => {
  const classNumber = isDataField(field) ? firstSubfield(field, 'a') : null
  if (
    !isDataField(field) ||
    classNumber === null ||
    !/clc/i.test(firstSubfield(field, '2') ?? '')
  ) {
    loss({ field: '084', reason: 'no-counterpart' })
    return []
  }
  reportUnhandled(field, 'a2', loss)
  return [{ tag: '690', indicators: '  ', subfields: [subfield('a', classNumber)] }]
}

/** CNMARC links by embedding the other record's title field. */
const convertSeries: ConvertField = (field, loss) => {
  const title = isDataField(field) ? stripIsbd(firstSubfield(field, 'a')) : null
  if (!isDataField(field) || title === null) return []
  reportUnhandled(field, 'a', loss)
  return [
    { tag: '410', indicators: ' 0', subfields: [subfield('1', '2001 '), subfield('a', title)] },
  ]
}

const convertSource: ConvertField = (field, loss) => {
  const agency = isDataField(field) ? firstSubfield(field, 'a') : null
  if (!isDataField(field) || agency === null) return []
  reportUnhandled(field, 'ac', loss)
  return [{ tag: '801', indicators: ' 0', subfields: [subfield('b', agency)] }]
}

const rebuilt: ConvertField = (field, loss) => {
  loss({ field: field.tag, reason: 'rebuilt-from-codes' })
  return []
}

const DATE_TYPES: Readonly<Record<string, string>> = {
  c: 'a',
  d: 'b',
  u: 'c',
  s: 'd',
  r: 'e',
  q: 'f',
  m: 'g',
  t: 'h',
  p: 'i',
  e: 'j',
}
const AUDIENCES: Readonly<Record<string, string>> = {
  j: 'a',
  a: 'b',
  b: 'c',
  c: 'd',
  d: 'e',
  e: 'k',
  f: 'k',
  g: 'm',
}

/** 008 keeps two digits of the year; MARC began in the 1960s. */
const enteredOn = (coded: string): string => {
  const digits = coded.slice(0, 6)
  if (!/^\d{6}$/.test(digits)) return '        '
  return (Number(digits.slice(0, 2)) >= 60 ? '19' : '20') + digits
}

const codedFields = (record: MarcRecord): MarcField[] => {
  const coded = (controlValue(record, '008') ?? '').padEnd(40, ' ')
  const years = coded.slice(7, 15).replace(/[^0-9]/g, ' ')
  const script = hasHan(firstValue(record, '245', 'a') ?? '') ? 'ea' : 'ba'
  const general =
    `${enteredOn(coded)}${DATE_TYPES[coded.charAt(6)] ?? 'f'}${years}` +
    `${AUDIENCES[coded.charAt(22)] ?? 'u'}  y0chiy50      ${script}`
  const languages = record.fields.flatMap((field) =>
    field.tag === '041' && isDataField(field)
      ? [
          ...subfieldValues(field, 'a').map((value) => subfield('a', value)),
          ...subfieldValues(field, 'h').map((value) => subfield('c', value)),
        ]
      : [],
  )
  const language = coded.slice(35, 38).trim()
  const isTranslation = languages.some(({ code }) => code === 'c')
  const spoken = languages.length > 0 ? languages : language === '' ? [] : [subfield('a', language)]
  const fields: MarcField[] = [
    { tag: '100', indicators: '  ', subfields: [subfield('a', general)] },
  ]
  if (spoken.length > 0) {
    fields.push({ tag: '101', indicators: `${isTranslation ? '1' : '0'} `, subfields: spoken })
  }
  if (coded.slice(15, 18).trim() === 'cc') {
    fields.push({ tag: '102', indicators: '  ', subfields: [subfield('a', 'CN')] })
  }
  return fields
}

const TYPES: Readonly<Record<string, string>> = { t: 'b', m: 'l', o: 'm', p: 'm' }

const leaderToCnmarc = (leader: string): string => {
  const padded = leader.padEnd(24, ' ')
  const status = padded.charAt(5) === 'a' ? 'c' : padded.charAt(5)
  const type = TYPES[padded.charAt(6)] ?? padded.charAt(6)
  const level = /[bs]/.test(padded.charAt(7))
    ? 's'
    : padded.charAt(7) === 'd'
      ? 'a'
      : padded.charAt(7)
  return `${padded.slice(0, 5)}${status}${type}${level}0 22${padded.slice(12, 17)}   450 `
}

const SPECIALS: ReadonlyMap<string, ConvertField> = new Map([
  ['245', convertTitle],
  ['264', convert264],
  ['084', convertClass],
  ['830', convertSeries],
  ['040', convertSource],
  ['008', () => []],
  ['041', () => []],
  ['006', rebuilt],
  ['007', rebuilt],
])

/** 105 and 106 are not invented: the lint names them as missing, and a cataloguer fills them. */
export const marc21ToCnmarc = (record: MarcRecord): CrosswalkResult => {
  const { fields, losses } = convertFields(record, RULES, SPECIALS, new Set(['001', '005']))
  return {
    record: {
      leader: leaderToCnmarc(record.leader),
      fields: inTagOrder([...fields, ...codedFields(record)]),
    },
    losses,
  }
}
