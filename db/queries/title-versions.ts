/** How a title's record came to be what it is: the drafts that became it, the newest first. */
import type { BibContent, Draft } from '../../domain/cataloguing-records.ts'
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

const VERSIONS_MAX = 50

export function titleVersions(
  { replica: { rows } }: Stores,
  { titleId }: { readonly titleId: string },
  _asked: AskedAt,
): { readonly versions: readonly TitleVersion[] } {
  const drafts = rows.select(
    'draft',
    `WHERE titleId = ? AND state = 'published' ORDER BY reviewedAt DESC, id DESC LIMIT ?`,
    titleId,
    VERSIONS_MAX,
  )
  return {
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
