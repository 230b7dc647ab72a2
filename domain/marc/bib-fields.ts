/**
 * A MarcRecord's fields as the stored `Bib` has them (domain/records.ts) and back. Storing is a
 * little stricter than reading: what a broken file put before the first delimiter becomes a
 * subfield, and a delimiter without a code gets the code `?`.
 */
import type { Bib } from '../records.ts'
import { isDataField } from './marc-record.ts'
import type { MarcField, MarcRecord, MarcSubfield } from './marc-record.ts'

export type BibField = Bib['fields'][number]

const CODE_UNKNOWN = '?'

const isUncoded = ({ code }: MarcSubfield): boolean => code === ''

export const fieldToBibField = (field: MarcField): BibField => {
  if (!isDataField(field)) {
    return { tag: field.tag, indicators: null, value: field.value, subfields: [] }
  }
  const { tag, indicators } = field
  const subfields = field.subfields.some(isUncoded)
    ? field.subfields.map(({ code, value }) => ({ code: code || CODE_UNKNOWN, value }))
    : [...field.subfields]
  if (indicators.length === 2) return { tag, indicators, value: null, subfields }
  const stray = indicators.slice(2)
  return {
    tag,
    indicators: indicators.slice(0, 2).padEnd(2, ' '),
    value: null,
    subfields: stray === '' ? subfields : [{ code: CODE_UNKNOWN, value: stray }, ...subfields],
  }
}

export const bibToMarcRecord = (bib: Pick<Bib, 'leader' | 'fields'>): MarcRecord => ({
  leader: bib.leader,
  fields: bib.fields.map(({ tag, indicators, value, subfields }) =>
    value === null ? { tag, indicators: indicators ?? '  ', subfields } : { tag, value },
  ),
})
