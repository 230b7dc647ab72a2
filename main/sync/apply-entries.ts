/** What the server said, into the desk's stores: titles first, then records with their rebase. */
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import { kindOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { RecordKind } from '../../domain/records.ts'
import { followedBy } from '../../domain/scopes.ts'
import type { ScopeNumbers } from '../../domain/scopes.ts'
import type { Answered, OutcomeName } from '../../db/outbox/outbox.ts'
import { ReplicaGap } from '../../db/replica/rebase.ts'
import type { Changed } from '../../db/replica/rebase.ts'
import type { Announcer } from '../engine/announce.ts'
import { redecide } from '../engine/replay.ts'
import type { RecordStores } from '../engine/stores.ts'

/**
 * Applies a page. An own operation is settled when its outcome is known and every entry it caused
 * is in our hands; until then its own effect stays in sight (I16).
 */
export function applyEntries(
  stores: RecordStores,
  announcer: Announcer,
  entries: readonly FeedEntry[],
): void {
  const { outbox, replica, catalogue } = stores
  const records = entries.filter((entry) => entry.scope !== 'catalogue')
  const settled = settledBy(stores, records)
  if (records.length > 0 || settled.length > 0) {
    const seqs = settled.map((operation) => operation.seq)
    const titleIds = catalogue.settle(seqs)
    const moved = replica.applyPage({
      entries: records,
      settled: seqs,
      redecide: (seq) => redecideSeq(stores, seq),
    })
    outbox.settle(seqs)
    tellMoved(announcer, titleIds, moved, settled.length > 0)
  }
}

/** Indexing a title takes about half a millisecond: a slice delays a loan at the desk by less than a blink. */
const SLICE_CHANGES_MAX = 50

/**
 * Applies the titles of a page, to be called before applyEntries. `pause` lets the desk work in
 * between two slices; a page that is broken off goes on at the first entry that was not complete.
 */
export async function applyTitles(
  { catalogue }: RecordStores,
  announcer: Announcer,
  entries: readonly FeedEntry[],
  pause: () => Promise<void>,
): Promise<void> {
  const titles = titlesBeyond(catalogue.cursor(), entries)
  for (const { changes, cursor } of slicesOf(titles)) {
    catalogue.apply(changes, { cursor, localSeq: null })
    await pause()
  }
  const kinds = titles.flatMap((entry) => entry.changes.map(kindOfChange))
  tell(announcer, [...new Set(kinds)], [], false)
}

/** `cursor` is the last entry that is complete with this slice; null where none is. */
function* slicesOf(
  entries: readonly FeedEntry[],
): Generator<{ readonly changes: readonly Change[]; readonly cursor: number | null }> {
  let changes: Change[] = []
  let cursor: number | null = null
  for (const entry of entries) {
    for (const change of entry.changes) {
      if (changes.length === SLICE_CHANGES_MAX) {
        yield { changes, cursor }
        changes = []
        cursor = null
      }
      changes.push(change)
    }
    cursor = entry.number
  }
  if (cursor !== null) yield { changes, cursor }
}

/** Catalogue entries beyond the cursor; known ones are passed over. Throws ReplicaGap. */
function titlesBeyond(cursor: number, entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const fresh = entries.filter(({ scope, number }) => scope === 'catalogue' && number > cursor)
  for (const [index, { number }] of fresh.entries()) {
    const wanted = cursor + 1 + index
    if (number !== wanted) throw new ReplicaGap('catalogue', wanted, number)
  }
  return fresh
}

const hasNoEffect = (outcome: OutcomeName): boolean =>
  outcome === 'refused' || outcome === 'quarantined'

/** A refused operation has nothing to wait for: its effect is taken back at once. */
export function settleRefused(stores: RecordStores, announcer: Announcer): void {
  const refused = stores.outbox.answered().filter(({ outcome }) => hasNoEffect(outcome))
  if (refused.length === 0) return
  const seqs = refused.map((operation) => operation.seq)
  const titleIds = stores.catalogue.settle(seqs)
  const moved = stores.replica.applyPage({
    entries: [],
    settled: seqs,
    redecide: (seq) => redecideSeq(stores, seq),
  })
  stores.outbox.settle(seqs)
  tellMoved(announcer, titleIds, moved, true)
}

function settledBy(stores: RecordStores, entries: readonly FeedEntry[]): readonly Answered[] {
  const identity = stores.outbox.identity()
  const cursors: ScopeNumbers = {
    ...stores.replica.cursors(),
    catalogue: stores.catalogue.cursor(),
  }
  for (const { scope, number } of entries) cursors[scope] = Math.max(cursors[scope] ?? 0, number)
  // What it changed for others is no news to wait for.
  const followed = identity === null ? [] : followedBy(identity)
  return stores.outbox
    .answered()
    .filter(({ positions }) =>
      followed.every((scope) => (positions[scope] ?? 0) <= (cursors[scope] ?? 0)),
    )
}

/** Decides an own operation again on the rows as they are now. */
export function redecideSeq(stores: RecordStores, seq: number): readonly Change[] {
  const stored = stores.outbox.bodyOf(seq)
  if (stored === null) throw new Error(`operation ${seq} is pending but not in the outbox`)
  return redecide(stores, stored)
}

function tellMoved(
  announcer: Announcer,
  titleIds: readonly string[],
  { kinds, ids }: Changed,
  operations: boolean,
): void {
  const moved: readonly RecordKind[] = titleIds.length === 0 ? kinds : ['title', 'bib', ...kinds]
  tell(announcer, moved, [...titleIds, ...ids], operations)
}

function tell(
  announcer: Announcer,
  kinds: readonly RecordKind[],
  ids: readonly string[],
  operations: boolean,
): void {
  if (kinds.length === 0 && !operations) return
  announcer.announce('changed', { kinds: [...kinds], ids: ids.slice(0, 200), operations })
}
