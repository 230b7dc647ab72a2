/** Full records by the time at which this desk took their last change. */
import type { Statement } from '../open.ts'

type Sql = (text: string) => Statement

/** Epoch ms from which on every change is known; 0 where all are. */
export const changesKnownSince = (sql: Sql): number =>
  (sql("SELECT value FROM progress WHERE name = 'changesSince'").pluck().get() as
    | number
    | undefined) ?? 0

const SLICE = 500

/**
 * Ids by slices, the longest unchanged first. A record that changes meanwhile comes again, later.
 * `since`: epoch ms, not before `changesKnownSince`.
 */
export function* changedSince(sql: Sql, since: number): Generator<readonly string[]> {
  // Numbers begin at 1.
  let [changedAt, number] = [since, 0]
  for (;;) {
    const rows = sql(`SELECT id, changedAt, number FROM bib
      WHERE changedAt > 0 AND (changedAt, number) > (?, ?) ORDER BY changedAt, number LIMIT ?`).all(
      changedAt,
      number,
      SLICE,
    ) as { id: string; changedAt: number; number: number }[]
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ id }) => id)
    changedAt = last.changedAt
    number = last.number
  }
}
