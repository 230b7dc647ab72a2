/** A field as it is begun, before a person writes in it (reference/domain-cn.md 1.3, 1.4). */
import type { CalendarDate } from '../words/calendar-date.ts'
import type { BibField } from './bib-fields.ts'
import { codedGeneral } from './definitions/coded-general.ts'
import { usualString, withPlaces } from './definitions/coded-string.ts'
import { codedStringsOf, definitionOf } from './definitions/definitions.ts'

/** Where they are not two blanks: what most records have. */
const INDICATORS: Readonly<Record<string, string>> = {
  '101': '0 ',
  '200': '1 ',
  '225': '2 ',
  '327': '1 ',
  '606': '0 ',
  '610': '0 ',
  '701': ' 0',
  '702': ' 0',
  '711': '02',
  '712': '02',
  '801': ' 0',
  '856': '4 ',
}
const TITLE_TAG = /^5(?:1[0-7]|20|3[02]|4[015])$/u
const LINK_TAG = /^4\d\d$/u

const indicatorsOf = (tag: string): string =>
  INDICATORS[tag] ?? (TITLE_TAG.test(tag) ? '1 ' : LINK_TAG.test(tag) ? ' 0' : '  ')

type Parts = readonly (readonly [code: string, value: string])[]

/** Subfields that are begun at once: those that hardly a record is without. */
function partsOf(tag: string, today: CalendarDate): Parts {
  const stamp = today.replaceAll('-', '')
  switch (tag) {
    case '010':
      return [
        ['a', ''],
        ['d', 'CNY'],
      ]
    case '100':
      return [['a', generalOf(today)]]
    case '101':
      return [['a', 'chi']]
    case '102':
      return [
        ['a', 'CN'],
        ['b', '110000'],
      ]
    case '106':
      return [['a', 'r']]
    case '200':
      return [
        ['a', ''],
        ['9', ''],
        ['f', ''],
      ]
    case '210':
      return [
        ['a', ''],
        ['c', ''],
        ['d', today.slice(0, 4)],
      ]
    case '215':
      return [
        ['a', ''],
        ['d', ''],
      ]
    case '690':
      return [
        ['a', ''],
        ['v', '5'],
      ]
    case '701':
    case '711':
      return [
        ['a', ''],
        ['9', ''],
        ['4', '著'],
      ]
    case '702':
    case '712':
      return [
        ['a', ''],
        ['9', ''],
        ['4', '译'],
      ]
    case '801':
      return [
        ['a', 'CN'],
        ['b', ''],
        ['c', stamp],
      ]
    default:
      return codedOrFirst(tag)
  }
}

/** Published this year, as most of what is catalogued is. */
function generalOf(today: CalendarDate): string {
  const at = (from: number) => codedGeneral.places.find((places) => places.from === from)
  const [entered, year] = [at(0), at(9)]
  if (entered === undefined || year === undefined) throw new Error('100$a without its dates')
  const dated = withPlaces(
    codedGeneral,
    usualString(codedGeneral),
    entered,
    today.replaceAll('-', ''),
  )
  return withPlaces(codedGeneral, dated, year, today.slice(0, 4))
}

function codedOrFirst(tag: string): Parts {
  const [coded] = codedStringsOf(tag)
  if (coded?.code === 'a') return [['a', usualString(coded)]]
  return [[definitionOf(tag)?.subfields[0]?.code ?? 'a', '']]
}

/** Not for 00X, which a system writes. */
export const begunField = (tag: string, today: CalendarDate): BibField => ({
  tag,
  indicators: indicatorsOf(tag),
  value: null,
  subfields: partsOf(tag, today).map(([code, value]) => ({ code, value })),
})
