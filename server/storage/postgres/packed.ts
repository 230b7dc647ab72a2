/**
 * Columns of many rows as one text parameter each. An array literal would quote every quotation
 * mark of the JSON in it, here and once more in the database; control characters are in no JSON.
 */
import { LedgerStorageFailure } from '../ledger-storage.ts'

const SEPARATOR = '\u001e'
const NULL = '\u001d'
/** Between the entries of a list within a field. */
export const LIST_SEPARATOR = '\u001f'

/** JSON of our own writing: no field holds a control character. */
export const packedJson = (fields: readonly (string | null)[]): string =>
  fields.map((field) => field ?? NULL).join(SEPARATOR)

const reserved = /[\u0000\u001d\u001e]/

/** Throws LedgerStorageFailure `rejected` where a field holds one of the separators. */
export function packed(fields: readonly (string | number | boolean | null)[]): string {
  for (const field of fields) {
    if (typeof field === 'string' && reserved.test(field)) {
      throw new LedgerStorageFailure('rejected', null)
    }
  }
  return fields.map((field) => field ?? NULL).join(SEPARATOR)
}

/** SQL that unpacks parameter `$n`; cast it where it is no text. */
export const unpacked = (parameter: number, type = ''): string => {
  const list = `string_to_array($${parameter}, E'\\x1e', E'\\x1d')`
  return type === '' ? list : `${list}::${type}[]`
}
