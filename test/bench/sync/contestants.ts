/** Who takes part in `npm run bench -- sync`, and who does not and why. */
import { join } from 'node:path'

export interface Contestant {
  readonly name: string
  readonly module: string
  /** What the authority needs; `logical`: with wal_level=logical. */
  readonly postgres: 'none' | 'plain' | 'logical'
  /** Fewer where the whole count would take longer than the phase may. */
  readonly writesMax: number | null
  /** What its rows of the table must be read with. */
  readonly note: string
}

export const peersFolder = join(import.meta.dirname, '..', 'peers')
const peer = (file: string): string => join(peersFolder, file)
const ours = (file: string): string => join(import.meta.dirname, file)

export const contestants: readonly Contestant[] = [
  {
    name: 'CityDesk',
    module: ours('ours.ts'),
    postgres: 'plain',
    writesMax: null,
    note: 'by a snapshot; rows are items in brief (504 bytes of JSON, 141 of values); the real engine and server, signed requests, encrypted files, every operation decided by the rules on the desk and again by the server; propagation is from "done" at another desk until ours shows it',
  },
  {
    name: 'CityDesk by pages',
    module: ours('ours-by-pages.ts'),
    postgres: 'plain',
    writesMax: null,
    note: 'the same where the city has no snapshot yet: every record by a page of the feed',
  },
  {
    name: 'Turso Sync',
    module: peer('turso.mjs'),
    postgres: 'none',
    writesMax: null,
    note: 'database pages down, statements up, the last push wins; propagation is the other desk’s push and our pull together',
  },
  {
    name: 'RxDB',
    module: peer('rxdb.mjs'),
    postgres: 'plain',
    writesMax: null,
    note: 'memory storage (the open file storages are trials); its own replication protocol on our small node:http and PostgreSQL backend',
  },
  {
    name: 'PouchDB',
    module: peer('pouchdb.mjs'),
    postgres: 'none',
    writesMax: null,
    note: 'LevelDB on both sides, express-pouchdb as the server',
  },
  {
    name: 'TinyBase',
    module: peer('tinybase.mjs'),
    postgres: 'none',
    writesMax: null,
    note: 'MergeableStore, the WebSocket synchronizer and its server, all in memory on both sides',
  },
  {
    name: 'Zero',
    module: peer('zero.mjs'),
    postgres: 'logical',
    writesMax: 2_000,
    note: 'memory store; it refuses writes while disconnected, so its writes are made connected and the push runs while they are made; a sample of them',
  },
]

/** Looked at and left out. */
export const leftOut: readonly { readonly name: string; readonly reason: string }[] = [
  {
    name: 'PowerSync',
    reason: 'the service is not on npm (a Docker image; FSL), only its client is',
  },
  { name: 'ElectricSQL', reason: 'the server is written in Elixir; on npm there is only a client' },
  {
    name: 'LiveStore',
    reason: 'no sync server to run on Node: its providers are Cloudflare, S2 and ElectricSQL',
  },
]
