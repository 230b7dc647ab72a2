/** All exceptions of a kind in one way: an operation for each, as if each had been settled by hand. E10. */
import type { Desk } from '../../../contract/desk-api.ts'
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import type { ExceptionKind } from '../../../domain/records.ts'
import type { Settlement } from '../../../domain/settlements.ts'
import { newRequestId, perform } from '../../app/perform.ts'
import type { ExceptionDetail } from './exception-detail.ts'
import { wishOf } from './settle-wish.ts'

export interface Alike {
  readonly kind: ExceptionKind
  readonly settlement: Settlement
  /** Said with each; null for nothing. */
  readonly comment: string | null
  /** Who settles: what others have taken on stays with them. */
  readonly staffId: string
}

export interface AlikeCounts {
  readonly settled: number
  /** Looked at and left: another way fits them, somebody has taken them on, or they ask for more. */
  readonly left: number
}

const PAGE = 200

/** `isStopped` is asked before each. Rejects with a DeskFailure of the line. */
export async function settleAlike(
  desk: Desk,
  alike: Alike,
  onCounts: (counts: AlikeCounts) => void,
  isStopped: () => boolean,
): Promise<AlikeCounts> {
  const seen = new Set<string>()
  let counts: AlikeCounts = { settled: 0, left: 0 }
  for (;;) {
    const ids = (await openOf(desk, alike.kind)).filter((id) => !seen.has(id))
    if (ids.length === 0) return counts
    for (const id of ids) {
      if (isStopped()) return counts
      seen.add(id)
      counts = (await settleOne(desk, id, alike))
        ? { ...counts, settled: counts.settled + 1 }
        : { ...counts, left: counts.left + 1 }
      onCounts(counts)
    }
  }
}

async function openOf(desk: Desk, kind: ExceptionKind): Promise<readonly string[]> {
  const ask: AskOf<'exceptions'> = { state: 'open', kind, assignedTo: null, limit: PAGE }
  const { rows } = (await desk.ask('exceptions', ask)) as AnswerOf<'exceptions'>
  return rows.map(({ exception }) => exception.id)
}

async function settleOne(desk: Desk, exceptionId: string, alike: Alike): Promise<boolean> {
  const detail = (await desk.ask('exception', { exceptionId })) as ExceptionDetail | null
  if (detail === null || !detail.settlements.includes(alike.settlement)) return false
  const { assignedTo } = detail.exception
  if (assignedTo !== null && assignedTo !== alike.staffId) return false
  const wish = wishOf(detail, alike.settlement, alike.comment)
  if (wish === null) return false
  const { kind, payload } = wish
  const { receipt } = await perform(desk, {
    kind,
    payload,
    requestId: newRequestId(),
    overrides: [],
  })
  return receipt?.outcome === 'done'
}
