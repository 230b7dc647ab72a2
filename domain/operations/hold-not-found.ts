/** Looked for and not there: on its shelf, or on the hold shelf. Rule H12 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { MISSED_ITEMS_MAX } from '../hold-records.ts'
import type { Hold } from '../hold-records.ts'
import { defineOperation } from '../operation.ts'
import { HoldId, ItemId } from '../words/ids.ts'
import { HoldSummary, aboutHold, holdSubject, holdSummary, openFindings } from './about-hold.ts'
import { keptForNobody, waitsAgain } from './trap-hold.ts'

const Payload = z.strictObject({ hold: HoldId, item: ItemId })

export const holdNotFound = defineOperation({
  kind: 'hold.not-found',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: HoldSummary,
  subject: ({ hold }) => holdSubject(hold),
  decide(facts, { hold: id, item }, _ctx) {
    const { hold } = facts.holds
    return {
      findings: openFindings(facts),
      changes: hold === null ? [] : missed(facts, hold, item),
      summary: holdSummary(id, hold),
      about: { ...aboutHold(hold), itemId: item },
    }
  },
})

/** The pull list asks for another copy; a hold whose item went missing waits again, at its place. */
function missed({ holds }: Facts, hold: Hold, item: ItemId): Change[] {
  const known = hold.missedItemIds.filter((id) => id !== item)
  const missedItemIds = [...known.slice(1 - MISSED_ITEMS_MAX), item]
  const changes: Change[] = [patch('hold', hold.id, { missedItemIds })]
  if (hold.trappedItemId !== item || hold.closedAt !== null) return changes
  changes.push(...waitsAgain(hold))
  if (holds.heldItem !== null) {
    changes.push(keptForNobody(holds.heldItem))
  }
  return changes
}
