/** What a copied record leaves alone where the city wrote nothing else. */
import type { FieldProtection, ProtectionLine, ProtectionRule } from '../copying-records.ts'

const linesOf = (rules: readonly (readonly [ProtectionRule, string])[]): ProtectionLine[] =>
  rules.flatMap(([rule, tags]) => tags.split(' ').map((tag) => ({ tag, rule })))

/**
 * Holdings, local numbers and cataloguers' notes are ours; subjects, classes and headings that
 * somebody here chose stay beside or before what comes; the description follows the book.
 */
const unimarcLines = linesOf([
  ['keep', '9XX 830'],
  ['fill', 'LDR 001 005 100 327 330 690 692 7XX 856'],
  ['add', '010 011 3XX 6XX 801'],
])

const marc21Lines = linesOf([
  ['keep', '9XX 59X 852 876'],
  ['fill', 'LDR 001 003 005 008 082 084 090 505 520 1XX 7XX 856'],
  ['add', '020 022 035 5XX 6XX'],
])

export const defaultProtection = (id: FieldProtection['id']): FieldProtection => ({
  id,
  lines: id === 'marc21' ? marc21Lines : unimarcLines,
  revision: 0,
})
