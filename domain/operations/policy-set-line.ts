/** One line of the loan policy, written or changed, for the whole city. Rules P7–P10 of docs/rules.md. */
import { z } from 'zod'
import { editConflict } from '../edit-conflict.ts'
import { askedOfLine } from '../edited-rule.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { policyWithLine } from '../policy/change-line.ts'
import { LoanRule } from '../policy/policy-shapes.ts'
import {
  isGeneral,
  isSameLine,
  isSameMatch,
  isTie,
  saysNothing,
  textOfLine,
} from '../policy/rule-lines.ts'
import { inRules } from '../rules-facts.ts'

export const LINES_MAX = 5000

/** Beside an exception both texts are kept, of this length at most (domain/evidence.ts). */
const LINE_TEXT_MAX = 500

/** `from`: as the screen showed it; null for a line that is new. */
const Payload = z
  .strictObject({ line: LoanRule, from: LoanRule.nullable() })
  .refine(({ line, from }) => line.id.length <= 40 && (from === null || from.id === line.id))
  .refine(({ line }) => (textOfLine(line) ?? '').length <= LINE_TEXT_MAX)
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ line: z.string(), version: z.int() })

export const aboutNobody = { itemId: null, readerId: null, loanId: null, otherLoanId: null }

export const setLine = defineOperation({
  kind: 'policy.set-line',
  evidence: 'intent',
  permission: 'edit-policy',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  asks: ({ line }) => askedOfLine(line),
  subject: ({ line: { lendingLibraryId, ownerLibraryId } }) => {
    const libraryIds = [lendingLibraryId, ownerLibraryId].flatMap((id) => id ?? [])
    return aSubject({ rules: inRules({ changesPolicy: true, libraryIds }) })
  },
  decide(facts, { line, from }, ctx) {
    const { policy } = facts
    const theirs = policy.loanRules.find(({ id }) => id === line.id) ?? null
    const tie = policy.loanRules.find((other) => isTie(other, line)) ?? null
    const clash = clashing(theirs, tie, { line, from })
    const findings = [
      ...lineFindings(facts, line, ctx),
      ...groundFindings(theirs, line),
      ...(clash === null ? [] : [clashFinding(clash, line, ctx)]),
    ]
    const isWritten = clash === null && !isSameLine(theirs, line)
    return {
      findings,
      changes: isWritten ? [policyWithLine(policy, line.id, line)] : [],
      summary: { line: line.id, version: policy.version + (isWritten ? 1 : 0) },
      about: aboutNobody,
    }
  },
})

type Clash =
  | { readonly is: 'tie'; readonly with: LoanRule }
  | { readonly is: 'changed'; readonly now: LoanRule | null }

/** Written already is no clash: the same choice was made twice. */
function clashing(
  theirs: LoanRule | null,
  tie: LoanRule | null,
  { line, from }: Payload,
): Clash | null {
  if (tie !== null) return { is: 'tie', with: tie }
  const isAsShown = isSameLine(theirs, from) || isSameLine(theirs, line)
  return isAsShown ? null : { is: 'changed', now: theirs }
}

/** Asked at the desk it is refused; what two desks did apart is laid before a person (E9). */
function clashFinding(clash: Clash, line: LoanRule, ctx: Ctx): Finding {
  const theirs = clash.is === 'tie' ? clash.with : clash.now
  if (ctx.mode === 'record') {
    const edit = { record: 'policy', id: line.id, field: 'loanRules' } as const
    return editConflict({ ...edit, mine: textOfLine(line), theirs: textOfLine(theirs) })
  }
  return clash.is === 'tie'
    ? impossible('line-tie', 'P7', { params: { line: clash.with.id } })
    : impossible('line-changed-meanwhile', 'P9', { params: { line: line.id } })
}

function lineFindings({ policy, rules }: Facts, line: LoanRule, ctx: Ctx): Finding[] {
  const found: Finding[] = []
  const unknown = [
    ...[line.lendingLibraryId, line.ownerLibraryId].filter(
      (id) => id !== null && !rules.libraries.has(id),
    ),
    policy.readerCategories.some(({ id }) => id === line.readerCategory)
      ? null
      : line.readerCategory,
  ].find((name) => name !== null)
  if (unknown !== undefined) {
    found.push(impossible('line-names-unknown', 'P7', { params: { name: unknown ?? '' } }))
  }
  const ends = policy.loanRules.some(
    (other) => isSameMatch(other, line) && (other.fromOn ?? '') < (line.fromOn ?? ''),
  )
  if (saysNothing(line) && !ends) found.push(impossible('line-says-nothing', 'P7'))
  if (line.fromOn !== null && line.fromOn < ctx.today) {
    found.push(impossible('line-from-past', 'P8', { params: { from: line.fromOn } }))
  }
  if (policy.loanRules.length >= LINES_MAX) {
    found.push(impossible('too-many-lines', 'P7', { params: { limit: LINES_MAX } }))
  }
  return found
}

/** P10: without the line for everything, what no other line is about could not be lent at all. */
const groundFindings = (theirs: LoanRule | null, line: LoanRule): Finding[] =>
  theirs !== null && isGeneral(theirs) && (!isGeneral(line) || line.loanDays === null)
    ? [impossible('line-is-ground', 'P10')]
    : []
