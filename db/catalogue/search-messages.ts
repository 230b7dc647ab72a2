/** What crosses between the engine's thread and the thread that searches. */
import type { StorageFailureCode } from '../open.ts'
import type { BrowsedTitles, FoundTitles } from './search.ts'

export interface SearchWorkerStart {
  readonly path: string
  readonly key: Uint8Array | null
}

export interface SearchAsk {
  readonly id: number
  readonly text: string
  /** Null: all that answer, to be narrowed. */
  readonly limit: number | null
  /** A newer query of the same lane supersedes this one; null is never superseded. */
  readonly lane: string | null
}

export interface SearchReply {
  readonly id: number
  /** Null where a newer query of the same lane made this one pointless. */
  readonly found: FoundTitles | BrowsedTitles | null
  /** What the disk did to the file instead; null where it was read. */
  readonly failure: StorageFailureCode | null
  readonly ms: number
}
