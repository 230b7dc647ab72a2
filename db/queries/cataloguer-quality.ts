/** Who submitted how many drafts, how many of them came back, and what reviewers asked for. */
import { staffName } from './exceptions.ts'
import type { AskedAt, Stores } from './stores.ts'

const DAY_MS = 86_400_000
const NAMED_MAX = 5

interface CataloguerQuality {
  readonly staffId: string
  readonly staffName: string | null
  readonly submittedCount: number
  readonly returnedCount: number
  readonly remarksCount: number
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
  readonly warnings: readonly { readonly rule: string; readonly count: number }[]
}

const COUNTED = `SELECT staffId, count(*) AS submitted,
    sum(json_array_length(remarks) > 0) AS returned,
    sum(json_array_length(remarks)) AS remarks
  FROM draft WHERE submittedAt >= ? GROUP BY staffId ORDER BY submitted DESC, staffId`
const TAGS = `SELECT remark.value ->> 'tag' AS name, count(*) AS count
  FROM draft, json_each(draft.remarks) AS remark
  WHERE draft.staffId = ? AND draft.submittedAt >= ?
  GROUP BY name ORDER BY count DESC, name LIMIT ?`
const WARNINGS = `SELECT warning.value AS name, count(*) AS count
  FROM draft, json_each(draft.warnings) AS warning
  WHERE draft.staffId = ? AND draft.submittedAt >= ?
  GROUP BY name ORDER BY count DESC, name LIMIT ?`

export function cataloguerQuality(
  { replica: { rows } }: Pick<Stores, 'replica'>,
  { days }: { readonly days: number },
  { at }: AskedAt,
): CataloguerQuality[] {
  const since = at - days * DAY_MS
  const named = (sql: string, staffId: string) =>
    rows.raw(sql, staffId, since, NAMED_MAX).map((row) => ({
      name: String(row['name']),
      count: Number(row['count']),
    }))
  return rows.raw(COUNTED, since).map((row) => {
    const staffId = String(row['staffId'])
    return {
      staffId,
      staffName: staffName(rows, staffId),
      submittedCount: Number(row['submitted']),
      returnedCount: Number(row['returned']),
      remarksCount: Number(row['remarks']),
      tags: named(TAGS, staffId).map(({ name, count }) => ({ tag: name, count })),
      warnings: named(WARNINGS, staffId).map(({ name, count }) => ({ rule: name, count })),
    }
  })
}
