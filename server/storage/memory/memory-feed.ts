/** Feeds in memory: one list of entries for each scope. */
import type { FeedEntry } from '../../../contract/sync-protocol.ts'
import type { Scope, ScopeNumbers } from '../../../domain/scopes.ts'
import type { EntryWriting, FeedPage, NumberedEntry, ScopeState } from '../ledger-storage.ts'
import { numbered, toFeedEntry } from '../numbered.ts'
import { pageGroups, restartOf } from '../page-groups.ts'

interface Kept extends NumberedEntry {
  readonly at: number
}

interface Line {
  head: number
  stamp: number
  deleted: number
  base: number
  baseRows: number
  baseAt: number | null
  /** After `deleted`, without a gap. */
  entries: Kept[]
}

export interface MemoryFeed {
  heads(scopes: readonly Scope[] | null): ScopeNumbers
  number(entries: readonly EntryWriting[]): readonly NumberedEntry[]
  write(entries: readonly NumberedEntry[], at: number): void
  page(cursors: ScopeNumbers, limit: number, bytesMax: number): FeedPage
  states(): ScopeState[]
  after(scope: Scope, number: number): FeedEntry[]
  setBase(scope: Scope, base: number, rows: number, at: number): void
  delete(scope: Scope, number: number): void
  lastBefore(scope: Scope, at: number): number
}

const empty: Line = {
  head: 0,
  stamp: 0,
  deleted: 0,
  base: 0,
  baseRows: 0,
  baseAt: null,
  entries: [],
}

export function openMemoryFeed(): MemoryFeed {
  const lines = new Map<Scope, Line>()
  const line = (scope: Scope): Line => {
    const known = lines.get(scope) ?? { ...empty, entries: [] }
    lines.set(scope, known)
    return known
  }
  const from = (scope: Scope, number: number): Kept[] => {
    const { entries, deleted } = lines.get(scope) ?? empty
    return entries.slice(Math.max(0, number - deleted))
  }

  return {
    heads: (scopes) =>
      Object.fromEntries(
        [...lines].flatMap(([scope, { head }]) =>
          head > 0 && (scopes === null || scopes.includes(scope)) ? [[scope, head]] : [],
        ),
      ),
    number: (entries) =>
      numbered(new Map(entries.map(({ scope }) => [scope, line(scope)])), entries),
    write(entries, at) {
      for (const entry of entries) {
        const of = line(entry.scope)
        of.entries.push({ ...entry, at })
        of.head = entry.number
        of.stamp = entry.stamp
      }
    },
    page: (cursors, limit, bytesMax) => pageOf(lines, from, cursors, limit, bytesMax),
    states: () =>
      [...lines]
        .map(([scope, { head, deleted, base, baseRows, baseAt }]) => {
          return { scope, head, deleted, base, baseRows, baseAt }
        })
        .toSorted((one, other) => (one.scope < other.scope ? -1 : 1)),
    after: (scope, number) => from(scope, number).map(toFeedEntry),
    setBase: (scope, base, baseRows, baseAt) =>
      void Object.assign(line(scope), { base, baseRows, baseAt }),
    delete(scope, number) {
      const of = line(scope)
      of.entries = from(scope, number)
      of.deleted = Math.max(of.deleted, number)
    },
    lastBefore: (scope, at) => line(scope).entries.findLast((entry) => entry.at < at)?.number ?? 0,
  }
}

function pageOf(
  lines: ReadonlyMap<Scope, Line>,
  from: (scope: Scope, number: number) => Kept[],
  cursors: ScopeNumbers,
  limit: number,
  bytesMax: number,
): FeedPage {
  const scopes = Object.keys(cursors) as Scope[]
  const after = { ...cursors }
  const heads: ScopeNumbers = {}
  const restarts: ScopeNumbers = {}
  for (const scope of scopes) {
    const { head, deleted, base } = lines.get(scope) ?? empty
    heads[scope] = head
    const start = restartOf(cursors[scope] ?? 0, deleted, base)
    if (start !== null) after[scope] = restarts[scope] = start
  }
  const hasMore = (scope: Scope) => (after[scope] ?? 0) < (heads[scope] ?? 0)
  const entries: FeedEntry[] = []
  let bytes = 0
  for (const group of pageGroups(scopes, hasMore)) {
    const merged = group
      .flatMap((scope) => from(scope, after[scope] ?? 0))
      .toSorted((one, other) => one.stamp - other.stamp)
    for (const [, together] of Map.groupBy(merged, ({ stamp }) => stamp)) {
      bytes += together.reduce((sum, { changes }) => sum + JSON.stringify(changes).length, 0)
      if (entries.length >= limit || (entries.length > 0 && bytes > bytesMax)) break
      entries.push(...together.map(toFeedEntry))
      for (const { scope, number } of together) after[scope] = number
    }
    if (group.some(hasMore)) break
  }
  return { entries, heads, restarts, isComplete: !scopes.some(hasMore) }
}
