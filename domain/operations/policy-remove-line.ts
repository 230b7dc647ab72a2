/** A line of the loan policy, taken out. Rules P9, P10 of docs/rules.md. */
import { z } from 'zod'
import { editConflict } from '../edit-conflict.ts'
import { askedOfLine } from '../edited-rule.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { policyWithLine } from '../policy/change-line.ts'
import { LoanRule } from '../policy/policy-shapes.ts'
import { isGeneral, isSameLine, textOfLine } from '../policy/rule-lines.ts'
import { inRules } from '../rules-facts.ts'
import { aboutNobody } from './policy-set-line.ts'

/** As the screen showed it. */
const Payload = z.strictObject({ from: LoanRule })

const Summary = z.strictObject({ line: z.string(), version: z.int() })

export const removeLine = defineOperation({
  kind: 'policy.remove-line',
  evidence: 'intent',
  permission: 'edit-policy',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  asks: ({ from }) => askedOfLine(from),
  subject: () => aSubject({ rules: inRules({ changesPolicy: true }) }),
  decide({ policy }, { from }, ctx) {
    const theirs = policy.loanRules.find(({ id }) => id === from.id) ?? null
    const findings = removalFindings(theirs, from, ctx)
    const isRemoved = theirs !== null && isSameLine(theirs, from)
    return {
      findings,
      changes: isRemoved ? [policyWithLine(policy, from.id, null)] : [],
      summary: { line: from.id, version: policy.version + (isRemoved ? 1 : 0) },
      about: aboutNobody,
    }
  },
})

function removalFindings(theirs: LoanRule | null, from: LoanRule, ctx: Ctx): Finding[] {
  const params = { line: from.id }
  // Gone by now: two desks took the same line out.
  if (theirs === null) {
    return ctx.mode === 'record' ? [] : [impossible('line-changed-meanwhile', 'P9', { params })]
  }
  const found = isGeneral(theirs) ? [impossible('line-is-ground', 'P10')] : []
  if (isSameLine(theirs, from)) return found
  const edit = { record: 'policy', id: from.id, field: 'loanRules' } as const
  return [
    ...found,
    ctx.mode === 'record'
      ? editConflict({ ...edit, mine: null, theirs: textOfLine(theirs) })
      : impossible('line-changed-meanwhile', 'P9', { params }),
  ]
}
