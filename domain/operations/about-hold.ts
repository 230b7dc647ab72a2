/** What operations on one hold share. Rule H11 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts, Subject } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import type { Hold } from '../hold-records.ts'
import { impossible } from '../operation.ts'
import type { About, Finding } from '../operation.ts'
import type { HoldId } from '../words/ids.ts'

export const HoldSummary = z.strictObject({
  holdId: z.string(),
  titleId: z.string().nullable(),
  readerId: z.string().nullable(),
})

export const holdSubject = (holdId: string): Subject => aSubject({ holds: aboutHolds({ holdId }) })

export const holdSummary = (asked: string, hold: Hold | null) => ({
  holdId: asked,
  titleId: (hold?.titleId ?? null) as string | null,
  readerId: (hold?.readerId ?? null) as string | null,
})

export const aboutHold = (hold: Hold | null): About => ({
  itemId: hold?.trappedItemId ?? hold?.itemId ?? null,
  readerId: hold?.readerId ?? null,
  loanId: null,
  otherLoanId: null,
})

/** H11: it must be there, and open. */
export function openFindings({ holds }: Facts): Finding[] {
  if (holds.hold === null) return [impossible('unknown-hold', 'H11')]
  if (holds.hold.closedAt === null) return []
  return [impossible('hold-closed', 'H11', { params: { state: holds.hold.state } })]
}

/** What is set of a hold while it waits in the queue; of one that is kept, it comes too late (H11). */
export function setWhileWaiting(facts: Facts, id: HoldId, part: Partial<Omit<Hold, 'id'>>) {
  const { hold } = facts.holds
  const isKept = hold !== null && (hold.state === 'on-shelf' || hold.state === 'in-transit')
  return {
    findings: [...openFindings(facts), ...(isKept ? [impossible('hold-kept-already', 'H11')] : [])],
    changes: hold === null ? [] : [patch('hold', hold.id, part)],
    summary: holdSummary(id, hold),
    about: aboutHold(hold),
  }
}
