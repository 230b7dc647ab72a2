/** Changing what a slip says, for the whole city. Rule W1 of docs/rules.md. */
import { z } from 'zod'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import { defineOperation } from '../operation.ts'
import { SlipTemplate } from '../slip-records.ts'

const Payload = SlipTemplate

const Summary = z.strictObject({ slip: z.string() })

export const editSlip = defineOperation({
  kind: 'slip.edit',
  evidence: 'intent',
  permission: 'edit-slips',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: () => aSubject({}),
  decide: (_facts, payload) => ({
    findings: [],
    changes: [put('slip-template', payload)],
    summary: { slip: payload.id },
    about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
  }),
})
