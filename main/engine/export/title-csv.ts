/** Titles as lines of a spreadsheet: RFC 4180, CRLF. */
import type { Title } from '../../../domain/records.ts'

const COLUMNS = [
  'controlNumber',
  'isbns',
  'issn',
  'title',
  'otherTitle',
  'author',
  'publisher',
  'year',
  'clc',
  'language',
  'series',
  'subjects',
  'kind',
] as const satisfies readonly (keyof Title)[]

/** A spreadsheet takes what begins so for a formula; its own mark for text stands before it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

const cell = (value: string): string => {
  const defused = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused
}

const line = (values: readonly string[]): string => `${values.map(cell).join(',')}\r\n`

export const CSV_HEADER = line(COLUMNS)

/** Several numbers or subjects share their cell, `; ` between them. */
export const titleToCsv = (title: Title): string =>
  line(
    COLUMNS.map((column) => {
      const value = title[column]
      return typeof value === 'object' ? (value?.join('; ') ?? '') : value
    }),
  )
