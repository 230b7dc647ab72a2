/** Drafts that are not done with, and one of them beside what the catalogue has. */
import type { BibContent, Draft } from '../../domain/cataloguing-records.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { firstValue } from '../../domain/marc/marc-record.ts'
import { staffName } from './exceptions.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface DraftRow extends Pick<Draft, 'id' | 'state' | 'savedAt'> {
  readonly title: string | null
  readonly staffName: string | null
  readonly remarksCount: number
}

export interface Drafts {
  readonly drafts: readonly DraftRow[]
  readonly total: number
}

const ROWS_MAX = 200
/** Of a desk that is of no branch yet, whatever there is. */
const OPEN = `WHERE (state = 'submitted'
  OR (state IN ('returned', 'drafted') AND branchId = COALESCE(?, branchId)))`
const ORDER = `ORDER BY CASE state WHEN 'returned' THEN 0 WHEN 'drafted' THEN 1 ELSE 2 END,
  COALESCE(submittedAt, savedAt), id LIMIT ?`

export function drafts(
  { outbox, replica: { rows } }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): Drafts {
  const branchId = outbox.identity()?.branchId ?? null
  return {
    drafts: rows.select('draft', `${OPEN} ${ORDER}`, branchId, ROWS_MAX).map((draft) => ({
      id: draft.id,
      state: draft.state,
      title: titleIn(draft),
      staffName: staffName(rows, draft.staffId),
      savedAt: draft.savedAt,
      remarksCount: draft.remarks.length,
    })),
    total: Number(rows.raw(`SELECT count(*) AS count FROM draft ${OPEN}`, branchId)[0]?.['count']),
  }
}

function titleIn(draft: Draft): string | null {
  return firstValue(bibToMarcRecord(draft), draft.profile === 'marc21' ? '245' : '200', 'a')
}

export interface OpenDraft {
  readonly draft: Draft
  readonly staffName: string | null
  readonly city: BibContent | null
}

export function draft(
  { replica: { rows } }: Stores,
  { draftId }: { readonly draftId: string },
  _asked: AskedAt,
): OpenDraft | null {
  const found = rows.row('draft', draftId)
  if (found === null) return null
  const bib = found.titleId === null ? null : rows.row('bib', found.titleId)
  return {
    draft: found,
    staffName: staffName(rows, found.staffId),
    city: bib && { leader: bib.leader, fields: bib.fields },
  }
}
