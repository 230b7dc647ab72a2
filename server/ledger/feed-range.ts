import type { FeedEntry, Outcome } from '../../contract/sync-protocol.ts'
import { kindOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { scopeOf, scopes } from '../../domain/records.ts'
import type { Heads } from '../storage/ledger-storage.ts'

export interface FeedRange {
  /** One entry per scope that the changes touch; answers where they stand. */
  append(operationId: string | null, changes: readonly Change[]): Outcome['positions']
  readonly entries: readonly FeedEntry[]
}

/** Numbers entries from the locked heads on: gap-free per scope, in commit order (I18). */
export function openFeedRange(heads: Heads): FeedRange {
  const next = { ...heads }
  const entries: FeedEntry[] = []
  return {
    append(operationId, changes) {
      const positions: Outcome['positions'] = {}
      for (const scope of scopes) {
        const ofScope = changes.filter((change) => scopeOf(kindOfChange(change)) === scope)
        if (ofScope.length === 0) continue
        next[scope] += 1
        positions[scope] = next[scope]
        entries.push({ scope, number: next[scope], operationId, changes: ofScope })
      }
      return positions
    },
    entries,
  }
}
