/** An item is not where it should be: not on its shelf, or never arrived. Rules R17 and H7 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { Item } from '../records.ts'
import { ItemId } from '../words/ids.ts'
import { isLentElsewhere } from './lending-claim.ts'
import { keptNoMore } from './trap-hold.ts'

const Payload = z.strictObject({ item: ItemId })

const Summary = z.strictObject({ itemId: z.string(), titleId: z.string().nullable() })

export const markMissing = defineOperation({
  kind: 'item.mark-missing',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item, holds: aboutHolds({ ofItem: true }) }),
  decide(facts, payload) {
    const about = { itemId: payload.item, readerId: null, loanId: null, otherLoanId: null }
    const titleId = (facts.item?.titleId ?? null) as string | null
    const summary = { itemId: payload.item as string, titleId }
    const changes = facts.item === null ? [] : missing(facts, facts.item)
    return { findings: missingFindings(facts), changes, summary, about }
  },
})

function missing(facts: Facts, item: Item): Change[] {
  const { ofItem, ofHold } = keptNoMore(facts, item)
  const gone = { state: 'missing', transitToBranchId: null, transitSentAt: null } as const
  return [patch('item', item.id, { ...gone, ...ofItem }), ...ofHold]
}

function missingFindings(facts: Facts): Finding[] {
  const { item } = facts
  if (item === null) return [impossible('unknown-item', 'L1')]
  if (item.state === 'missing') return [impossible('item-missing-already', 'R17')]
  if (item.state === 'withdrawn') return [impossible('item-withdrawn', 'L10')]
  if (item.state === 'lost') return [impossible('already-lost', 'R17')]
  const isOut = facts.openLoansOfItem.length > 0 || isLentElsewhere(facts)
  // What a reader has is lost with its reader, or said to be returned.
  return isOut ? [impossible('item-on-loan', 'R17', { params: { dueOn: '', reader: '' } })] : []
}
