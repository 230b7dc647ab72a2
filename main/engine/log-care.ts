/**
 * Carries the write-ahead logs of the databases into their files when nobody waits for a verdict.
 * Within the commit, where SQLite would do it, it cost one lending in forty 5 to 8 ms
 * (docs/decisions/0015-logs-carried-between-operations.md).
 */
import type { CarriesLog } from '../../db/wal-pages.ts'
import { ifRoom } from './if-room.ts'
import type { RecordStores } from './stores.ts'

/** About 40 lendings; carried in 5 ms, however long the queue of scans is. */
const PAGES_MAX = 1_000
/** Fewer are not worth two flushes. */
const PAGES_AT_REST = 100

export interface LogCare {
  /** An operation was done just now; its verdict is not answered yet. */
  readonly wasWritten: () => void
  /** To be called a few times a second: a log that did not grow since is at rest. */
  readonly tick: () => void
  readonly close: () => void
}

/** What is in a log is as safe as in its file: on a full disk it stays there. */
export function createLogCare({ outbox, replica, catalogue }: RecordStores): LogCare {
  let afterAnswer: NodeJS.Immediate | null = null
  const lastTick = new Map<CarriesLog, number>()
  const carryLong = (): void => {
    for (const store of [outbox, replica]) {
      ifRoom(() => {
        if (store.logPages() >= PAGES_MAX) store.carryLog()
      })
    }
  }
  const carryAtRest = (store: CarriesLog): void => {
    const pages = store.logPages()
    const hasRested = pages === lastTick.get(store)
    lastTick.set(store, pages)
    if (hasRested && pages >= PAGES_AT_REST) store.carryLog()
  }
  return {
    wasWritten() {
      afterAnswer ??= setImmediate(() => {
        afterAnswer = null
        carryLong()
      })
    },
    tick() {
      // Pages of the feed are written without an operation.
      carryLong()
      // An import writes the same pages of the catalogue with every batch: only at rest.
      for (const store of [outbox, replica, catalogue]) ifRoom(() => carryAtRest(store))
    },
    close() {
      if (afterAnswer !== null) clearImmediate(afterAnswer)
      afterAnswer = null
    },
  }
}
