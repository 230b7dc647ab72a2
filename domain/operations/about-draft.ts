/** What the operations on a draft have in common. Rules C20 to C23. */
import { z } from 'zod'
import type { Draft } from '../cataloguing-records.ts'
import { aSubject } from '../facts.ts'
import type { Facts, Subject } from '../facts.ts'
import { bibToMarcRecord } from '../marc/bib-fields.ts'
import { recordContext } from '../marc/lint-finding.ts'
import { lintRecord } from '../marc/lint.ts'
import { impossible, note } from '../operation.ts'
import type { About, Ctx, Finding } from '../operation.ts'
import { mayDo } from '../policy/roles.ts'
import { DraftId } from '../words/ids.ts'

/** `revision`: of the saving that was on the screen. */
export const NamedDraft = z.strictObject({ draft: DraftId, revision: z.int().min(1) })

export const DraftSummary = z.strictObject({ draftId: z.string() })

export const aboutNobody: About = { itemId: null, readerId: null, loanId: null, otherLoanId: null }

export const subjectOfDraft = ({ draft }: z.infer<typeof NamedDraft>): Subject =>
  aSubject({ draft: { draftId: draft, titleId: null } })

/** Why this person cannot move the draft now; empty where they can. */
export function draftFindings(
  { draft: { draft } }: Facts,
  revision: number,
  states: readonly Draft['state'][],
  ctx: Ctx,
): Finding[] {
  if (draft === null) return [impossible('unknown-draft', 'C23')]
  const found: Finding[] = []
  if (draft.staffId !== ctx.staff.id && !mayDo(ctx.staff.role, 'review-records')) {
    found.push(impossible('draft-of-other', 'C20'))
  }
  if (!states.includes(draft.state)) {
    found.push(impossible('draft-state-differs', 'C23', { params: { state: draft.state } }))
  } else if (draft.revision !== revision) {
    found.push(impossible('draft-saved-elsewhere', 'C21', { params: { revision: draft.revision } }))
  }
  return found
}

export interface Linted {
  readonly findings: readonly Finding[]
  /** Rule ids, each once. */
  readonly warnings: string[]
}

/**
 * C22: errors stop it, warnings are told. `agency`: whose work it is; null where it is looked at by
 * others.
 */
export function lintedFindings(
  { profile, leader, fields, base }: Pick<Draft, 'profile' | 'leader' | 'fields' | 'base'>,
  agency: string | null,
  { today }: Ctx,
): Linted {
  const context = {
    ...recordContext(Number(today.slice(0, 4))),
    agency,
    base: base && bibToMarcRecord(base),
  }
  const found = lintRecord(bibToMarcRecord({ leader, fields }), profile, context)
  const rulesOf = (severity: 'error' | 'warning'): string[] => [
    ...new Set(found.filter((one) => one.severity === severity).map(({ rule }) => rule)),
  ]
  const [errors, warnings] = [rulesOf('error'), rulesOf('warning')]
  const params = (rules: readonly string[]) => ({ count: rules.length, rules: rules.join(' ') })
  return {
    findings: [
      ...(errors.length === 0
        ? []
        : [impossible('record-faulty', 'C22', { params: params(errors) })]),
      ...(warnings.length === 0
        ? []
        : [note('record-doubtful', 'C22', { params: params(warnings) })]),
    ],
    warnings,
  }
}
