/** A first city, cut into parts that a transaction writes one after the other. */
import { keyOf, kindOfChange, put } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { gatherNow } from '../../domain/gathering.ts'
import type { Lookup } from '../../domain/gathering.ts'
import { tieIn } from '../../domain/policy/rule-lines.ts'
import type { Policy, Reader, RecordKind } from '../../domain/records.ts'
import { briefItem, scopesOf } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { blockOf, blockOfCard, blockedCard } from '../ledger/brief-facts.ts'
import type { AnyRow, EntryWriting, StoredRecord } from './ledger-storage.ts'

/** Changes of one feed entry: a page of 500 entries stays a few megabytes of brief records. */
const CHANGES_PER_ENTRY = 200
/** Records of one part: what is looked up together. */
const RECORDS_PER_PART = 2_000

export interface SeedRecord {
  readonly row: AnyRow
  readonly scopes: readonly Scope[]
}

export interface SeedPart {
  readonly records: ReadonlyMap<RecordKey, SeedRecord>
  readonly entries: readonly EntryWriting[]
}

type Stored = (keys: readonly RecordKey[]) => Promise<ReadonlyMap<RecordKey, StoredRecord>>
type Put = Extract<Change, { put: RecordKind }>

/**
 * Puts in the order given; a record follows those it belongs to (a loan its item and its reader).
 * Throws on any other change, and on a record that comes before what it belongs to.
 */
export async function* seedParts(
  changes: Iterable<Change> | AsyncIterable<Change>,
  stored: Stored,
): AsyncGenerator<SeedPart> {
  const waiting = openWaiting()
  const told = openBriefTelling()
  let puts: Put[] = []
  for await (const change of changes) {
    if (!('put' in change))
      throw new Error(`a seed holds puts only, not of ${kindOfChange(change)}`)
    if (change.put === 'policy') refuseTies(change.row)
    puts.push(change, ...told(change))
    if (puts.length < RECORDS_PER_PART) continue
    const records = await placed(puts, stored, (scope, one) => waiting.tell(scope, one))
    yield { records, entries: waiting.full() }
    puts = []
  }
  const records = await placed(puts, stored, (scope, one) => waiting.tell(scope, one))
  yield { records, entries: [...waiting.full(), ...waiting.rest()] }
}

/** P7: which of the two counts nobody could say. */
function refuseTies({ loanRules }: Policy): void {
  const tie = tieIn(loanRules)
  if (tie === null) return
  const [one, other] = tie
  throw new Error(`lines "${one.id}" and "${other.id}" of the policy are about the same case`)
}

/** Changes of each scope until there are enough for an entry. */
function openWaiting() {
  const left = new Map<Scope, Change[]>()
  let entries: EntryWriting[] = []
  return {
    tell(scope: Scope, change: Change) {
      const changes = left.get(scope) ?? []
      left.set(scope, changes)
      changes.push(change)
      if (changes.length < CHANGES_PER_ENTRY) return
      entries.push({ scope, operationId: null, changes })
      left.delete(scope)
    },
    full() {
      const full = entries
      entries = []
      return full
    },
    rest: () =>
      [...left].map(([scope, changes]): EntryWriting => ({ scope, operationId: null, changes })),
  }
}

/** Blocked cards, told of by the readers that carry them; the policy has the key. */
function openBriefTelling() {
  let key: string | null = null
  const blockedReaders = new Map<string, Reader>()
  return (change: Put): Put[] => {
    if (change.put === 'policy') key = change.row.cardHashKey
    if (change.put !== 'reader' && change.put !== 'card') return []
    const { row } = change
    const block =
      change.put === 'reader'
        ? blockOf(change.row)
        : blockOfCard(change.row, blockedReaders.get(change.row.readerId) ?? null)
    if (block === null) return []
    if (key === null) throw new Error('a seed tells the policy before its readers')
    if (change.put === 'reader') blockedReaders.set(row.id, change.row)
    const number = change.put === 'reader' ? change.row.cardNumber : change.row.number
    return [blockedCard(key, number, [block]) as Put]
  }
}

async function placed(
  puts: readonly Put[],
  stored: Stored,
  tell: (scope: Scope, change: Change) => void,
): Promise<Map<RecordKey, SeedRecord>> {
  const here = new Map<RecordKey, AnyRow>(puts.map((one) => [keyOf(one.put, one.row.id), one.row]))
  const known = await stored(puts.flatMap(belongsTo).filter((key) => !here.has(key)))
  const rowAt = (key: RecordKey) => here.get(key) ?? known.get(key)?.row ?? null
  const records = new Map<RecordKey, SeedRecord>()
  for (const one of puts) {
    const missing = belongsTo(one).find((key) => rowAt(key) === null)
    if (missing !== undefined) throw new Error(`a seed tells ${missing} before its ${one.put}`)
    const scopes = gatherNow(scopesOf(one.put, one.row), (lookup) => rowsFor(lookup, rowAt))
    records.set(keyOf(one.put, one.row.id), { row: one.row, scopes })
    for (const scope of scopes) tell(scope, one)
    if (one.put === 'item') tell('brief', put('item', briefItem(one.row)))
  }
  return records
}

/** What the scopes of a record follow. */
function belongsTo(one: Put): RecordKey[] {
  switch (one.put) {
    case 'loan':
      return one.row.returnedBranchId === null
        ? [keyOf('item', one.row.itemId), keyOf('reader', one.row.readerId)]
        : []
    case 'fee':
    case 'ledger-entry':
    case 'card':
    case 'reader-message':
      return [keyOf('reader', one.row.readerId)]
    default:
      return []
  }
}

function rowsFor(lookup: Lookup, rowAt: (key: RecordKey) => AnyRow | null): AnyRow[] {
  if (lookup.lookup !== 'get') throw new Error('scopes follow rows only')
  const row = rowAt(keyOf(lookup.kind, lookup.id))
  return row === null ? [] : [row]
}
