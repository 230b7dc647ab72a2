/** Where a title went that became part of another (title-redirect), which may have gone on since. */
import type { Rows } from '../../../db/replica/rows.ts'

/** A ring of redirects is no place. */
const STEPS_MAX = 20

/** Null where it became part of none. */
export function mergedIntoOf(row: Rows['row']): (titleId: string) => string | null {
  return (titleId) => {
    let into: string | null = null
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const next: string | undefined = row('title-redirect', into ?? titleId)?.intoId
      if (next === undefined) return into
      into = next
    }
    return null
  }
}
