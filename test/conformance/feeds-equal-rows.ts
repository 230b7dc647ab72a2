/** What the feeds say is what the store holds (I17, I18), whoever wrote it. */
import { expect } from 'vitest'
import { keyOf } from '../../domain/change.ts'
import type { RecordKey } from '../../domain/change.ts'
import { gatherLater } from '../../domain/gathering.ts'
import type { Item, RecordKind } from '../../domain/records.ts'
import { recordKinds } from '../../domain/records.ts'
import { briefItem, scopesOf } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { fold } from '../../server/ledger/compact-feed.ts'
import type { AnyRow, LedgerStorage } from '../../server/storage/ledger-storage.ts'

/** Throws where a scope's feed, read from zero, is not the rows of that scope. */
export async function expectFeedsEqualRows(storage: LedgerStorage): Promise<void> {
  const rows = new Map<Scope, Map<RecordKey, AnyRow>>()
  for (const kind of recordKinds) {
    for (const { row, scopes } of await storage.listRecords(kind, '', 1e6)) {
      expect(scopes, `${kind} ${row.id}`).toEqual(await scopesNow(storage, kind, row))
      for (const scope of scopes) place(rows, scope, kind, row)
      if (kind === 'item') place(rows, 'brief', kind, briefItem(row as Item))
    }
  }
  for (const { scope } of await storage.scopeStates()) {
    const told = await foldedFeed(storage, scope)
    expect(sorted(told), scope).toEqual(sorted(rows.get(scope) ?? new Map()))
    rows.delete(scope)
  }
  expect([...rows.keys()]).toEqual([])
}

/** What a desk would hold that read the feed of the scope from zero, numbers checked. */
export async function foldedFeed(
  storage: LedgerStorage,
  scope: Scope,
): Promise<Map<RecordKey, AnyRow>> {
  const told = new Map<RecordKey, AnyRow>()
  let cursor = 0
  for (let isComplete = false; !isComplete;) {
    const page = await storage.readFeed({ [scope]: cursor }, 100, 1e6)
    cursor = page.restarts[scope] ?? cursor
    for (const { number, changes } of page.entries) {
      expect(number).toBe(cursor + 1)
      cursor = number
      for (const change of changes) fold(told, scope, change)
    }
    ;({ isComplete } = page)
  }
  return told
}

function place(
  rows: Map<Scope, Map<RecordKey, AnyRow>>,
  scope: Scope,
  kind: RecordKind,
  row: AnyRow,
): void {
  const ofScope = rows.get(scope) ?? new Map<RecordKey, AnyRow>()
  rows.set(scope, ofScope.set(keyOf(kind, row.id), row))
}

const sorted = (rows: ReadonlyMap<RecordKey, AnyRow>) =>
  [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1))

const scopesNow = (storage: LedgerStorage, kind: RecordKind, row: AnyRow) =>
  gatherLater(scopesOf(kind, row), async (lookup) => {
    if (lookup.lookup !== 'get') throw new Error('scopes follow rows only')
    const found = await storage.get(lookup.kind, lookup.id)
    return found === null ? [] : [found]
  })
