/** What readers are told of a record, in the order in which they read it. */
import type { MarcDataField } from './marc-record.ts'

export const READER_LABELS = [
  'parallel',
  'variant',
  'contributor',
  'edition',
  'numbering',
  'publication',
  'extent',
  'series',
  'set',
  'part',
  'original',
  'earlier',
  'later',
  'otherEdition',
  'summary',
  'contents',
  'note',
  'audience',
  'isbn',
  'issn',
  'bookNumber',
  'subject',
  'classNumber',
  'online',
] as const
export type ReaderLabel = (typeof READER_LABELS)[number]

/** What a field says to readers under a label; `text` null or empty: nothing. */
export interface LineRule {
  readonly label: ReaderLabel
  readonly tags: readonly string[]
  readonly text: (field: MarcDataField) => string | null
}
