/** Shape of a finding and what the rules need from outside. */
import type { MarcRecord } from './marc-record.ts'

export type LintSeverity = 'error' | 'warning'

export type LintFinding = {
  /** `M01` … `M22`, as in reference/domain-cn.md 1.6. */
  rule: string
  severity: LintSeverity
  /** `LDR` for the leader. */
  tag: string
  subfield: string | null
  message: { zh: string; en: string }
  /** The text that would satisfy the rule, where it is certain enough to propose. */
  fix: string | null
}

export type LintContext = {
  /** The current year, for M04; null leaves the future unchecked. */
  year: number | null
  /** The library's own class table (licensed, never shipped); null checks the syntax only. */
  isKnownClass: ((classNumber: string) => boolean) | null
  /** Who works on the record, as 801$b has it, for M19; null where nobody does. */
  agency: string | null
  /** The record as it was before, for M22; null for a new one, and where nobody works on it. */
  base: MarcRecord | null
}

/** Of a record that stands for itself. `year`: the current one. */
export const recordContext = (year: number | null): LintContext => ({
  year,
  isKnownClass: null,
  agency: null,
  base: null,
})

type Place = readonly [tag: string, subfield: string | null]

const finding =
  (severity: LintSeverity) =>
  (rule: string, place: Place, zh: string, en: string, fix: string | null = null): LintFinding => ({
    rule,
    severity,
    tag: place[0],
    subfield: place[1],
    message: { zh, en },
    fix,
  })

export const lintError = finding('error')
export const lintWarning = finding('warning')
