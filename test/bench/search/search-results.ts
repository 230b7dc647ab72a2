/** What a run of the search bench found out. */
import type { FilePart } from './file-parts.ts'
import type { SearchRow } from './search-row.ts'

export interface SizeResult {
  readonly size: number
  readonly buildMs: number
  /** Titles and all they are found by; full records left out. */
  readonly bytesPerTitle: number
  readonly parts: readonly FilePart[]
  readonly rows: readonly SearchRow[]
  readonly underFeed: readonly SearchRow[]
  readonly updatesPerSecond: number
  /** Titles a second taken change by change, batches of 100, at synchronous=FULL. */
  readonly applyPerSecond: number
}

export interface SearchBenchResult {
  readonly sizes: readonly SizeResult[]
  readonly peerTitles: number
  readonly peers: readonly PeerResult[]
}

export interface PeerResult {
  readonly name: string
  readonly note: string
  readonly buildMs: number
  readonly rows: readonly SearchRow[]
}
