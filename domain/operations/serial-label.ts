/** A copy of an issue gets a label of its own and can be lent. Rule J11. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Item } from '../records.ts'
import { aboutSerial } from '../serial-facts.ts'
import type { SerialIssue } from '../serial-records.ts'
import { Ordinal } from '../serials/pattern-shapes.ts'
import { SubscriptionId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { issueMark, placeFindings } from './about-serial.ts'
import { placeholderItem } from './placeholders.ts'

const Payload = z.strictObject({
  subscription: SubscriptionId,
  ordinal: Ordinal,
  barcode: PlainText(64).min(1),
})

const Summary = z.strictObject({ itemId: z.string(), labelledCount: z.int() })

export const labelIssue = defineOperation({
  kind: 'serial.label',
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ subscription, ordinal, barcode }) =>
    aSubject({
      barcodes: [barcode],
      serial: aboutSerial({ subscriptionId: subscription, ordinals: [ordinal] }),
    }),
  decide(facts, { ordinal, barcode }, ctx) {
    const issue = facts.serial.issues.get(ordinal) ?? null
    const item = itemOfIssue(barcode, issue, facts, ctx)
    const known = facts.itemsByBarcode.get(barcode) ?? null
    // Decided again, its own record is there already.
    const isTaken = known !== null && known.id !== item.id
    const itemIds = issue === null ? [] : [...issue.itemIds.filter((id) => id !== item.id), item.id]
    return {
      findings: [
        ...placeFindings(facts, ctx),
        ...(isTaken ? [impossible('barcode-taken', 'J11', { params: { barcode } })] : []),
        ...copyFindings(issue, itemIds.length),
      ],
      changes: isTaken
        ? []
        : [
            put('item', item),
            ...(issue === null ? [] : [patch('serial-issue', issue.id, { itemIds })]),
          ],
      summary: { itemId: known?.id ?? item.id, labelledCount: itemIds.length },
      about: { itemId: known?.id ?? item.id, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

const copyFindings = (issue: SerialIssue | null, labelledCount: number): Finding[] =>
  issue !== null && labelledCount <= issue.copiesCount
    ? []
    : [impossible('no-copy-to-label', 'J11', { params: { count: issue?.copiesCount ?? 0 } })]

function itemOfIssue(barcode: string, issue: SerialIssue | null, facts: Facts, ctx: Ctx): Item {
  const { subscription, title } = facts.serial
  const callNumber = [subscription?.callNumber ?? '', issue === null ? '' : issueMark(issue)]
  return {
    ...placeholderItem(barcode, facts, ctx),
    titleId: subscription?.titleId ?? null,
    isPlaceholder: subscription === null,
    callNumber: callNumber.join(' ').trim().slice(0, 100) || null,
    shelf: subscription?.shelf ?? null,
    itemType: 'periodical',
    language: title?.language ?? null,
    audience: title?.audience ?? 'general',
    priceFen: subscription?.priceFen ?? null,
    isForLoan: subscription?.isForLoan ?? true,
  }
}
