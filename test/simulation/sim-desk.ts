/** A desk of the simulation: the real engine's stores and rules, a clock that is told the time. */
import type { Outcome, PushedOperation } from '../../contract/sync-protocol.ts'
import { PULL_ENTRIES_MAX, PUSH_BATCH_MAX } from '../../contract/sync-protocol.ts'
import type { Receipt } from '../../contract/desk-api.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { openReplica } from '../../db/replica/replica.ts'
import type { Override } from '../../domain/operation.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { loggedOperation } from '../../main/engine/logged-operation.ts'
import { perform } from '../../main/engine/perform.ts'
import type { RecordStores } from '../../main/engine/stores.ts'
import { applyEntries, applyTitles, settleRefused } from '../../main/sync/apply-entries.ts'
import type { SimServer } from './sim-server.ts'

export interface SimDesk {
  readonly id: string
  readonly stores: RecordStores
  readonly act: (kind: string, payload: unknown, overrides?: readonly Override[]) => Receipt
  /** `isReplyLost`: the server takes the batch and the desk never hears of it. */
  readonly push: (isReplyLost: boolean) => Promise<void>
  /** `limit` entries a page; `pages` at most, so that a run can be cut in the middle. */
  readonly pull: (limit: number, pages: number) => Promise<void>
  readonly close: () => void
}

export interface SimDeskOptions {
  readonly id: string
  readonly branchId: string
  readonly server: SimServer
  readonly now: () => number
  readonly nextRequestId: () => string
  /** How far its clock runs ahead. */
  readonly skewMs: number
}

export function openSimDesk({
  id,
  branchId,
  server,
  now,
  nextRequestId,
  skewMs,
}: SimDeskOptions): SimDesk {
  const stores = memoryStores()
  const { outbox } = stores
  outbox.saveIdentity({
    deviceId: id,
    epoch: 1,
    branchId,
    libraryId: '044005',
    deskName: id,
    isSampleCity: false,
    serverUrl: 'http://127.0.0.1',
    serverEpoch: null,
  })
  const announcer = createAnnouncer()
  const deps = {
    stores,
    // The desk's own clock is wrong, and it has measured by how much.
    clock: { now: () => now() + skewMs, monotonic: now },
    announcer,
    bootId: id,
    clockOffsetMs: () => -skewMs,
    factsAgeMs: () => 0,
    onAppended: () => undefined,
  }
  return {
    id,
    stores,
    act: (kind, payload, overrides = []) =>
      perform(
        deps,
        { staffId: 'staff-lin', role: 'branch-head', branchId },
        { requestId: nextRequestId(), kind, payload, overrides: [], isDryRun: false },
        overrides,
      ),
    async push(isReplyLost) {
      const unsent = outbox.unsent(PUSH_BATCH_MAX)
      if (unsent.length === 0) return
      const operations = unsent.map(({ body, hash }) => ({ body, hash }) as PushedOperation)
      const outcomes: readonly Outcome[] = await server.push(id, operations)
      if (isReplyLost) return
      outbox.saveOutcomes(outcomes)
      settleRefused(stores, announcer)
    },
    async pull(limit, pages) {
      for (let page = 0; page < pages; page += 1) {
        const cursors = { ...stores.replica.cursors(), catalogue: stores.catalogue.cursor() }
        const answer = await server.pull(id, cursors, Math.min(limit, PULL_ENTRIES_MAX))
        await applyTitles(stores, announcer, answer.entries, () => Promise.resolve())
        applyEntries(stores, announcer, answer.entries)
        if (answer.isComplete) return
      }
    },
    close() {
      stores.catalogue.close()
      stores.replica.close()
      outbox.close()
    },
  }
}

function memoryStores(): RecordStores {
  const outbox = openOutbox(':memory:', null)
  const catalogue = openCatalogue(':memory:', null)
  const replica: RecordStores['replica'] = openReplica(':memory:', null, {
    catalogue,
    logged: (id) => loggedOperation(outbox, (seq) => replica.pendingChanges(seq), id),
  })
  return { outbox, replica, catalogue }
}
