/** Rules that have a name in the dictionaries; an older count may hold one that has gone. */
import { lintRulesZh } from '../../language/batch-zh-CN.ts'

export const isNamedRule = (rule: string): rule is keyof typeof lintRulesZh =>
  Object.hasOwn(lintRulesZh, rule)
