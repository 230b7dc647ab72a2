/** What the operations of one batch did, gathered for writing. */
import { gatherNow } from '../../domain/gathering.ts'
import { keyOf } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Scope } from '../../domain/scopes.ts'
import type {
  BriefDirty,
  EntryWriting,
  RecordWriting,
  RecordsWriting,
} from '../storage/ledger-storage.ts'
import type { BatchFacts } from './batch-facts.ts'
import { spread } from './spread.ts'

export interface ActedBy {
  readonly id: string
  /** An entry of a desk's operation names it. */
  readonly isOfDesk: boolean
  /** The changes stand beside the operation in the ledger, as they are. */
  readonly isKept: boolean
  readonly mayRestore: boolean
}

export interface BatchEffects {
  /**
   * Applies the changes for the operations that follow, and spreads them over the scopes. Answers
   * what takes each of them back.
   */
  add(operation: ActedBy, changes: readonly Change[]): readonly Change[]
  /** A record that an operation is about: who read its loans or fees before must read them again. */
  about(key: RecordKey): void
  readonly entries: readonly EntryWriting[]
  records(at: number): RecordsWriting
}

export function openBatchEffects(facts: BatchFacts): BatchEffects {
  const scopes = new Map<RecordKey, readonly Scope[]>()
  const entries: EntryWriting[] = []
  const dirty = new Map<string, BriefDirty>()
  const abouts = new Set<RecordKey>()
  const scopesNow = (key: RecordKey) => scopes.get(key) ?? facts.stored(key).scopes

  function writingOf(key: RecordKey): RecordWriting {
    const stored = facts.stored(key)
    const row = facts.rowNow(key)
    return { row: row === undefined ? stored.row : row, scopes: scopesNow(key), stored }
  }

  return {
    add({ id, isOfDesk, isKept, mayRestore }, changes) {
      if (changes.length === 0) return []
      const { touched, inverse } = facts.apply(id, changes, mayRestore)
      const spreading = gatherNow(spread(touched, scopesNow), facts.answerAll)
      for (const { key, to } of spreading.scopes) scopes.set(key, to)
      const operationId = isOfDesk ? id : null
      for (const [scope, told] of spreading.told) {
        const isWhole =
          told.length === changes.length && told.every((one, at) => one === changes[at])
        entries.push(
          isWhole && isKept
            ? { scope, operationId, changes, isWhole }
            : { scope, operationId, changes: told },
        )
      }
      for (const one of spreading.dirty) dirty.set(`${one.kind} ${one.id} ${one.card ?? ''}`, one)
      return inverse
    },
    about: (key) => void abouts.add(key),
    entries,
    records(at) {
      const keys = new Set([...facts.changedKeys(), ...scopes.keys()])
      for (const key of abouts) if (facts.stored(key).row !== null) keys.add(key)
      return {
        records: new Map([...keys].map((key) => [key, writingOf(key)])),
        dirty: [...dirty.values()],
        at,
      }
    },
  }
}

export const aboutKeys = (about: {
  readonly itemId: string | null
  readonly readerId: string | null
}): RecordKey[] => [
  ...(about.itemId === null ? [] : [keyOf('item', about.itemId)]),
  ...(about.readerId === null ? [] : [keyOf('reader', about.readerId)]),
]
