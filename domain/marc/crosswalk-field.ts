/** One field's conversion by a table of subfields, and the losses it leaves behind. */
import { isDataField } from './marc-record.ts'
import type { MarcDataField, MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'

export type CrosswalkLoss = {
  /** `200$z`, or `604` where a whole field has no place in the other format. */
  readonly field: string
  readonly reason: 'no-counterpart' | 'subfield-without-counterpart' | 'rebuilt-from-codes'
}

export type CrosswalkResult = {
  readonly record: MarcRecord
  readonly losses: readonly CrosswalkLoss[]
}

/** `subfields`: code here → code there. Codes not named are lost and reported. */
export type FieldRule = {
  readonly to: string
  readonly indicators: string
  readonly subfields: Readonly<Record<string, string>>
  /** Appended to every field so made. */
  readonly extra: readonly MarcSubfield[]
  /** Applied to each value; null where nothing but punctuation was there. */
  readonly clean: (value: string) => string | null
}

export const fieldRule = (
  to: string,
  indicators: string,
  subfields: Record<string, string>,
  extra: readonly MarcSubfield[] = [],
  clean: (value: string) => string | null = (value) => value,
): FieldRule => ({ to, indicators, subfields, extra, clean })

export type ConvertField = (field: MarcField, loss: (loss: CrosswalkLoss) => void) => MarcField[]

/** Subfields in `handled` are dealt with by the caller; the rest are losses. */
export const reportUnhandled = (
  field: MarcDataField,
  handled: string,
  loss: (loss: CrosswalkLoss) => void,
): void => {
  for (const { code } of field.subfields) {
    if (handled.includes(code)) continue
    loss({ field: `${field.tag}$${code}`, reason: 'subfield-without-counterpart' })
  }
}

export const convertByRule = (
  field: MarcDataField,
  rule: FieldRule,
  loss: (loss: CrosswalkLoss) => void,
): MarcField[] => {
  const subfields: MarcSubfield[] = []
  for (const { code, value } of field.subfields) {
    const target = rule.subfields[code]
    if (target === undefined) {
      loss({ field: `${field.tag}$${code}`, reason: 'subfield-without-counterpart' })
      continue
    }
    const cleaned = rule.clean(value)
    if (cleaned !== null) subfields.push({ code: target, value: cleaned })
  }
  if (subfields.length === 0) return []
  return [{ tag: rule.to, indicators: rule.indicators, subfields: [...subfields, ...rule.extra] }]
}

/** Every field goes through its special conversion, its rule, or into the losses. */
export const convertFields = (
  record: MarcRecord,
  rules: ReadonlyMap<string, FieldRule>,
  specials: ReadonlyMap<string, ConvertField>,
  untouched: ReadonlySet<string>,
): { fields: MarcField[]; losses: CrosswalkLoss[] } => {
  const losses: CrosswalkLoss[] = []
  const loss = (entry: CrosswalkLoss) => losses.push(entry)
  const fields = record.fields.flatMap((field) => {
    if (untouched.has(field.tag)) return [field]
    const special = specials.get(field.tag)
    if (special !== undefined) return special(field, loss)
    const rule = rules.get(field.tag)
    if (rule !== undefined && isDataField(field)) return convertByRule(field, rule, loss)
    loss({ field: field.tag, reason: 'no-counterpart' })
    return []
  })
  return { fields, losses }
}

/** MARC fields stand in the order of their tags; repeats keep their own order. */
export const inTagOrder = (fields: readonly MarcField[]): MarcField[] =>
  fields.toSorted((a, b) => (a.tag === b.tag ? 0 : a.tag < b.tag ? -1 : 1))

export const subfield = (code: string, value: string): MarcSubfield => ({ code, value })
