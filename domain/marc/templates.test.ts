import { describe, expect, it } from 'vitest'
import type { BibContent } from '../cataloguing-records.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import { definitionOf } from './definitions/definitions.ts'
import { recordContext } from './lint-finding.ts'
import { lintRecord } from './lint.ts'
import { begunRecord, templateKinds } from './templates.ts'
import type { TemplateKind } from './templates.ts'

const today = CalendarDate.parse('2026-11-23')
const about = { today, number: '20261123a1b2c3d4', agency: '044005' }
const faultsOf = (content: BibContent): string[] => {
  const context = recordContext(2026)
  const found = lintRecord(bibToMarcRecord(content), 'cnmarc', context)
  return found.map(({ rule, tag, subfield }) => `${rule} ${tag}${subfield ?? ''}`)
}

/** What a cataloguer reads from what lies before them. */
const typed: Readonly<Record<string, string>> = {
  '010a': '978-7-5001-6208-7',
  '010d': 'CNY32.00',
  '200a': '山',
  '2009': 'shan',
  '210a': '北京',
  '210d': '2026',
  '215a': '112页',
  '215d': '21cm',
  '690a': 'I247.5',
}
const filled = ({ leader, fields }: BibContent): BibContent => ({
  leader,
  fields: fields.map((field) => ({
    ...field,
    subfields: field.subfields.map(({ code, value }) => ({
      code,
      value: value === '' || value === 'CNY' ? (typed[field.tag + code] ?? '') : value,
    })),
  })),
})

describe.each(templateKinds)('a %s as it is begun', (kind: TemplateKind) => {
  const begun = begunRecord(kind, about)

  it('is faulted only where nothing stands yet', () => {
    const missing = faultsOf(begun)
    expect(missing).toEqual(missing.filter((fault) => /200a|010[ad]|690a|215[ad]/u.test(fault)))
    expect(missing).not.toEqual([])
  })

  it('is without a fault once the cataloguer has filled it', () => {
    expect(faultsOf(filled(begun))).toEqual([])
  })

  it('has its fields in order, each one known', () => {
    const tags = begun.fields.map(({ tag }) => tag)
    expect(tags).toEqual(tags.toSorted())
    expect(tags.filter((tag) => definitionOf(tag) === null)).toEqual([])
    expect(begun.leader).toHaveLength(24)
  })
})

it('says who made it, and when', () => {
  const begun = begunRecord('book', about)
  const source = begun.fields.find(({ tag }) => tag === '801')
  expect(source?.subfields.map(({ value }) => value)).toEqual(['CN', '044005', '20261123'])
  expect(begun.fields[0]).toMatchObject({ tag: '001', value: '20261123a1b2c3d4' })
})
