/** A reader and every record that became part of theirs, however often they were merged (D13). */
import type { Rows } from '../replica/rows.ts'

export function recordsOfPerson(rows: Rows, readerId: string): readonly string[] {
  const ids = new Set([readerId])
  // A set gives what is added to it while it is gone through: chains of merges, each record once.
  for (const id of ids) {
    for (const merged of rows.find('readersMergedInto', [id])) ids.add(merged.id)
  }
  return [...ids]
}
