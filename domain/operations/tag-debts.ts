/**
 * A book left the pad before its security followed its loan, and whichever pad it lies on next puts
 * that right. Rules G1 and G2 of docs/rules.md.
 */
import { z } from 'zod'
import { put, remove } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation } from '../operation.ts'
import { TagState } from '../tag-records.ts'
import { TagId } from '../words/ids.ts'
import type { BranchId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'

const payload = z.strictObject({ tag: TagId, barcode: PlainText(64), wanted: TagState })
const about = (itemId: string | null) => ({
  itemId,
  readerId: null,
  loanId: null,
  otherLoanId: null,
})

export const oweTag = defineOperation({
  kind: 'tag.owe',
  evidence: 'physical',
  permission: 'use-devices',
  audit: 'circulation',
  payload,
  summary: z.strictObject({ barcode: z.string(), wanted: TagState }),
  subject: ({ barcode, tag }) => aSubject({ barcode, tagId: tag }),
  // The latest telling counts: a tag has one state, and the last desk that had it knows best.
  decide: ({ item }, { tag, barcode, wanted }, ctx) => ({
    findings: [],
    changes: [
      put('tag-debt', {
        id: tag,
        barcode,
        wanted,
        branchId: ctx.branchId as BranchId,
        since: ctx.at,
      }),
    ],
    summary: { barcode, wanted },
    about: about(item?.id ?? null),
  }),
})

export const settleTag = defineOperation({
  kind: 'tag.settle',
  evidence: 'physical',
  permission: 'use-devices',
  audit: 'circulation',
  payload,
  summary: z.strictObject({ barcode: z.string(), wasOwed: z.boolean() }),
  subject: ({ barcode, tag }) => aSubject({ barcode, tagId: tag }),
  decide: ({ item, tagDebt }, { tag, barcode, wanted }) => {
    // Lent and returned meanwhile: what was put right is not what is owed now.
    const isPaid = tagDebt !== null && tagDebt.wanted === wanted
    return {
      findings: [],
      changes: isPaid ? [remove('tag-debt', tag)] : [],
      summary: { barcode, wasOwed: isPaid },
      about: about(item?.id ?? null),
    }
  },
})
