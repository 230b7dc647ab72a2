import type { Scope } from '../../domain/scopes.ts'
import type { NumberedEntry } from '../storage/ledger-storage.ts'
import { toFeedEntry } from '../storage/numbered.ts'
import type { ScopeRing } from './scope-ring.ts'

/**
 * Adds entries that were committed here to the rings of their scopes, without a question to the
 * store; answers those scopes. Null where an entry between is missing, of another node or of a
 * commit that is heard of later: then nothing is added and all have to be read, for part of an
 * operation would be shown as half of it (I15).
 */
export function addCommitted(
  rings: ReadonlyMap<Scope, ScopeRing>,
  entries: readonly NumberedEntry[],
): Scope[] | null {
  const additions: (() => void)[] = []
  const moved: Scope[] = []
  for (const [scope, all] of Map.groupBy(entries, (entry) => entry.scope)) {
    const ring = rings.get(scope)
    if (ring === undefined) continue
    const { head } = ring
    // Two commits of one moment may be heard of in the other order.
    const fresh = all.filter(({ number }) => number > head).toSorted((a, b) => a.number - b.number)
    if (fresh.length === 0) continue
    if (fresh.some(({ number }, index) => number !== head + index + 1)) return null
    moved.push(scope)
    additions.push(() => ring.add(fresh.map(toFeedEntry), head + fresh.length))
  }
  for (const add of additions) add()
  return moved
}
