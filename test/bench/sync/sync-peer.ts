/** What every contestant of `npm run bench -- sync` offers, ours included. */
import { readFileSync } from 'node:fs'
import type { BenchRow, RowOrigin } from './bench-row.ts'

/**
 * Lives in a process of its own together with the client; its authority runs in another process,
 * which it starts. The phases are called once each, in the order of `phaseNames`.
 */
export interface SyncPeer {
  readonly name: string
  readonly version: string
  /** Where the client keeps its rows: a memory store forgets them at exit. */
  readonly kind: 'file' | 'memory'
  /** Processes of the authority, its database left out. */
  readonly serverPids: readonly number[]
  /** Not timed: the authority holds `rows` rows of origin `seed` afterwards. */
  seed(rows: number): Promise<void>
  /** From an empty client until it can read all rows; `rows` as the client counts them. */
  bootstrap(rows: number): Promise<{ readonly ms: number; readonly rows: number }>
  /** ms from the commit of another writer in the authority until the client's store shows it. */
  propagation(samples: number): Promise<readonly number[]>
  /** The client cut off: one row of origin `desk` a transaction, one after the other. */
  localWrites(count: number): Promise<{ readonly ms: number }>
  /** Until the authority holds what `localWrites` made; `durable` as the authority counts it. */
  push(count: number): Promise<{ readonly ms: number; readonly durable: number }>
  close(): Promise<void>
}

export interface PeerSetting {
  /** Empty and the peer's own; removed after the run. */
  readonly folder: string
  /** An empty database; null unless the contestant asked for one. */
  readonly postgresUrl: string | null
  readonly row: (index: number, origin?: RowOrigin) => BenchRow
}

/** What a contestant's module exports. */
export interface PeerModule {
  readonly openPeer: (setting: PeerSetting) => Promise<SyncPeer>
}

export const phaseNames = ['seed', 'bootstrap', 'propagation', 'localWrites', 'push'] as const
export type PhaseName = (typeof phaseNames)[number]

export interface PeerSizes {
  readonly rows: number
  readonly writes: number
  readonly samples: number
}

/** Null where a phase was not reached. */
export interface PeerFigures {
  readonly version: string
  readonly kind: 'file' | 'memory'
  readonly bootstrap: { readonly ms: number; readonly rows: number } | null
  readonly propagation: readonly number[] | null
  readonly localWrites: { readonly ms: number; readonly count: number } | null
  readonly push: { readonly ms: number; readonly count: number; readonly durable: number } | null
  readonly clientPeakMb: number | null
  readonly serverPeakMb: number | null
}

/** From the child to the bench: what it begins, and after each phase all that it knows. */
export type PeerNews =
  | { readonly begun: PhaseName }
  | { readonly figures: PeerFigures }
  | { readonly failed: string }
  | { readonly finished: true }

/** Highest resident memory of a live process so far; null where the system does not tell. */
export function peakMb(pid: number): number | null {
  if (process.platform !== 'linux') return null
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) / 1024
  } catch {
    // It ended: its figures are gone with it.
    return null
  }
}
