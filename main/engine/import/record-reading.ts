/** What a file of records yields, whatever its format. */
import type { MarcEncoding } from '../../../domain/marc/marc-encodings.ts'
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'
import type { MarcProfileName, MarcRecord } from '../../../domain/marc/marc-record.ts'

export interface ReadingChoices {
  readonly format: 'auto' | 'iso2709' | 'marcxml'
  readonly profile: 'auto' | MarcProfileName
  readonly encoding: 'auto' | MarcEncoding
}

/** Something a person should know of a record that was taken all the same. */
export interface Remark {
  /** 1 is the first record of the file; null where the whole file is meant. */
  readonly record: number | null
  /** Bytes from the start of the file. */
  readonly offset: number | null
  /** A state, e.g. `characters-unreadable`. */
  readonly code: string
  /** The field, or the text it is about. */
  readonly about: string | null
}

export interface RecordRead {
  readonly number: number
  readonly offset: number
  readonly record: MarcRecord
  readonly profile: MarcProfileName
  /** Of MARC_ENCODINGS; of an XML file any that it named. */
  readonly encoding: string
  /** Lengths lied and the record was read by its separators. */
  readonly isRecovered: boolean
  readonly remarks: readonly Remark[]
}

export interface RecordRefused {
  readonly record: number
  readonly offset: number
  readonly reason: ReadingFault
}

export type Reading = RecordRead | { readonly refused: RecordRefused }

/** Records as far as a piece of the file reaches. */
export interface Portion {
  readonly readBytes: number
  readonly readings: readonly Reading[]
}

export type Chunks = AsyncIterable<Uint8Array>
