/** Counts of the surveys of this desk, a day each: figures, and nobody's names. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { QualityCounts } from '../../contract/quality-shapes.ts'
import type { QualityScope } from '../../contract/quality-shapes.ts'

/** Two years and a little: a trend over the same season. */
const DAYS_KEPT_MAX = 800

export interface KeptCounts {
  /** Of a scope, the oldest first. */
  readonly of: (scope: QualityScope) => readonly QualityCounts[]
  /** In place of an earlier one of the same day. */
  readonly keep: (counts: QualityCounts) => void
}

export function openKeptCounts(path: string): KeptCounts {
  let all = read(path)
  return {
    of: (scope) => all.filter((one) => one.scope === scope),
    keep(counts) {
      const others = all.filter((one) => one.scope !== counts.scope || one.on !== counts.on)
      all = [...others, counts]
        .toSorted((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)))
        .slice(-2 * DAYS_KEPT_MAX)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(`${path}.new`, JSON.stringify(all), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}

/** A file that says nothing of the kind is begun anew: the counts are taken again with a survey. */
function read(path: string): QualityCounts[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  try {
    const parsed = z.array(QualityCounts).safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : []
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return []
  }
}
