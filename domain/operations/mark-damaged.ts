/** Recording damage on an item that someone has in hand. Rules R6, E9 and H7 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { editConflict } from '../edit-conflict.ts'
import { aSubject } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import { ItemId } from '../words/ids.ts'
import { keptNoMore } from './trap-hold.ts'

const Payload = z.strictObject({
  item: ItemId,
  note: PlainText(500).min(1),
  /** The note that this one replaces, as the screen showed it; absent from older programs. */
  insteadOf: PlainText(500).nullable().optional(),
})

const Summary = z.strictObject({ itemId: z.string(), titleId: z.string().nullable() })

export const markDamaged = defineOperation({
  kind: 'item.mark-damaged',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ item }) => aSubject({ itemId: item, holds: aboutHolds({ ofItem: true }) }),
  decide(facts, payload) {
    const { item } = facts
    const about = { itemId: payload.item, readerId: null, loanId: null, otherLoanId: null }
    const summary = {
      itemId: payload.item as string,
      titleId: (item?.titleId ?? null) as string | null,
    }
    if (item === null) {
      return { findings: [impossible('unknown-item', 'L1')], changes: [], summary, about }
    }
    // E9: somebody else noted other damage meanwhile; theirs stays until a person has read both.
    const theirs = item.conditionNote
    const isSeen = payload.insteadOf === undefined || payload.insteadOf === theirs
    if (item.condition === 'damaged' && !isSeen && theirs !== payload.note) {
      const edit = { record: 'item', id: item.id, field: 'conditionNote' } as const
      const findings = [editConflict({ ...edit, mine: payload.note, theirs })]
      return { findings, changes: [], summary, about }
    }
    const findings = item.condition === 'damaged' ? [note('already-damaged', 'R6')] : []
    const isOnShelf = item.state === 'on-shelf' || item.state === 'on-hold-shelf'
    const { ofItem, ofHold } = keptNoMore(facts, item)
    const change = patch('item', item.id, {
      condition: 'damaged',
      conditionNote: payload.note,
      ...(isOnShelf ? { state: 'in-workroom' as const } : {}),
      ...ofItem,
    })
    return { findings, changes: [change, ...ofHold], summary, about }
  },
})
