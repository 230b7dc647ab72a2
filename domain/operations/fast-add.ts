/**
 * A book that nobody has catalogued, in a reader's hands: a record of a few words, to be lent at
 * once and catalogued later. Rule L26 of docs/rules.md.
 */
import { z } from 'zod'
import { put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import { Item, ItemType } from '../records.ts'
import type { Title } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { TitleId } from '../words/ids.ts'
import { placeholderItem } from './placeholders.ts'

const Payload = z.strictObject({
  barcode: PlainText(64).min(1),
  title: PlainText(200).min(1),
  itemType: ItemType,
  priceFen: Item.shape.priceFen,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ itemId: z.string(), titleId: z.string().nullable() })

export const fastAdd = defineOperation({
  kind: 'item.fast-add',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: ({ barcode }) => aSubject({ barcode }),
  decide(facts, payload, ctx) {
    const titleId = TitleId.parse(ctx.newId())
    const made = placeholderItem(payload.barcode, facts, ctx)
    // Decided again, its own record is there already.
    const known = facts.item?.id === made.id ? null : facts.item
    const { itemType, priceFen } = payload
    const item = { ...made, titleId, itemType, priceFen }
    const changes: Change[] = [put('title', typedTitle(titleId, payload)), put('item', item)]
    const about = { itemId: known?.id ?? item.id, readerId: null, loanId: null, otherLoanId: null }
    if (known !== null) {
      const params = { barcode: payload.barcode }
      const summary = { itemId: known.id as string, titleId: known.titleId as string | null }
      return {
        findings: [impossible('barcode-taken', 'C1', { params })],
        changes: [],
        summary,
        about,
      }
    }
    return {
      findings: [alert('fast-added', 'L26', { exception: 'unknown-item' })],
      changes,
      summary: { itemId: item.id, titleId },
      about,
    }
  },
})

/** Its own, whatever other title reads the same: placeholders are never merged by their words. */
const typedTitle = (id: TitleId, { title }: Payload): Title => ({
  id,
  controlNumber: null,
  title,
  otherTitle: null,
  author: null,
  publisher: null,
  year: null,
  isbns: [],
  issn: null,
  clc: null,
  language: null,
  subjects: [],
  series: null,
  pinyin: null,
  kind: 'book',
  audience: 'general',
  loansCount: 0,
})
