/** The sticker paper of a branch. Rule C53 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation } from '../operation.ts'
import { LabelSheet } from '../shelf-records.ts'
import type { BranchId } from '../words/ids.ts'

const { id: _id, ...Payload } = LabelSheet.shape

export const setSheet = defineOperation({
  kind: 'label.set-sheet',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: z.strictObject(Payload),
  summary: z.strictObject({ branchId: z.string() }),
  subject: () => aSubject({}),
  decide: (_facts, payload, ctx) => ({
    findings: [],
    changes: [put('label-sheet', { id: ctx.branchId as BranchId, ...payload })],
    summary: { branchId: ctx.branchId },
    about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
  }),
})
