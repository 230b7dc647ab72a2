/**
 * A new desk works for its service point while the city arrives behind it: the scopes that a
 * snapshot is on its way for are left out of the pulls until it is there.
 */
import type { Snapshot } from '../../contract/sync-protocol.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { Stores } from '../engine/stores.ts'
import { takeSnapshot, wantedSnapshots } from './snapshots.ts'
import type { SnapshotPlace } from './snapshots.ts'
import { TransportFailure } from './transport.ts'
import type { Transport, TransportReason } from './transport.ts'

/** After these the same file is fetched further; after others, the records come page by page. */
const passing = new Set<TransportReason>(['unreachable', 'timed-out', 'busy', 'disk-full'])

export interface Filling {
  /** Left out of the pulls. */
  readonly awaited: () => readonly Scope[]
  /** What the city offers, at each hello. */
  readonly offer: (snapshots: readonly Snapshot[], serverKey: string) => void
  /** Goes on where it was; nothing where nothing is awaited or it runs already. */
  readonly goOn: (transport: Transport) => void
  /** Resolves when nothing runs. */
  readonly settled: () => Promise<void>
}

interface FillingOptions {
  readonly stores: Stores
  readonly place: Pick<
    SnapshotPlace,
    'folder' | 'key' | 'mayGoOn' | 'pause' | 'lineIsFree' | 'clock'
  >
  /** Something was taken in, or given up: pull. */
  readonly onMoved: () => void
  /** What cannot be waited out. */
  readonly onDefect: (error: unknown) => void
}

export function openFilling({ stores, place, onMoved, onDefect }: FillingOptions): Filling {
  let wanted: readonly Snapshot[] = []
  let serverKey = ''
  let running: Promise<void> | null = null

  async function fill(transport: Transport): Promise<void> {
    // The brief facts first: every item of the city can be returned then.
    for (const snapshot of wanted) {
      if (!place.mayGoOn()) return
      try {
        await takeSnapshot(stores, transport, snapshot, { ...place, serverKey })
        if (!place.mayGoOn()) return
      } catch (error) {
        if (!(error instanceof TransportFailure)) throw error
        if (passing.has(error.reason)) return
      }
      wanted = wanted.filter((one) => one !== snapshot)
      onMoved()
    }
  }

  return {
    awaited: () => wanted.map(({ scope }) => scope),
    offer(snapshots, key) {
      if (running !== null) return
      serverKey = stores.outbox.setting('server-key') ?? key
      if (stores.outbox.setting('server-key') === null) {
        stores.outbox.saveSetting('server-key', key)
      }
      wanted = wantedSnapshots(stores, snapshots, serverKey)
    },
    goOn(transport) {
      if (running !== null || wanted.length === 0) return
      running = fill(transport)
        .catch(onDefect)
        .then(() => {
          running = null
        })
    },
    settled: async () => {
      await running
    },
  }
}
