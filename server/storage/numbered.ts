import type { FeedEntry } from '../../contract/sync-protocol.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { EntryWriting, NumberedEntry } from './ledger-storage.ts'

/** As it is told: what only the store needs stays there. */
export const toFeedEntry = ({ scope, number, operationId, changes }: NumberedEntry): FeedEntry => ({
  scope,
  number,
  operationId,
  changes: [...changes],
})

export interface HeadBefore {
  readonly head: number
  readonly stamp: number
}

/**
 * Numbers entries from the locked heads on: gap-free per scope, in commit order (I18). Entries of
 * one operation stand beside each other, one for each scope, and take one stamp; so do those of one
 * act of the city.
 */
export function numbered(
  heads: ReadonlyMap<Scope, HeadBefore>,
  entries: readonly EntryWriting[],
): readonly NumberedEntry[] {
  const last = new Map([...heads].map(([scope, { head }]) => [scope, head]))
  let stamp = Math.max(0, ...[...heads.values()].map((one) => one.stamp))
  let operation: string | null | undefined
  const told = new Set<Scope>()
  return entries.map((entry) => {
    const { scope, operationId } = entry
    if (operationId !== operation || told.has(scope)) {
      stamp += 1
      operation = operationId
      told.clear()
    }
    told.add(scope)
    const number = (last.get(scope) ?? 0) + 1
    last.set(scope, number)
    return { ...entry, number, stamp }
  })
}
