/** What may be answered for once for a whole visit. Rule L28. */
import type { Finding } from '../operation.ts'
import type { Refusal } from '../refusals.ts'

/** They say something of the reader; what they say of an item is another thing with each item. */
const aboutReader: ReadonlySet<string> = new Set([
  'unknown-reader',
  'card-expired',
  'card-replaced',
  'reader-blocked',
  'debt-above-limit',
  'item-limit-reached',
  'class-limit-reached',
  // Chosen once for the visit (L32).
  'due-date-beyond-policy',
] as const satisfies readonly Refusal[])

export const standsForVisit = ({ level, code }: Pick<Finding, 'level' | 'code'>): boolean =>
  level === 'override' && aboutReader.has(code)
