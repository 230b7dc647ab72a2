/**
 * What the operations of one batch see: the store as committed, and over it what the operations
 * before them in the batch changed. Deciding is synchronous: what was not read yet is noted down,
 * fetched for the whole batch at once, and the batch decided again from its start.
 */
import { applyChange, inverseOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/gathering.ts'
import type {
  FinderName,
  FinderValue,
  LoggedOperation,
  Lookup,
  LookupAnswer,
} from '../../domain/gathering.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import type { AnyRow, StoredRecord } from '../storage/ledger-storage.ts'
import { idInKey, kindInKey } from '../storage/record-keys.ts'
import { isNamedAfter, openChangedRows } from './changed-rows.ts'
import { openFetchedFacts } from './fetched-facts.ts'
import type { FetchedFacts } from './fetched-facts.ts'

/** Thrown where a look-up meets what was not fetched yet. */
export class NotFetched extends Error {}

/** A record that one operation touched: as it was before that operation, and after. */
export interface Touched {
  readonly key: RecordKey
  readonly before: AnyRow | null
  readonly after: AnyRow | null
  readonly changes: readonly Change[]
}

export interface Applied {
  readonly touched: readonly Touched[]
  /** What takes each change back, in the order of the changes. */
  readonly inverse: readonly Change[]
}

/** Of this batch: as it was decided, before anybody undid it. */
type NewlyLogged = Omit<LoggedOperation, 'isClockSuspect' | 'undoneBy'>

export interface BatchFacts extends Pick<FetchedFacts, 'fetch' | 'versions' | 'absences'> {
  /** By the store alone. Undefined, and noted down, where it was not fetched yet. */
  readonly known: (lookup: Lookup) => LookupAnswer | undefined
  /** True where the operations so far changed nothing of what the store answers these with. */
  readonly areUntouched: (lookups: readonly Lookup[]) => boolean
  /** Throws NotFetched. */
  readonly answer: (lookup: Lookup) => LookupAnswer
  /** Like `answer`, with as many rows as a record can have dependents. */
  readonly answerAll: (lookup: Lookup) => LookupAnswer
  /**
   * None where it was not fetched yet: the batch is decided on, so that all of it notes down what
   * it lacks, and `requireAll` throws at its end.
   */
  readonly answerOrNone: (lookup: Lookup) => LookupAnswer
  /** Throws NotFetched where `answerOrNone` went without since the last restart. */
  readonly requireAll: () => void
  readonly row: <K extends RecordKind>(kind: K, id: string) => RecordOf<K> | null
  /** As in the store, before this batch. */
  readonly stored: (key: RecordKey) => StoredRecord
  /**
   * Applies the changes of an operation for those that follow. What was removed is not put again
   * (I19) but where `mayRestore`.
   */
  readonly apply: (operationId: string, changes: readonly Change[], mayRestore: boolean) => Applied
  readonly log: (operation: NewlyLogged, isClockSuspect: boolean) => void
  readonly markUndone: (id: string, by: string) => void
  readonly undone: () => readonly { readonly id: string; readonly by: string }[]
  readonly changedKeys: () => readonly RecordKey[]
  /** As this batch left it; undefined where it did not change it. */
  readonly rowNow: (key: RecordKey) => AnyRow | null | undefined
  /** Drops what was applied. */
  readonly restart: () => void
  /** Drops what was read as well. */
  readonly forget: () => void
}

/** All open loans or fees of one reader; the city's limits are far below. */
const DEPENDENTS_MAX = 5_000

export function openBatchFacts(): BatchFacts {
  const read = openFetchedFacts()
  const store = { row: storedRow(read), found: read.rows, operation: read.operation }
  let over = openOverlay(read)
  let hasGoneWithout = false

  function known(
    from: Pick<ReturnType<typeof openOverlay>, 'operation' | 'found' | 'row'>,
    lookup: Lookup,
    limit?: number,
  ): LookupAnswer | undefined {
    switch (lookup.lookup) {
      case 'operation':
        return from.operation(lookup.id)
      case 'find':
        return from.found(lookup.finder, lookup.values, limit ?? finders[lookup.finder].limit)
      case 'blocked-card':
        // The city knows its readers: a card of none is not blocked, it does not exist.
        return []
      case 'get': {
        if (lookup.isToChange === true) read.claim(lookup.kind, lookup.id)
        const row = from.row(lookup.kind, lookup.id)
        return row === undefined ? undefined : row === null ? [] : [row]
      }
    }
  }

  const restart = () => {
    hasGoneWithout = false
    over = openOverlay(read)
  }
  return {
    known: (lookup) => known(store, lookup),
    areUntouched: (lookups) => !lookups.some(over.hasTouched),
    answer: (lookup) => fetched(known(over, lookup)),
    answerAll: (lookup) => fetched(known(over, lookup, DEPENDENTS_MAX)),
    answerOrNone(lookup) {
      const answer = known(over, lookup)
      hasGoneWithout ||= answer === undefined
      return answer ?? []
    },
    requireAll() {
      if (hasGoneWithout) throw new NotFetched()
    },
    row: <K extends RecordKind>(kind: K, id: string) =>
      fetched(over.row(kind, id)) as RecordOf<K> | null,
    stored: (key) => read.peek(kindInKey(key), idInKey(key)),
    apply: (operationId, changes, mayRestore) => over.apply(operationId, changes, mayRestore),
    log: (entry, isClockSuspect) => over.log(entry, isClockSuspect),
    markUndone: (id, by) => over.markUndone(id, by),
    undone: () => over.undone(),
    changedKeys: () => over.changed.keys(),
    rowNow: (key) => over.changed.at(kindInKey(key), idInKey(key)),
    fetch: (turn) => read.fetch(turn),
    versions: () => read.versions(),
    absences: () => read.absences(),
    restart,
    forget() {
      read.forget()
      restart()
    },
  }
}

function fetched<T>(answer: T | undefined): T {
  if (answer === undefined) throw new NotFetched()
  return answer
}

const storedRow =
  ({ record }: FetchedFacts) =>
  (kind: RecordKind, id: string): AnyRow | null | undefined =>
    record(kind, id)?.row

/** What the operations of the batch did so far, over what was read. */
function openOverlay(read: FetchedFacts) {
  const changed = openChangedRows()
  const logged = new Map<string, { operation: NewlyLogged; isClockSuspect: boolean }>()
  const undone = new Map<string, string>()

  function row(kind: RecordKind, id: string): AnyRow | null | undefined {
    const now = changed.at(kind, id)
    return now === undefined ? read.record(kind, id)?.row : now
  }

  function hasTouched(lookup: Lookup): boolean {
    if (lookup.lookup === 'operation') return logged.has(lookup.id) || undone.has(lookup.id)
    return lookup.lookup !== 'blocked-card' && changed.hasTouched(lookup)
  }

  function found(finder: FinderName, values: readonly FinderValue[], limit: number) {
    let isWhole = true
    const rows = changed.found(finder, values, limit, (wanted) => {
      const kept = read.rows(finder, values, wanted)
      isWhole &&= kept !== undefined
      return kept ?? []
    })
    return isWhole ? rows : undefined
  }

  function before(operationId: string, key: RecordKey): AnyRow | null {
    const [kind, id] = [kindInKey(key), idInKey(key)]
    return isNamedAfter(key, operationId) ? (changed.at(kind, id) ?? null) : fetched(row(kind, id))
  }

  function apply(operationId: string, changes: readonly Change[], mayRestore: boolean): Applied {
    const touched = new Map<RecordKey, Touched & { after: AnyRow | null; changes: Change[] }>()
    const inverse: Change[] = []
    for (const change of changes) {
      const key = keyOfChange(change)
      const [kind, id] = [kindInKey(key), idInKey(key)]
      const was = before(operationId, key)
      const isGone = was === null && !mayRestore && read.peek(kind, id).version > 0
      if (isGone || (was === null && !('put' in change))) continue
      inverse.push(inverseOf(change, was))
      const after = applyChange(was, change)
      const one = touched.get(key)
      if (one === undefined) touched.set(key, { key, before: was, after, changes: [change] })
      else {
        one.after = after
        one.changes.push(change)
      }
      changed.set(kind, id, was, after)
    }
    return { inverse, touched: [...touched.values()] }
  }

  return {
    changed,
    row,
    hasTouched,
    found,
    apply,
    operation(id: string): LoggedOperation | null | undefined {
      const ours = logged.get(id)
      const here =
        ours === undefined
          ? read.operation(id)
          : { ...ours.operation, isClockSuspect: ours.isClockSuspect, undoneBy: null }
      const by = undone.get(id)
      return !here || by === undefined ? here : { ...here, undoneBy: by }
    },
    log: (operation: NewlyLogged, isClockSuspect: boolean) =>
      void logged.set(operation.id, { operation, isClockSuspect }),
    markUndone: (id: string, by: string) => void undone.set(id, by),
    undone: () => [...undone].map(([id, by]) => ({ id, by })),
  }
}
