/**
 * A MARC record in memory, whatever its profile, encoding or file format.
 * Order of fields and subfields is the order of the file.
 */

export type MarcSubfield = {
  /** One character; '' where a delimiter stood alone in a broken file. */
  readonly code: string
  readonly value: string
}

/** 00X, and any other field found without a subfield delimiter. */
export type MarcControlField = { readonly tag: string; readonly value: string }

export type MarcDataField = {
  readonly tag: string
  /** Two characters; longer or shorter only where a broken file has it so. */
  readonly indicators: string
  readonly subfields: readonly MarcSubfield[]
}

export type MarcField = MarcControlField | MarcDataField

export type MarcRecord = { readonly leader: string; readonly fields: readonly MarcField[] }

export type MarcProfileName = 'cnmarc' | 'unimarc' | 'marc21'

export const isDataField = (field: MarcField): field is MarcDataField => 'subfields' in field

// An import asks some fifty of these of each record: loops, no closures.

export const dataFields = (record: MarcRecord, tag: string): MarcDataField[] => {
  const found: MarcDataField[] = []
  for (const field of record.fields) {
    if (field.tag === tag && isDataField(field)) found.push(field)
  }
  return found
}

export const controlValue = (record: MarcRecord, tag: string): string | null => {
  for (const field of record.fields) {
    if (field.tag === tag && !isDataField(field)) return field.value
  }
  return null
}

export const subfieldValues = (field: MarcDataField, code: string): string[] => {
  const values: string[] = []
  for (const subfield of field.subfields) {
    if (subfield.code === code) values.push(subfield.value)
  }
  return values
}

export const firstSubfield = (field: MarcDataField, code: string): string | null => {
  for (const subfield of field.subfields) {
    if (subfield.code === code) return subfield.value
  }
  return null
}

/** First value of the subfield over all repeats of the field. */
export const firstValue = (record: MarcRecord, tag: string, code: string): string | null => {
  for (const field of record.fields) {
    if (field.tag !== tag || !isDataField(field)) continue
    const value = firstSubfield(field, code)
    if (value !== null) return value
  }
  return null
}

export const allValues = (record: MarcRecord, tag: string, code: string): string[] =>
  dataFields(record, tag).flatMap((field) => subfieldValues(field, code))
