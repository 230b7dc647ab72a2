/** Tells the whole city in brief what changed: where items are, and which cards may not borrow. */
import { keyOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Card } from '../../domain/reader-records.ts'
import type { Item, Policy, Reader } from '../../domain/records.ts'
import { noRecord } from '../storage/ledger-storage.ts'
import type {
  BriefDirty,
  LedgerStorage,
  LedgerTurn,
  RecordWriting,
  StoredRecord,
} from '../storage/ledger-storage.ts'
import { blockOf, blockOfCard, blockedCard, toldOfItem } from './brief-facts.ts'

/** Facts taken at once: what moved twice among them is told once. */
const DIRTY_MAX = 1_500
/** An entry of items in brief stays below 64 KB, so that it may go with the news of it. */
const CHANGES_PER_ENTRY = 150

/**
 * One step: how many facts were taken, 0 where the city knows all of them. Null where another node
 * is at it.
 */
export const digest = (storage: LedgerStorage, at: number): Promise<number | null> =>
  storage.withTurn(async (turn) => {
    const dirty = await turn.takeDirty(DIRTY_MAX)
    if (dirty === null || dirty.length === 0) return dirty === null ? null : 0
    const items = await itemChanges(turn, dirty)
    const cards = await cardChanges(turn, dirty)
    await turn.writeRecords({ records: cards.records, dirty: [], at })
    const changes = [...items, ...cards.changes]
    const entries = Array.from(
      { length: Math.ceil(changes.length / CHANGES_PER_ENTRY) },
      (_, n) => ({
        scope: 'brief' as const,
        operationId: null,
        changes: changes.slice(n * CHANGES_PER_ENTRY, (n + 1) * CHANGES_PER_ENTRY),
      }),
    )
    await turn.writeFeed(await turn.number(entries), at)
    return dirty.length
  })

/** Until nothing is left, or another node is at it. */
export async function digestAll(storage: LedgerStorage, now: () => number): Promise<void> {
  for (;;) {
    const taken = await digest(storage, now())
    if (taken === null || taken < DIRTY_MAX) return
  }
}

async function itemChanges(turn: LedgerTurn, dirty: readonly BriefDirty[]): Promise<Change[]> {
  const ids = [...new Set(dirty.flatMap(({ kind, id }) => (kind === 'item' ? [id] : [])))]
  const stored = await turn.records(ids.map((id) => keyOf('item', id)))
  return ids.map((id) =>
    toldOfItem(id, (stored.get(keyOf('item', id))?.row ?? null) as Item | null),
  )
}

interface CardChanges {
  readonly changes: readonly Change[]
  readonly records: ReadonlyMap<RecordKey, RecordWriting>
}

async function cardChanges(turn: LedgerTurn, dirty: readonly BriefDirty[]): Promise<CardChanges> {
  const told = dirty.filter(({ kind }) => kind !== 'item')
  if (told.length === 0) return { changes: [], records: new Map() }
  const readerIds = told.flatMap(({ kind, id }) => (kind === 'reader' ? [id] : []))
  const known = await turn.records([...readerIds.map((id) => keyOf('reader', id)), 'policy:city'])
  const policy = known.get('policy:city')?.row as Policy | undefined
  if (policy === undefined) throw new Error('the city has no policy')
  const numbers = new Set(told.flatMap(({ card }) => card ?? []))
  for (const id of readerIds) {
    const reader = known.get(keyOf('reader', id))?.row as Reader | null | undefined
    if (reader) numbers.add(reader.cardNumber)
  }
  // Who is blocked is blocked by each of their cards.
  const cardsOf = await turn.search(
    readerIds.map((id) => ({ finder: 'cardsOfReader', values: [id], limit: CARDS_MAX })),
  )
  for (const { row } of cardsOf.flat()) numbers.add((row as Card).number)
  const changes = await blockedCards(turn, policy.cardHashKey, [...numbers])
  return unlessKnown(changes, await turn.records(changes.map(keyOfChange)))
}

const CARDS_MAX = 50

async function blockedCards(
  turn: LedgerTurn,
  key: string,
  numbers: readonly string[],
): Promise<Change[]> {
  const byMain = await turn.search(
    numbers.map((number) => ({ finder: 'readerByCard', values: [number], limit: 10 })),
  )
  const byOther = await turn.search(
    numbers.map((number) => ({ finder: 'cardByNumber', values: [number], limit: 10 })),
  )
  const cards = byOther.map((found) => found.map(({ row }) => row as Card))
  const holders = await turn.records(cards.flat().map(({ readerId }) => keyOf('reader', readerId)))
  const holderOf = ({ readerId }: Card): Reader | null =>
    (holders.get(keyOf('reader', readerId))?.row ?? null) as Reader | null
  return numbers.map((number, index) =>
    blockedCard(key, number, [
      ...(byMain[index] ?? []).map(({ row }) => blockOf(row as Reader)),
      ...(cards[index] ?? []).map((card) => blockOfCard(card, holderOf(card))),
    ]),
  )
}

/** Leaves out what the city was told already. */
function unlessKnown(
  told: readonly Change[],
  stored: ReadonlyMap<RecordKey, StoredRecord>,
): CardChanges {
  const changes: Change[] = []
  const records = new Map<RecordKey, RecordWriting>()
  for (const change of told) {
    const key = keyOfChange(change)
    const before = stored.get(key) ?? noRecord
    const row = 'put' in change ? change.row : null
    if (JSON.stringify(row) === JSON.stringify(before.row)) continue
    changes.push(change)
    records.set(key, { row, scopes: row === null ? [] : ['brief'], stored: before })
  }
  return { changes, records }
}
