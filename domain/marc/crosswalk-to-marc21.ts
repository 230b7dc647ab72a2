/** CNMARC → MARC21, the minimum of reference/domain-cn.md 1.7, with everything lost named. */
import {
  convertByRule,
  convertFields,
  fieldRule,
  inTagOrder,
  reportUnhandled,
  subfield,
} from './crosswalk-field.ts'
import type { ConvertField, CrosswalkResult, FieldRule } from './crosswalk-field.ts'
import { linkedTitle } from './embedded-fields.ts'
import { firstSubfield, firstValue, isDataField, subfieldValues } from './marc-record.ts'
import type { MarcRecord, MarcSubfield } from './marc-record.ts'

/** Subject parts: in CNMARC `$y` is the place and `$z` the period; in MARC21 the other way round. */
const SUBJECT = { a: 'a', x: 'x', y: 'z', z: 'y', j: 'v' }
const NAME = { a: 'a', b: 'b', c: 'c', f: 'd', '4': 'e' }
const BODY = { a: 'a', b: 'b', '4': 'e' }

const RULES: ReadonlyMap<string, FieldRule> = new Map([
  ['010', fieldRule('020', '  ', { a: 'a', b: 'q', d: 'c', z: 'z' })],
  ['011', fieldRule('022', '  ', { a: 'a', y: 'y', z: 'z' })],
  ['205', fieldRule('250', '  ', { a: 'a', b: 'b' })],
  ['210', fieldRule('264', ' 1', { a: 'a', c: 'b', d: 'c' })],
  ['215', fieldRule('300', '  ', { a: 'a', c: 'b', d: 'c', e: 'e' })],
  ['225', fieldRule('490', '0 ', { a: 'a', v: 'v', x: 'x' })],
  ['300', fieldRule('500', '  ', { a: 'a' })],
  ['320', fieldRule('504', '  ', { a: 'a' })],
  ['327', fieldRule('505', '0 ', { a: 'a' })],
  ['330', fieldRule('520', '  ', { a: 'a' })],
  [
    '600',
    fieldRule('600', '17', { a: 'a', b: 'b', c: 'c', f: 'd', x: 'x', y: 'z', z: 'y' }, [
      subfield('2', 'cct'),
    ]),
  ],
  ['606', fieldRule('650', ' 7', SUBJECT, [subfield('2', 'cct')])],
  ['607', fieldRule('651', ' 7', SUBJECT, [subfield('2', 'cct')])],
  ['610', fieldRule('653', '  ', { a: 'a' })],
  ['690', fieldRule('084', '  ', { a: 'a' }, [subfield('2', 'clc')])],
  ['702', fieldRule('700', '1 ', NAME)],
  ['712', fieldRule('710', '2 ', BODY)],
  ['856', fieldRule('856', '40', { u: 'u', z: 'z', y: 'y', '3': '3' })],
  ['905', fieldRule('852', '  ', { a: 'b', c: 'c', d: 'h', e: 'i', b: 'p' })],
])

/** The ISBD mark that MARC21 writes at the end of the part before. */
const TITLE_MARKS: Readonly<Record<string, readonly [code: string, mark: string]>> = {
  a: ['a', ' ;'],
  d: ['b', ' ='],
  e: ['b', ' :'],
  h: ['n', '.'],
  i: ['p', ','],
  v: ['n', '.'],
  f: ['c', ' /'],
  g: ['c', ' ;'],
}

const titleSubfields = (subfields: readonly MarcSubfield[]): MarcSubfield[] => {
  const made: { code: string; value: string }[] = []
  for (const { code, value } of subfields) {
    const target = TITLE_MARKS[code]
    if (target === undefined) continue
    const [to, mark] = target
    const before = made.at(-1)
    if (before !== undefined) before.value += mark
    // MARC21 repeats neither $a, $b nor $c here: the second goes on in the same subfield.
    const same = before?.code === to && to !== 'n' && to !== 'p' ? before : undefined
    if (same === undefined) made.push({ code: to, value })
    else same.value += ` ${value}`
  }
  return made
}

const convertTitle: ConvertField = (field, loss) => {
  if (!isDataField(field)) return []
  reportUnhandled(field, 'adefghiv', loss)
  const indicator = field.indicators.charAt(0) === '1' ? '1' : '0'
  return [{ tag: '245', indicators: `${indicator}0`, subfields: titleSubfields(field.subfields) }]
}

/** Only what 008 cannot hold goes to 041: translations and several languages. */
const convertLanguage: ConvertField = (field, loss) => {
  if (!isDataField(field)) return []
  reportUnhandled(field, 'abc', loss)
  const isTranslation = field.indicators.charAt(0) === '1'
  const languages = subfieldValues(field, 'a')
  if (!isTranslation && languages.length < 2) return []
  const originals = [...subfieldValues(field, 'b'), ...subfieldValues(field, 'c')]
  return [
    {
      tag: '041',
      indicators: `${isTranslation ? '1' : '0'} `,
      subfields: [
        ...languages.map((value) => subfield('a', value)),
        ...originals.map((value) => subfield('h', value)),
      ],
    },
  ]
}

const convertSeriesLink: ConvertField = (field, loss) => {
  const title = isDataField(field) ? linkedTitle(field) : null
  if (title === null) {
    loss({ field: field.tag, reason: 'no-counterpart' })
    return []
  }
  return [{ tag: '830', indicators: ' 0', subfields: [subfield('a', title)] }]
}

const convertSource: ConvertField = (field, loss) => {
  if (!isDataField(field)) return []
  reportUnhandled(field, 'abc', loss)
  const agency = firstSubfield(field, 'b')
  if (agency === null || field.indicators.charAt(1) !== '0') {
    loss({ field: '801', reason: 'no-counterpart' })
    return []
  }
  return [
    { tag: '040', indicators: '  ', subfields: [subfield('a', agency), subfield('c', agency)] },
  ]
}

const dropCoded: ConvertField = (field, loss) => {
  loss({ field: field.tag, reason: 'rebuilt-from-codes' })
  return []
}

/** MARC21 has one main entry: the first person or, without one, the first body. */
const createNameConversion = (record: MarcRecord): ((isPerson: boolean) => ConvertField) => {
  const hasPerson = record.fields.some(({ tag }) => tag === '700' || tag === '701')
  let isMainFree = true
  return (isPerson) => (field, loss) => {
    if (!isDataField(field)) return []
    const isMain = isMainFree && (isPerson || !hasPerson)
    if (isMain) isMainFree = false
    const tag = (isMain ? '1' : '7') + (isPerson ? '00' : '10')
    return convertByRule(
      field,
      fieldRule(tag, isPerson ? '1 ' : '2 ', isPerson ? NAME : BODY),
      loss,
    )
  }
}

const DATE_TYPES: Readonly<Record<string, string>> = {
  a: 'c',
  b: 'd',
  c: 'u',
  d: 's',
  e: 'r',
  f: 'q',
  g: 'm',
  h: 't',
  i: 'p',
  j: 'e',
}
const AUDIENCES: Readonly<Record<string, string>> = {
  a: 'j',
  b: 'a',
  c: 'b',
  d: 'c',
  e: 'd',
  k: 'f',
  m: 'g',
}

/** 40 characters; positions that CNMARC codes otherwise are `|`, "no attempt to code". */
const build008 = (record: MarcRecord): string => {
  const coded = (firstValue(record, '100', 'a') ?? '').padEnd(36, ' ')
  const language = (firstValue(record, '101', 'a') ?? '   ').slice(0, 3).padEnd(3, ' ')
  const country = firstValue(record, '102', 'a') === 'CN' ? 'cc ' : 'xx '
  const audience = AUDIENCES[coded.charAt(17)] ?? ' '
  return (
    coded.slice(2, 8) +
    (DATE_TYPES[coded.charAt(8)] ?? '|') +
    coded.slice(9, 17).replaceAll('#', ' ') +
    country +
    '||||' +
    audience +
    '|'.repeat(12) +
    language +
    ' d'
  )
}

const TYPES: Readonly<Record<string, string>> = { b: 't', l: 'm', m: 'o' }

const leaderToMarc21 = (leader: string): string => {
  const padded = leader.padEnd(24, ' ')
  const type = TYPES[padded.charAt(6)] ?? padded.charAt(6)
  const status = padded.charAt(5) === 'o' ? 'n' : padded.charAt(5)
  return `${padded.slice(0, 5)}${status}${type}${padded.charAt(7)} a22${padded.slice(12, 17)} i 4500`
}

export const cnmarcToMarc21 = (record: MarcRecord): CrosswalkResult => {
  const nameConversion = createNameConversion(record)
  const specials: ReadonlyMap<string, ConvertField> = new Map([
    ['200', convertTitle],
    ['101', convertLanguage],
    ['410', convertSeriesLink],
    ['801', convertSource],
    ['100', () => []],
    ['102', () => []],
    ['105', dropCoded],
    ['106', dropCoded],
    ['110', dropCoded],
    ['700', nameConversion(true)],
    ['701', nameConversion(true)],
    ['710', nameConversion(false)],
    ['711', nameConversion(false)],
  ])
  const { fields, losses } = convertFields(record, RULES, specials, new Set(['001', '005']))
  const coded = { tag: '008', value: build008(record) }
  return {
    record: { leader: leaderToMarc21(record.leader), fields: inTagOrder([...fields, coded]) },
    losses,
  }
}
