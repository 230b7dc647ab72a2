/** The policy with one line set or taken out: a version more. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Policy } from '../records.ts'
import type { LoanRule } from './policy-shapes.ts'
import { isTie } from './rule-lines.ts'

/** `line` null takes `id` out. What would be a tie with it gives way: somebody chose this one. */
export function policyWithLine({ loanRules }: Policy, id: string, line: LoanRule | null): Change {
  const others = loanRules.filter((one) => one.id !== id && (line === null || !isTie(one, line)))
  return patch(
    'policy',
    'city',
    { loanRules: line === null ? others : [...others, line] },
    { version: 1 },
  )
}
