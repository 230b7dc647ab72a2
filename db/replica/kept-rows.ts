/**
 * Rows in memory while many operations are decided again in one transaction: they meet the same few
 * rows, each of which would be read, and written, and read.
 */
import { applyChange, keyOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'

type AnyRow = RecordOf<RecordKind>

export interface KeptRows {
  /** Rows are kept within `work` and forgotten after it. */
  readonly within: <T>(work: () => T) => T
  readonly isKeeping: () => boolean
  /** Null where it is known that there is none; undefined where nothing is known. */
  readonly known: (kind: RecordKind, id: string) => AnyRow | null | undefined
  readonly note: (kind: RecordKind, id: string, row: AnyRow | null) => void
  /** The table has it already. */
  readonly wrote: (change: Change) => void
  readonly forget: () => void
}

export function keptRows(): KeptRows {
  const byKey = new Map<RecordKey, AnyRow | null>()
  let isKeeping = false
  return {
    within(work) {
      isKeeping = true
      try {
        return work()
      } finally {
        isKeeping = false
        byKey.clear()
      }
    },
    isKeeping: () => isKeeping,
    known: (kind, id) => (isKeeping ? byKey.get(keyOf(kind, id)) : undefined),
    note(kind, id, row) {
      if (isKeeping) byKey.set(keyOf(kind, id), row)
    },
    wrote(change) {
      if (!isKeeping) return
      const key = keyOfChange(change)
      const before = byKey.get(key)
      // A patch says nothing of the fields that it leaves.
      if ('patch' in change && before === undefined) return
      byKey.set(key, applyChange(before ?? null, change))
    },
    forget() {
      byKey.clear()
    },
  }
}
