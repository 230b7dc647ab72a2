/** Tells the whole city in brief what changed: where items are, and which cards may not borrow. */
import { keyOf, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Item, Policy, Reader } from '../../domain/records.ts'
import { noRecord } from '../storage/ledger-storage.ts'
import type {
  BriefDirty,
  LedgerStorage,
  LedgerTurn,
  RecordWriting,
  StoredRecord,
} from '../storage/ledger-storage.ts'
import { blockedCard, toldOfItem } from './brief-facts.ts'

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
  const ofReaders = dirty.filter(({ kind }) => kind === 'reader')
  if (ofReaders.length === 0) return { changes: [], records: new Map() }
  const readerKeys = ofReaders.map(({ id }) => keyOf('reader', id))
  const known = await turn.records([...readerKeys, 'policy:city'])
  const policy = known.get('policy:city')?.row as Policy | undefined
  if (policy === undefined) throw new Error('the city has no policy')
  const cards = new Set(ofReaders.flatMap(({ card }) => card ?? []))
  for (const key of readerKeys) {
    const reader = known.get(key)?.row as Reader | null | undefined
    if (reader) cards.add(reader.cardNumber)
  }
  const found = await turn.search(
    [...cards].map((card) => ({ finder: 'readerByCard', values: [card], limit: 10 })),
  )
  const told = [...cards].map((card, index) => {
    const readers = (found[index] ?? []).map(({ row }) => row as Reader)
    return blockedCard(policy.cardHashKey, card, readers)
  })
  return unlessKnown(told, await turn.records(told.map(keyOfChange)))
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
