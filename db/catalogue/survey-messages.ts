/** What crosses between the engine's thread and the thread that looks over the whole catalogue. */
import type { BibContent } from '../../domain/cataloguing-records.ts'
import type { BatchFix } from '../../domain/marc/batch-fix.ts'
import type { LintSeverity } from '../../domain/marc/lint-finding.ts'
import type { MarcProfileName } from '../../domain/marc/marc-record.ts'
import type { Title } from '../../domain/records.ts'
import type { StorageFailureCode } from '../open.ts'
import type { ScanAnswer, ScanPlace } from './duplicate-scan.ts'
import type { NearTitle } from './near-titles.ts'

/** A fault that a rule found, once for a record however often. */
export interface FaultOfRecord {
  readonly rule: string
  readonly severity: LintSeverity
}

export interface LintedPiece {
  readonly readCount: number
  /** Those alone that some rule objects to. */
  readonly faulty: readonly { readonly id: string; readonly faults: readonly FaultOfRecord[] }[]
  /** The number to go on after; null at the end. */
  readonly next: number | null
}

/** A record that the fix would change. */
export interface FixedRecord {
  readonly id: string
  readonly profile: MarcProfileName
  readonly before: BibContent
  readonly after: BibContent
}

/** Each kind of survey: what is asked, and what it comes to. One piece takes about 0.1 s. */
export interface Surveys {
  readonly duplicates: {
    readonly ask: { readonly after: ScanPlace | null; readonly limit: number }
    readonly answer: ScanAnswer
  }
  readonly near: {
    /** `id`: of the title itself, which is none of those near it; empty where it has none. */
    readonly ask: { readonly title: Title }
    readonly answer: readonly NearTitle[]
  }
  readonly lint: {
    /** `ids`: these alone; else all records after a number. `year`: the current one, for M04. */
    readonly ask: {
      readonly ids: readonly string[] | null
      readonly after: number
      readonly year: number
    }
    readonly answer: LintedPiece
  }
  readonly match: {
    /** What a search shows, to its end; at most `limit` ids. */
    readonly ask: { readonly text: string; readonly limit: number }
    readonly answer: readonly string[]
  }
  readonly fix: {
    readonly ask: { readonly ids: readonly string[]; readonly fix: BatchFix; readonly year: number }
    readonly answer: readonly FixedRecord[]
  }
}
export type SurveyName = keyof Surveys

export interface SurveyAsk {
  readonly number: number
  readonly name: SurveyName
  readonly ask: Surveys[SurveyName]['ask']
}

export interface SurveyReply {
  readonly number: number
  readonly answer: Surveys[SurveyName]['answer'] | null
  /** What the disk did to the file instead. */
  readonly failure: StorageFailureCode | null
}
