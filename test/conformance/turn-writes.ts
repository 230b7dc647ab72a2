/** What tests of a store write: puts, removals and entries, as a turn of the ledger does. */
import { keyOf } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import { branchScope } from '../../domain/scopes.ts'
import type { Scope } from '../../domain/scopes.ts'
import { noRecord } from '../../server/storage/ledger-storage.ts'
import type { EntryWriting, LedgerTurn } from '../../server/storage/ledger-storage.ts'
import { BRANCH, NOW, OTHER_BRANCH } from '../builders/city.ts'

export const HERE = branchScope(BRANCH)
export const THERE = branchScope(OTHER_BRANCH)

export const entry = (
  scope: Scope,
  changes: readonly Change[],
  operationId: string | null = null,
): EntryWriting => ({ scope, operationId, changes })

/** Puts of one scope, as a turn writes them: locked, numbered, written. */
export async function writePuts(
  turn: LedgerTurn,
  changes: readonly Change[],
  scopes: readonly Scope[] = [HERE],
): Promise<void> {
  const rows = changes.flatMap((change) =>
    'put' in change ? [[keyOf(change.put, change.row.id), change.row] as const] : [],
  )
  const keys = rows.map(([key]) => key)
  const stored = await turn.records(keys)
  await turn.lock(new Map([...stored].map(([key, { version }]) => [key, version])))
  const records = rows.map(
    ([key, row]) => [key, { row, scopes, stored: stored.get(key) ?? noRecord }] as const,
  )
  await turn.writeRecords({ records: new Map(records), dirty: [], at: NOW })
  await turn.writeFeed(await turn.number(scopes.map((scope) => entry(scope, changes))), NOW)
}

export async function removeRow(turn: LedgerTurn, key: RecordKey, at = NOW): Promise<void> {
  const stored = (await turn.records([key])).get(key) ?? noRecord
  const records = new Map([[key, { row: null, scopes: [], stored }]])
  await turn.writeRecords({ records, dirty: [], at })
}
