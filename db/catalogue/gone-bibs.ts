/** Full records that left, by the time at which this desk heard of it. */
import type { Bib } from '../../domain/records.ts'
import type { Statement } from '../open.ts'
import { unpackBib } from './bib-rows.ts'

type Sql = (text: string) => Statement

/** Epoch ms from which on every leaving is known; 0 where all are. */
export const leavingsKnownSince = (sql: Sql): number =>
  sql("SELECT coalesce(max(value), 0) FROM progress WHERE name IN ('goneSince', 'changesSince')")
    .pluck()
    .get() as number

const SLICE = 500

/** As they were when they left, by slices, the longest gone first. `since`: epoch ms. */
export function* goneSince(sql: Sql, since: number): Generator<readonly Bib[]> {
  let [goneAt, id] = [since, '']
  for (;;) {
    const rows = sql(`SELECT id, body, goneAt FROM goneBib
      WHERE (goneAt, id) > (?, ?) ORDER BY goneAt, id LIMIT ?`).all(goneAt, id, SLICE) as {
      id: string
      body: string
      goneAt: number
    }[]
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => unpackBib(row.id, row.body))
    goneAt = last.goneAt
    id = last.id
  }
}
