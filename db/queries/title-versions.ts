/** How a title's record came to be what it is: the drafts that became it, and what was merged into it. */
import type { BibContent, Draft } from '../../domain/cataloguing-records.ts'
import type { TitleRedirect } from '../../domain/title-records.ts'
import { staffName } from './exceptions.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface TitleVersion {
  readonly draftId: Draft['id']
  readonly publishedAt: number
  readonly staffName: string | null
  readonly reviewerName: string | null
  /** Null of the first. */
  readonly before: BibContent | null
  readonly after: BibContent
}

export interface MergedIn {
  readonly mergedId: TitleRedirect['id']
  /** As it was called. */
  readonly title: string
  readonly mergedAt: number
  readonly staffName: string | null
}

export interface TitleHistory {
  /** The newest first. */
  readonly versions: readonly TitleVersion[]
  /** The newest first. */
  readonly merges: readonly MergedIn[]
}

const VERSIONS_MAX = 50

export function titleVersions(
  { replica: { rows } }: Stores,
  { titleId }: { readonly titleId: string },
  _asked: AskedAt,
): TitleHistory {
  const drafts = rows.select(
    'draft',
    `WHERE titleId = ? AND state = 'published' ORDER BY reviewedAt DESC, id DESC LIMIT ?`,
    titleId,
    VERSIONS_MAX,
  )
  const merged = rows.select(
    'title-redirect',
    'WHERE intoId = ? ORDER BY mergedAt DESC, id LIMIT ?',
    titleId,
    VERSIONS_MAX,
  )
  return {
    merges: merged.map(({ id, title, mergedAt, staffId }) => ({
      mergedId: id,
      title,
      mergedAt,
      staffName: staffName(rows, staffId),
    })),
    versions: drafts.map(({ id, leader, fields, base, ...draft }) => ({
      draftId: id,
      publishedAt: draft.reviewedAt ?? draft.savedAt,
      staffName: staffName(rows, draft.staffId),
      reviewerName: draft.reviewerId === null ? null : staffName(rows, draft.reviewerId),
      before: base,
      after: { leader, fields },
    })),
  }
}
