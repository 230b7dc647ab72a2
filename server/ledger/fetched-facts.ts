/** What a batch has read of the store, and what it has still to read. */
import { keyOf } from '../../domain/change.ts'
import type { RecordKey } from '../../domain/change.ts'
import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue, LoggedOperation } from '../../domain/gathering.ts'
import type { RecordKind } from '../../domain/records.ts'
import { inOrder } from '../storage/in-order.ts'
import { noRecord } from '../storage/ledger-storage.ts'
import type {
  AnyRow,
  FoundRecord,
  LedgerTurn,
  Search,
  StoredRecord,
} from '../storage/ledger-storage.ts'
import { idInKey, kindInKey } from '../storage/record-keys.ts'

/** Each answers undefined, and notes it down, where it was not fetched yet. */
export interface FetchedFacts {
  readonly record: (kind: RecordKind, id: string) => StoredRecord | undefined
  readonly rows: (
    finder: FinderName,
    values: readonly FinderValue[],
    limit: number,
  ) => readonly AnyRow[] | undefined
  readonly operation: (id: string) => LoggedOperation | null | undefined
  /** As far as it was fetched: notes nothing down. */
  readonly peek: (kind: RecordKind, id: string) => StoredRecord
  /** Fetches what was noted down; false where there was nothing. */
  readonly fetch: (turn: LedgerTurn) => Promise<boolean>
  /** A row of the organisation that an operation of the batch changes: it is locked like any other. */
  readonly claim: (kind: RecordKind, id: string) => void
  /** Of the records that were read, those left out that nobody locks. */
  readonly versions: () => ReadonlyMap<RecordKey, number>
  /** Searches for what may be made by somebody else meanwhile. */
  readonly absences: () => readonly Search[]
  readonly forget: () => void
}

/**
 * Rows of the organisation, read as committed: locked, every batch of the city would wait for every
 * other. The few operations that change one of them claim it.
 */
const unlocked = new Set<RecordKind>(['library', 'branch', 'calendar', 'policy', 'staff'])

/**
 * Finders of names that a record brings with it. What was found is locked; what was not, and what
 * might have a twin, is guarded.
 */
const byName: readonly FinderName[] = [
  'itemByBarcode',
  'readerByCard',
  'cardByNumber',
  'titleByControlNumber',
  'formerBarcodes',
  'bookNumbersOfTitle',
  'bookNumbersAlike',
  'redirectByControlNumber',
]
const byLikeness: readonly FinderName[] = ['readersByIdHash', 'readersByNameAndBirth']

export function openFetchedFacts(): FetchedFacts {
  const records = openRecords()
  const found = openFound()
  const operations = new Map<string, LoggedOperation | null>()
  const wanted = openWanted()

  async function fetch(turn: LedgerTurn): Promise<boolean> {
    const { keys, searches, ids } = wanted.take()
    if (keys.length + searches.length + ids.length === 0) return false
    const [got, rows, logs] = await inOrder([
      turn.records(keys),
      turn.search(searches),
      turn.operations(ids),
    ])
    for (const key of keys) records.keep(kindInKey(key), idInKey(key), got.get(key) ?? noRecord)
    for (const [index, one] of searches.entries()) {
      const { kind } = finders[one.finder]
      for (const record of rows[index] ?? []) records.keep(kind, record.row.id, record)
      found.keep(one, rows[index] ?? [])
    }
    for (const id of ids) operations.set(id, logs.get(id) ?? null)
    return true
  }

  return {
    record(kind, id) {
      const kept = records.get(kind, id)
      if (kept === undefined) wanted.records.add(keyOf(kind, id))
      return kept
    },
    rows(finder, values, limit) {
      const kept = found.get(finder, values, limit)
      if (kept === undefined) wanted.search({ finder, values, limit })
      return kept
    },
    claim: (kind, id) => records.claim(keyOf(kind, id)),
    operation(id) {
      const kept = operations.get(id)
      if (kept === undefined) wanted.operations.add(id)
      return kept
    },
    peek: (kind, id) => records.get(kind, id) ?? noRecord,
    fetch,
    versions: () => records.versions(),
    absences: () => found.absences(),
    forget() {
      records.clear()
      found.clear()
      operations.clear()
    },
  }
}

function openWanted() {
  const records = new Set<RecordKey>()
  const searches = new Map<string, Map<string, Search>>()
  const operations = new Set<string>()
  return {
    records,
    operations,
    search(one: Search): void {
      const at = placeOf(one.finder, one.limit)
      const alike = searches.get(at)
      if (alike === undefined) searches.set(at, new Map([[valuesKey(one.values), one]]))
      else alike.set(valuesKey(one.values), one)
    },
    take() {
      const taken = {
        keys: [...records],
        searches: [...searches.values()].flatMap((alike) => [...alike.values()]),
        ids: [...operations],
      }
      records.clear()
      searches.clear()
      operations.clear()
      return taken
    },
  }
}

/** By kind and id: a key would be a new text for each of the 20 look-ups of an operation. */
function openRecords() {
  const kinds = new Map<RecordKind, Map<string, StoredRecord>>()
  const mixed = new Set<RecordKey>()
  const claimed = new Set<RecordKey>()
  const isLocked = (kind: RecordKind, key: RecordKey) => !unlocked.has(kind) || claimed.has(key)
  return {
    claim: (key: RecordKey) => void claimed.add(key),
    get: (kind: RecordKind, id: string) => kinds.get(kind)?.get(id),
    keep(kind: RecordKind, id: string, record: StoredRecord): void {
      const ofKind = kinds.get(kind)
      if (ofKind === undefined) {
        kinds.set(kind, new Map([[id, record]]))
        return
      }
      const earlier = ofKind.get(id)
      if (earlier !== undefined && earlier.version !== record.version) mixed.add(keyOf(kind, id))
      ofKind.set(id, record)
    },
    versions(): Map<RecordKey, number> {
      const read = new Map<RecordKey, number>()
      for (const [kind, ofKind] of kinds) {
        if (unlocked.has(kind) && claimed.size === 0) continue
        for (const [id, { version }] of ofKind) {
          const key = keyOf(kind, id)
          if (version > 0 && isLocked(kind, key)) read.set(key, version)
        }
      }
      // Changed between two of our readings: no version is right, so that the lock finds another.
      for (const key of mixed) if (isLocked(kindInKey(key), key)) read.set(key, -1)
      return read
    },
    clear() {
      kinds.clear()
      mixed.clear()
    },
  }
}

/** Texts that no value holds: every store refuses them. */
const [NULL, BETWEEN] = ['\u0000', '\u0001']

/** Most finders have one value, or one and a null: the value itself is the key then. */
function valuesKey(values: readonly FinderValue[]): string {
  let key = String(values[0] ?? NULL)
  for (let at = 1; at < values.length; at++) {
    if (values[at] !== null) key += `${BETWEEN}${values[at]}`
  }
  return key
}

/** A limit of one's own makes it another question. */
const placeOf = (finder: FinderName, limit: number): string =>
  limit === finders[finder].limit ? finder : `${finder} ${limit}`

interface FoundRows {
  readonly search: Search
  readonly rows: readonly AnyRow[]
}

/** Answers of finders, by finder, limit and values. */
function openFound() {
  const answers = new Map<string, Map<string, FoundRows>>()
  return {
    get: (finder: FinderName, values: readonly FinderValue[], limit: number) =>
      answers.get(placeOf(finder, limit))?.get(valuesKey(values))?.rows,
    keep(search: Search, records: readonly FoundRecord[]): void {
      const at = placeOf(search.finder, search.limit)
      let known = answers.get(at)
      if (known === undefined) answers.set(at, (known = new Map()))
      known.set(valuesKey(search.values), { search, rows: records.map(({ row }) => row) })
    },
    absences: (): Search[] =>
      [...byName, ...byLikeness].flatMap((finder) =>
        [...(answers.get(finder)?.values() ?? [])].flatMap(({ search, rows }) =>
          rows.length === 0 || byLikeness.includes(finder) ? [search] : [],
        ),
      ),
    clear: () => answers.clear(),
  }
}
