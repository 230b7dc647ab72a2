/**
 * M22: what the National Library found on the book itself is not changed without a second look
 * (reference/domain-cn.md 1.6). A reviewer looks at every draft before it is published: this tells
 * them, and whoever changes it, where.
 */
import { lintWarning } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'
import { allValues, dataFields } from './marc-record.ts'
import type { MarcDataField, MarcRecord } from './marc-record.ts'

const NATIONAL = new Set(['NLC', '国家图书馆', '北京图书馆', 'BTXH'])

/** Whoever made it first: others transcribe and modify it. */
const isOfNationalLibrary = (record: MarcRecord): boolean => {
  const chain = dataFields(record, '801')
  const first = chain.find(({ indicators }) => indicators.charAt(1) === '0') ?? chain[0]
  return first !== undefined && NATIONAL.has(first.subfields.find(isAgency)?.value.trim() ?? '')
}

const isAgency = ({ code }: { readonly code: string }): boolean => code === 'b'

/** Number, title, who is responsible and who published it. Pinyin and roles are ours to correct. */
const OBJECTIVE: Readonly<Record<string, string>> = {
  '010': 'a',
  '200': 'adefghi',
  '210': 'c',
  '701': 'a',
  '702': 'a',
  '711': 'ab',
  '712': 'ab',
}

const written = (record: MarcRecord, tag: string, codes: string): string =>
  dataFields(record, tag)
    .map((field) => partsOf(field, codes))
    .filter((text) => text !== '')
    .join('\n')

const partsOf = ({ subfields }: MarcDataField, codes: string): string =>
  subfields
    .filter(({ code, value }) => codes.includes(code) && value.trim() !== '')
    .map(({ code, value }) => `$${code}${value.trim()}`)
    .join('')

/** A number set right as a wrong one ($z) is the other half of rule M07. */
const isNumberCorrected = (record: MarcRecord, base: MarcRecord, tag: string): boolean => {
  if (tag !== '010') return false
  const wrong = new Set(allValues(record, '010', 'z'))
  return allValues(base, '010', 'a').every((number) => wrong.has(number))
}

export function objectiveRule(record: MarcRecord, base: MarcRecord | null): LintFinding[] {
  if (base === null || !isOfNationalLibrary(base)) return []
  return Object.entries(OBJECTIVE).flatMap(([tag, codes]) => {
    const [was, is] = [written(base, tag, codes), written(record, tag, codes)]
    // What it had not may be filled in.
    if (was === '' || was === is || isNumberCorrected(record, base, tag)) return []
    return [
      lintWarning(
        'M22',
        [tag, null],
        `国家图书馆记录的 ${tag} 已改动，须经审校核对原书`,
        `${tag} of a record of the National Library was changed: the reviewer looks at the book`,
      ),
    ]
  })
}
