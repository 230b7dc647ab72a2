/** Which of the fields of its tag a finding is about: the rules name the tag only. */
import type { BibContent } from '../cataloguing-records.ts'
import { bibToMarcRecord } from './bib-fields.ts'
import type { LintContext, LintFinding } from './lint-finding.ts'
import { lintRecord } from './lint.ts'
import type { MarcProfileName } from './marc-record.ts'

export interface PlacedFinding extends LintFinding {
  /** Place in `fields`; -1 for the leader, null for a field that is not there. */
  readonly index: number | null
}

/** A tag repeated more often is not looked at field by field: its findings go to the first ones. */
const PLACES_MAX = 20

const isSame = (a: LintFinding, b: LintFinding): boolean =>
  a.rule === b.rule && a.subfield === b.subfield && a.message.zh === b.message.zh

/**
 * Where a tag is repeated the record is looked at again with each of its fields alone: the finding
 * belongs to the one that still has it. Two fields with the same fault have a finding each.
 */
export function placedFindings(
  content: BibContent,
  profile: MarcProfileName,
  context: LintContext,
): PlacedFinding[] {
  const lint = (fields: BibContent['fields']): LintFinding[] =>
    lintRecord(bibToMarcRecord({ leader: content.leader, fields }), profile, context)
  const taken = new Set<string>()
  return lint(content.fields).map((finding) => {
    if (finding.tag === 'LDR') return { ...finding, index: -1 }
    const places = content.fields.flatMap(({ tag }, at) => (tag === finding.tag ? [at] : []))
    const [first] = places
    if (first === undefined) return { ...finding, index: null }
    const key = (at: number): string => `${String(at)} ${finding.rule} ${finding.message.zh}`
    const free = places.filter((at) => !taken.has(key(at)))
    const [found = free[0] ?? first] =
      places.length === 1 || places.length > PLACES_MAX
        ? free
        : free.filter((at) => {
            const alone = content.fields.filter(
              ({ tag }, other) => tag !== finding.tag || other === at,
            )
            return lint(alone).some((one) => isSame(one, finding))
          })
    taken.add(key(found))
    return { ...finding, index: found }
  })
}
