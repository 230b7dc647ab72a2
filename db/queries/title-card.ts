/** A title with its full record and the city's items of it. */
import type { Bib, Branch, Item, Title } from '../../domain/records.ts'
import { standingTitle } from '../../domain/title-facts.ts'
import type { EffectiveDue } from '../../domain/policy/effective-due.ts'
import { gatherFrom } from '../replica/load-facts.ts'
import type { Rows } from '../replica/rows.ts'
import { staffName } from './exceptions.ts'
import { dueNow } from './overdue.ts'
import type { AskedAt, Stores } from './stores.ts'

/** Why readers do not see it, and who said so. */
export interface Suppression {
  readonly reason: string
  readonly at: number
  readonly staffName: string | null
}

export interface TitleCard {
  readonly title: Title
  readonly bib: Bib | null
  readonly suppression: Suppression | null
  readonly items: readonly {
    readonly item: Item
    readonly homeBranch: Branch | null
    /** Of the open loan. */
    readonly due: EffectiveDue | null
  }[]
}

const ITEMS_MAX = 500

export function titleCard(
  { replica: { rows }, catalogue }: Stores,
  { titleId }: { readonly titleId: string },
  _asked: AskedAt,
): TitleCard | null {
  // Named by a link from before it became part of another (Q7).
  const title = gatherFrom(rows, standingTitle(titleId))
  if (title === null) return null
  const items = rows.select(
    'item',
    'WHERE titleId = ? ORDER BY state, homeBranchId, id LIMIT ?',
    title.id,
    ITEMS_MAX,
  )
  return {
    title,
    bib: catalogue.bib(title.id),
    suppression: suppressionOf(rows, title.id),
    items: items.map((item) => ({
      item,
      homeBranch: rows.row('branch', item.homeBranchId),
      due: dueOfLoan(rows, item.openLoanId),
    })),
  }
}

function dueOfLoan(rows: Rows, loanId: string | null): EffectiveDue | null {
  const loan = loanId === null ? null : rows.row('loan', loanId)
  return loan === null ? null : dueNow(rows, loan)
}

function suppressionOf(rows: Rows, titleId: string): Suppression | null {
  const found = rows.row('title-suppression', titleId)
  if (found === null) return null
  return { reason: found.reason, at: found.at, staffName: staffName(rows, found.staffId) }
}
