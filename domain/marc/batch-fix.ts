/** One correction made to many records alike. What it says is exact: no patterns, no guesses. */
import { z } from 'zod'
import type { BibContent, MarcProfile } from '../cataloguing-records.ts'
import { PlainText } from '../words/plain-text.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import type { BibField } from './bib-fields.ts'
import { lintRecord } from './lint.ts'
import { recordContext } from './lint-finding.ts'
import type { LintFinding } from './lint-finding.ts'

const Tag = z.string().regex(/^[0-9A-Za-z]{3}$/)
const Code = z.string().length(1)
const Value = PlainText(2000)

export const BatchFix = z.discriminatedUnion('does', [
  /** What the rule itself proposes, where it is certain enough to propose anything. */
  z.strictObject({ does: z.literal('rule'), rule: z.string().regex(/^M\d{2}$/) }),
  /** In every field of the tag; added behind the others where it has none. */
  z.strictObject({ does: z.literal('set'), tag: Tag, code: Code, value: Value.min(1) }),
  /** Text for text, letter for letter, wherever it stands in the subfield. */
  z.strictObject({
    does: z.literal('replace'),
    tag: Tag,
    code: Code,
    find: Value.min(1),
    value: Value,
  }),
  z.strictObject({ does: z.literal('delete'), tag: Tag, code: Code }),
])
export type BatchFix = z.infer<typeof BatchFix>

type FixedOf = BibContent & { readonly profile: z.infer<typeof MarcProfile> }

/** Null where the fix leaves the record as it is. `year`: the current one, for the rules. */
export function fixedContent(record: FixedOf, fix: BatchFix, year: number): BibContent | null {
  const { leader } = record
  const fields = fieldsAfter(record, fix, year)
  return JSON.stringify(fields) === JSON.stringify(record.fields) ? null : { leader, fields }
}

function fieldsAfter(record: FixedOf, fix: BatchFix, year: number): BibField[] {
  switch (fix.does) {
    case 'rule':
      return ruleFixed(record, fix.rule, year)
    case 'set':
      return inTag(record.fields, fix.tag, (field) => withValue(field, fix.code, fix.value))
    case 'replace':
      return inTag(record.fields, fix.tag, (field) =>
        inCode(field, fix.code, (value) => value.replaceAll(fix.find, () => fix.value)),
      )
    case 'delete':
      return inTag(record.fields, fix.tag, (field) => without(field, fix.code))
  }
}

/** A field without subfields any more is no field. */
const inTag = (
  fields: readonly BibField[],
  tag: string,
  change: (field: BibField) => BibField,
): BibField[] =>
  fields.flatMap((field) => {
    if (field.tag !== tag || field.value !== null) return [field]
    const changed = change(field)
    return changed.subfields.length === 0 ? [] : [changed]
  })

const inCode = (field: BibField, code: string, change: (value: string) => string): BibField => ({
  ...field,
  subfields: field.subfields.flatMap((subfield) => {
    if (subfield.code !== code) return [subfield]
    const value = change(subfield.value)
    return value === '' ? [] : [{ code, value }]
  }),
})

const withValue = (field: BibField, code: string, value: string): BibField =>
  field.subfields.some((subfield) => subfield.code === code)
    ? inCode(field, code, () => value)
    : { ...field, subfields: [...field.subfields, { code, value }] }

const without = (field: BibField, code: string): BibField => ({
  ...field,
  subfields: field.subfields.filter((subfield) => subfield.code !== code),
})

/** Again and again until the rule proposes nothing new: one finding is one place. */
const FIXES_MAX = 50

function ruleFixed(record: FixedOf, rule: string, year: number): BibField[] {
  let fields = record.fields
  for (let fixes = 0; fixes < FIXES_MAX; fixes += 1) {
    const found = lintRecord(
      bibToMarcRecord({ leader: record.leader, fields }),
      record.profile,
      recordContext(year),
    ).filter((one) => one.rule === rule && one.fix !== null)
    const next = found
      .map((finding) => proposed(fields, finding, record.profile, year))
      .find((changed) => changed !== null)
    if (next === undefined) return fields
    fields = next
  }
  return fields
}

/**
 * A finding names a subfield and not which of several: the one is taken whose change satisfies the
 * rule at that place. Null where none does.
 */
function proposed(
  fields: BibField[],
  { rule, tag, subfield, fix }: LintFinding,
  profile: FixedOf['profile'],
  year: number,
): BibField[] | null {
  if (fix === null || subfield === null) return null
  const countOf = (all: BibField[]): number =>
    lintRecord(
      bibToMarcRecord({ leader: LEADER, fields: all }),
      profile,
      recordContext(year),
    ).filter((one) => one.rule === rule).length
  const before = countOf(fields)
  const [code, value] = fix.startsWith('$') ? [fix.slice(1, 2), fix.slice(2)] : [subfield, fix]
  for (const [at, field] of fields.entries()) {
    if (field.tag !== tag || field.value !== null) continue
    for (const [place, one] of field.subfields.entries()) {
      if (one.code !== subfield || (one.code === code && one.value === value)) continue
      if (!saysTheSame(one.value, value)) continue
      const subfields = field.subfields.with(place, { code, value })
      const changed = fields.with(at, { ...field, subfields })
      if (countOf(changed) < before) return changed
    }
  }
  return null
}

/** A proposal writes the number that is there in another form: 29元 as CNY29.00, ten digits as 13. */
function saysTheSame(value: string, fix: string): boolean {
  if (value === fix) return true
  // The last digit of an ISBN is a check digit, another one in its other form.
  const [digits, fixed] = [value, fix].map((text) => text.replaceAll(/\D/g, ''))
  return (digits ?? '') !== '' && (fixed ?? '').includes((digits ?? '').slice(0, -1))
}

/** Rules that look at one place do not look at it. */
const LEADER = '00000nam0 2200000   450 '
