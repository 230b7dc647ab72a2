/** A snapshot's brief facts into the replica, slice by slice. */
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { failing, inTransaction } from '../open.ts'
import type { Database } from '../open.ts'
import { briefKinds } from '../snapshot/brief-file.ts'
import { upsertSql } from './apply-changes.ts'
import { rowToRecord } from './rows.ts'
import type { SqlValue } from './rows.ts'
import { columnsOf, quoted, quotedList, tableColumnsOf } from './tables.ts'

/**
 * A scan at the desk waits for one slice. Where labels and titles are met in no order, a slice of
 * 8 times the rows takes a third of the time for each: while nobody works, slices may be long.
 */
const SLICE_MS = { whileWorking: 25, whileIdle: 150 } as const
const SLICE_ROWS = { least: 4_000, most: 32_000 } as const
/** Somebody who did nothing for as long is not about to scan the next book of a pile. */
const IDLE_AFTER_MS = 15_000

/** Labels and titles are met in no order: their indexes are written page by page, each page often. */
const WHILE_COPYING = ['cache_size = -65536', 'wal_autocheckpoint = 4096']

/**
 * Copies what is neither of the desk's own branch nor under an own operation that waits; answers
 * puts of the latter, for the rebase.
 */
export async function copyBrief(
  db: Database,
  path: string,
  branchId: string | null,
  pause: () => Promise<void>,
): Promise<Change[]> {
  // The attached file is plain: without its own empty key it would be opened with this one's.
  failing(path, () => db.prepare(`ATTACH DATABASE ? AS snapshot KEY ''`).run(path))
  const usual = ['cache_size', 'wal_autocheckpoint'].map(
    (name) => `${name} = ${String(db.pragma(name, { simple: true }))}`,
  )
  try {
    for (const pragma of WHILE_COPYING) db.pragma(pragma)
    for (const kind of briefKinds) await copyKind(db, kind, branchId ?? '', pause)
    return failing(path, () => putsUnderPending(db))
  } finally {
    for (const pragma of usual) db.pragma(pragma)
    db.exec('DETACH DATABASE snapshot')
  }
}

type BriefKind = (typeof briefKinds)[number]

async function copyKind(
  db: Database,
  kind: BriefKind,
  branchId: string,
  pause: () => Promise<void>,
): Promise<void> {
  const copy = db.prepare(copySql(kind))
  const last = Number(
    db
      .prepare(`SELECT max(rowid) FROM snapshot.${quoted(kind)}`)
      .pluck()
      .get() ?? 0,
  )
  let rows: number = SLICE_ROWS.least
  const isIdle = idleness(db)
  for (let from = 0; from < last;) {
    const beganAt = performance.now()
    // What a power cut takes of it is copied again: only the whole must last.
    db.pragma('synchronous = NORMAL')
    inTransaction(db, () => copy.run({ from, to: from + rows, branchId }))
    from += rows
    const ms = performance.now() - beganAt
    const limit = isIdle() ? SLICE_MS.whileIdle : SLICE_MS.whileWorking
    if (ms < limit / 2) rows = Math.min(rows * 2, SLICE_ROWS.most)
    else if (ms > limit) rows = Math.max(rows >> 1, SLICE_ROWS.least)
    await pause()
  }
}

/** Judged by the operations of this desk. */
function idleness(db: Database): () => boolean {
  const newest = db.prepare('SELECT localSeq FROM main.progress').pluck()
  let known = newest.get()
  let workedAt = Number.NEGATIVE_INFINITY
  return () => {
    const seq = newest.get()
    if (seq !== known) workedAt = performance.now()
    known = seq
    return performance.now() - workedAt > IDLE_AFTER_MS
  }
}

/** The rows of the own branch are the better ones; asked only where a row is there already. */
const isElsewhere = `:branchId NOT IN (item.homeBranchId, item.atBranchId,
  coalesce(item.transitToBranchId, item.homeBranchId))`

function copySql(kind: BriefKind): string {
  const names = tableColumnsOf(kind).map((name) => `brief.${quoted(name)}`)
  const source = `SELECT ${names.join(', ')} FROM snapshot.${quoted(kind)} AS brief
    WHERE brief.rowid > :from AND brief.rowid <= :to AND brief.id NOT IN (${idsUnderPending(kind)})`
  return `${upsertSql(kind, source)} WHERE ${kind === 'item' ? isElsewhere : ':branchId IS NOT NULL'}`
}

const idsUnderPending = (kind: BriefKind): string =>
  `SELECT substr(key, ${kind.length + 2}) FROM main.base_row WHERE key LIKE '${kind}:%'`

function putsUnderPending(db: Database): Change[] {
  return briefKinds.flatMap((kind) => {
    const names = quotedList(columnsOf(kind).map(({ name }) => name))
    const rows = db
      .prepare(
        `SELECT ${names} FROM snapshot.${quoted(kind)}
         WHERE id IN (${idsUnderPending(kind)})`,
      )
      .all() as Record<string, SqlValue>[]
    return rows.map((row) => put(kind, rowToRecord(kind, row) as never))
  })
}
