/**
 * Quality rules of Chinese cataloguing (reference/domain-cn.md 1.6, numbered as there). They find;
 * they never change a record. A `fix` is a proposal for a person.
 */
import { codedRules } from './lint-coded.ts'
import { contentsRules } from './lint-contents.ts'
import { describedRules } from './lint-described.ts'
import type { LintContext, LintFinding } from './lint-finding.ts'
import { leaderRule, mandatoryRule, textRule } from './lint-frame.ts'
import { nameRule } from './lint-names.ts'
import { isbnRule, priceRule } from './lint-numbers.ts'
import { objectiveRule } from './lint-objective.ts'
import { pinyinRule } from './lint-pinyin.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'

/** MARC21 is held only to what does not depend on UNIMARC's fields: M01, M07, M20. */
export const lintRecord = (
  record: MarcRecord,
  profile: MarcProfileName,
  context: LintContext,
): LintFinding[] => {
  const shared = [...leaderRule(record, profile), ...isbnRule(record, profile), ...textRule(record)]
  if (profile === 'marc21') return shared
  return [
    ...shared,
    ...mandatoryRule(record, profile),
    ...priceRule(record),
    ...codedRules(record, context),
    ...describedRules(record, profile, context),
    ...contentsRules(record, context),
    ...(profile === 'cnmarc' ? [...nameRule(record), ...pinyinRule(record)] : []),
    ...objectiveRule(record, context.base),
  ].toSorted((a, b) => (a.rule === b.rule ? 0 : a.rule < b.rule ? -1 : 1))
}
