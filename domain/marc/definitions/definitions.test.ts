import { existsSync, readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { recordContext } from '../lint-finding.ts'
import { lintRecord } from '../lint.ts'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { bibToMarcRecord } from '../bib-fields.ts'
import { readCodes } from './code-choices.ts'
import { unknownCodes, usualString, withPlaces } from './coded-string.ts'
import { codedStringsOf, definitionOf, fieldDefinitions } from './definitions.ts'
import { readFieldTable } from './field-definition.ts'

const strings = ['LDR', ...fieldDefinitions.map(({ tag }) => tag)].flatMap((tag) =>
  codedStringsOf(tag),
)

describe('tables of CNMARC', () => {
  it('tags stand in order, each once, and so do the subfields of each', () => {
    const tags = fieldDefinitions.map(({ tag }) => tag)
    expect(tags).toEqual([...new Set(tags)].toSorted())
    for (const { tag, subfields } of fieldDefinitions) {
      const codes = subfields.map(({ code }) => code)
      expect([tag, ...codes]).toEqual([tag, ...new Set(codes)])
    }
  })

  it('what M02 asks for is what is called mandatory', () => {
    const ofBooks = fieldDefinitions.filter(({ isMandatoryFor }) =>
      ['all', 'books'].includes(isMandatoryFor),
    )
    const nothing = bibToMarcRecord({ leader: aGoodRecord().leader, fields: [] })
    const context = recordContext(2026)
    const missing = lintRecord(nothing, 'cnmarc', context).filter(({ rule }) => rule === 'M02')
    expect(missing.map(({ tag }) => tag).toSorted()).toEqual(ofBooks.map(({ tag }) => tag))
  })

  it.each(strings.map((string) => [`${string.tag}${string.code ?? ''}`, string] as const))(
    'the places of %s follow one another and fill it, and what is usual is in their lists',
    (_name, string) => {
      let at = 0
      for (const { from, length } of string.places) {
        // 8 places of the archive stand between the codes and the date of inspection.
        expect(from).toBe(at)
        at = from + length
      }
      expect(at).toBe(string.length)
      const usual = usualString(string)
      expect(usual).toHaveLength(string.length)
      expect(string.places.flatMap((places) => unknownCodes(usual, places))).toEqual([])
    },
  )

  it('writing places leaves the others', () => {
    const [book] = codedStringsOf('105')
    const genre = book?.places.find(({ from }) => from === 11)
    if (book === undefined || genre === undefined) throw new Error('no 105')
    expect(withPlaces(book, 'y   z   000yy', genre, 'a')).toBe('y   z   000ay')
    expect(withPlaces(book, 'y', genre, 'a')).toBe('y          a ')
    expect(unknownCodes('y   z   000?y', genre)).toEqual(['?'])
  })

  it.each(['010 X R 无 / None', '010 - R 无此'])('%s is no line of a table', (line) => {
    expect(() => readFieldTable(line)).toThrow(/no field/u)
  })

  it('a list of codes that is not there, a subfield and a code without words are mistakes', () => {
    expect(() => readFieldTable('010 - R 无 / None\na N 无 / None @nowhere')).toThrow(
      'no such list',
    )
    expect(() => readFieldTable('010 - R 无 / None\na 无')).toThrow('no subfield')
    expect(() => readCodes('a')).toThrow('no code')
  })
})

const folder = new URL('../../../../shared/data/cnmarc/', import.meta.url)
const lacking = existsSync(folder)
  ? ''
  : ' (skipped: shared/data/cnmarc is not beside the checkout)'

/** Kept free by the standard, or of one vendor. */
const LEFT_OUT = new Set(['###', '***', 'hdr', '016', '017', '018', '986'])

describe.skipIf(lacking !== '')(`beside the definitions of another system${lacking}`, () => {
  const books = readDefinitions('cnmarc-marcdef-book.xml')
  const serials = readDefinitions('cnmarc-marcdef-serial.xml')
  const lists = readLists('cnmarc-marcvaluelist.xml')
  const all = [...books, ...serials]

  it('no tag and no subfield of it is missing', () => {
    expect(all.length).toBeGreaterThan(300)
    const missing = all
      .filter(({ tag }) => !LEFT_OUT.has(tag))
      .flatMap(({ tag, subfields }) => {
        const definition = definitionOf(tag)
        if (definition === null) return [tag]
        const known = new Set(definition.subfields.map(({ code }) => code))
        return subfields.filter((code) => !known.has(code)).map((code) => `${tag}$${code}`)
      })
    expect([...new Set(missing)]).toEqual([])
  })

  it('no string of fixed places is without its places', () => {
    const missing = books
      .filter(({ tag }) => tag !== '001' && !tag.startsWith('*'))
      .flatMap(({ tag, chars }) =>
        chars.flatMap(({ code, from, list }) => {
          const strings = codedStringsOf(tag === '###' ? 'LDR' : tag)
          const string = strings.find((one) => one.code === code)
          const isThere = string?.places.some(
            (one) => one.from <= from && from < one.from + one.length,
          )
          return isThere === true ? [] : [`${tag}$${code ?? ''}/${String(from)} ${list}`]
        }),
      )
    expect(missing).toEqual([])
  })

  it('no code of a fixed place is missing', () => {
    let compared = 0
    const missing = books.flatMap(({ tag, chars }) =>
      chars.flatMap(({ code, from, list }) => {
        const [string] = codedStringsOf(tag === '###' ? 'LDR' : tag).filter(
          (one) => one.code === code,
        )
        const places = string?.places.find((one) => one.from === from)
        const choices = places?.choices ?? null
        // Of the languages of the world those are listed that a library here meets.
        if (choices === null || list === 'languagecode') return []
        compared += 1
        const known = new Set(choices.map((choice) => choice.code.trim()))
        // A blank is written as `_` there.
        return (lists.get(list) ?? [])
          .map((value) => value.replaceAll('_', ' ').trim())
          .filter((value) => value !== '' && !known.has(value))
          .map((value) => `${tag}$${code ?? ''}/${String(from)} ${value}`)
      }),
    )
    expect(compared).toBeGreaterThan(110)
    expect(missing).toEqual(OTHERS_MISTAKES)
  })
})

/** Codes that only that system has, and why ours have them not. */
const OTHERS_MISTAKES: readonly string[] = [
  // A line of 106, handwritten, copied into the types of serials.
  '110$a/0 h',
]

interface Definition {
  readonly tag: string
  readonly subfields: string[]
  readonly chars: { readonly code: string | null; readonly from: number; readonly list: string }[]
}

function readDefinitions(name: string): Definition[] {
  const found: Definition[] = []
  let subfield: string | null = null
  let from = -1
  const parser = new SaxesParser()
  parser.on('opentag', ({ name: element, attributes }) => {
    const of = String(attributes['name'] ?? '')
    if (element === 'Field') found.push({ tag: of, subfields: [], chars: [] })
    if (element === 'Subfield') {
      subfield = of
      found.at(-1)?.subfields.push(of)
    }
    if (element === 'Char') from = Number(of.split('/')[0])
    const list = String(attributes['ref'] ?? '').split('#')[1]
    if (element === 'ValueList' && list !== undefined && from >= 0) {
      found.at(-1)?.chars.push({ code: subfield, from, list })
    }
  })
  parser.on('closetag', ({ name: element }) => {
    if (element === 'Subfield' || element === 'Field') subfield = null
    if (element === 'Char') from = -1
  })
  parser.write(readFileSync(new URL(name, folder), 'utf8').replace(/^\ufeff/u, '')).close()
  return found
}

function readLists(name: string): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>()
  let values: string[] = []
  let text = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name: element, attributes }) => {
    text = ''
    if (element !== 'ValueList') return
    values = []
    lists.set(String(attributes['name'] ?? ''), values)
  })
  parser.on('text', (part) => {
    text += part
  })
  parser.on('closetag', ({ name: element }) => {
    if (element === 'Value') values.push(text.trim())
  })
  parser.write(readFileSync(new URL(name, folder), 'utf8').replace(/^\ufeff/u, '')).close()
  return lists
}
