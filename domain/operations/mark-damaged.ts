/** Recording damage on an item that someone has in hand. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import { PlainText } from '../records.ts'
import { ItemId } from '../words/ids.ts'

const Payload = z.strictObject({ item: ItemId, note: PlainText(500).min(1) })

const Summary = z.strictObject({ itemId: z.string(), titleId: z.string().nullable() })

export const markDamaged = defineOperation({
  kind: 'item.mark-damaged',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item }),
  decide({ item }, payload) {
    const about = { itemId: payload.item, readerId: null, loanId: null, otherLoanId: null }
    const summary = {
      itemId: payload.item as string,
      titleId: (item?.titleId ?? null) as string | null,
    }
    if (item === null) {
      return { findings: [impossible('unknown-item', 'L1')], changes: [], summary, about }
    }
    const findings = item.condition === 'damaged' ? [note('already-damaged', 'R6')] : []
    const isOnShelf = item.state === 'on-shelf' || item.state === 'on-hold-shelf'
    const change = patch('item', item.id, {
      condition: 'damaged',
      conditionNote: payload.note,
      ...(isOnShelf ? { state: 'in-workroom' as const } : {}),
    })
    return { findings, changes: [change], summary, about }
  },
})
