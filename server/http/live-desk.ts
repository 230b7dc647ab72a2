/** One desk on the live channel: what it was told, and what it is to be told. */
import { LIVE_ENTRIES_MAX } from '../../contract/sync-protocol.ts'
import { isReplicaScope } from '../../domain/scopes.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import { LIVE_CHARACTERS_MAX } from './scope-ring.ts'
import type { ScopeRing } from './scope-ring.ts'

export interface LiveDesk {
  readonly deviceId: string
  readonly scopes: readonly Scope[]
  /** Heads as they were last told on this channel. */
  told: ScopeNumbers
  isAlive: boolean
}

/** Which city speaks, and when. */
export interface Stamp {
  readonly serverEpoch: string
  readonly now: () => number
}

/**
 * The news for a desk as JSON, or null where nothing moved; the desk counts as told. Entries go
 * along where all that moved for it is at hand and small: part of an operation would be shown as
 * half of it (I15).
 */
export function newsFor(
  desk: LiveDesk,
  rings: ReadonlyMap<Scope, ScopeRing>,
  stamp: Stamp,
): string | null {
  const heads: ScopeNumbers = {}
  const moved: { readonly ring: ScopeRing; readonly from: number; readonly scope: Scope }[] = []
  for (const scope of desk.scopes) {
    const ring = rings.get(scope)
    if (ring === undefined) continue
    const from = desk.told[scope] ?? 0
    if (ring.head <= from) continue
    heads[scope] = ring.head
    moved.push({ ring, from, scope })
  }
  if (moved.length === 0) return null
  const texts = entriesOf(moved.filter(({ scope }) => isReplicaScope(scope)))
  desk.told = { ...desk.told, ...heads }
  return message(heads, stamp, texts)
}

export const message = (
  heads: ScopeNumbers,
  { serverEpoch, now }: Stamp,
  texts: readonly string[],
): string =>
  `{"heads":${JSON.stringify(heads)},"serverEpoch":${JSON.stringify(serverEpoch)},` +
  `"serverMs":${now()},` +
  `"entries":[${texts.join(',')}]}`

function entriesOf(
  moved: readonly { readonly ring: ScopeRing; readonly from: number }[],
): readonly string[] {
  const texts: string[] = []
  let characters = 0
  for (const { ring, from } of moved) {
    const after = ring.after(from)
    if (after === null) return []
    for (const text of after) characters += text.length
    texts.push(...after)
    if (texts.length > LIVE_ENTRIES_MAX || characters > LIVE_CHARACTERS_MAX) return []
  }
  return texts
}
