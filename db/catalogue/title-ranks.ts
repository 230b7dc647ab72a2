/** Ranks of the titles that a number, a beginning or tokens lead to. */
import { textHash } from '../../domain/search/fold.ts'
import type { Expression, QueryPlan } from '../../domain/search/query-plan.ts'
import type { SearchTables } from '../../domain/search/search-tables.ts'
import { token } from '../../domain/search/tokens.ts'
import type { Statement } from '../open.ts'
import type { FoldedPhrases } from './folded-phrases.ts'

export interface Bounds {
  /** Read from the index, best rank first, and re-ranked. */
  readonly candidates: number
  readonly lookups: number
  /** A long prefix is expanded to its commonest words. */
  readonly expansions: number
  readonly count: number
  /** Where each hit is looked up in several lists, counting is most of a search. */
  readonly jointCount: number
  /** In a larger file characters that stand apart are not looked for: common ones take 20 ms. */
  readonly looseBytes: number
}

type Sql = (text: string) => Statement
export interface Asking {
  readonly sql: Sql
  readonly tables: SearchTables
  readonly phrases: FoldedPhrases
  readonly bounds: Bounds
}

export const ranksOf = (
  { sql, bounds }: Asking,
  select: string,
  ...values: (string | number)[]
): number[] =>
  sql(select)
    .pluck()
    .all(...values, bounds.lookups) as number[]

/** Hashes of two numbers may be one. */
const RANKS_BY_CONTROL_NUMBER = `SELECT rank FROM titleByControlNumber AS known JOIN title USING (rank)
  WHERE known.hash = ? AND title.controlNumber = ? LIMIT ?`

export function ranksByNumber(asking: Asking, plan: QueryPlan): number[] {
  const found: number[] = []
  const add = (select: string, value: string | number | null): void => {
    if (value !== null) found.push(...ranksOf(asking, select, value))
  }
  add(
    'SELECT rank FROM titleByIsbn WHERE isbn = ? LIMIT ?',
    plan.isbn === null ? null : Number(plan.isbn),
  )
  add('SELECT rank FROM titleByIssn WHERE issn = ? LIMIT ?', plan.issn)
  if (plan.controlNumber !== null) {
    const byHash = asking.sql(RANKS_BY_CONTROL_NUMBER).pluck()
    const { controlNumber } = plan
    found.push(
      ...(byHash.all(textHash(controlNumber), controlNumber, asking.bounds.lookups) as number[]),
    )
  }
  return found
}

/** Above every character of a key. */
const END = '\u{10ffff}'
const ISBN_LENGTH = 13

export function ranksByPrefix(asking: Asking, plan: QueryPlan): number[] {
  const { isbnPrefix, classKeyPrefix, recordNumber } = plan
  const byIsbn = (prefix: string): number[] => {
    const unit = 10 ** (ISBN_LENGTH - prefix.length)
    return ranksOf(
      asking,
      'SELECT rank FROM titleByIsbn WHERE isbn >= ? AND isbn < ? ORDER BY isbn, rank LIMIT ?',
      Number(prefix) * unit,
      (Number(prefix) + 1) * unit,
    )
  }
  // The keys of classes are of ASCII: what begins alike ends before the last of it.
  const byClass = (prefix: string): number[] =>
    ranksOf(
      asking,
      'SELECT rank FROM titleByClc WHERE clc >= ? AND clc < ? ORDER BY clc, rank LIMIT ?',
      prefix,
      prefix + END,
    )
  const byNumber = (prefix: string): number[] =>
    ranksOf(
      asking,
      `SELECT rank FROM bibByNumber JOIN bib ON number = bib JOIN title ON title.id = bib.id
       WHERE key >= ? AND key < ? ORDER BY key LIMIT ?`,
      prefix,
      prefix + END,
    )
  return [
    ...(recordNumber === null ? [] : byNumber(recordNumber)),
    ...(isbnPrefix === null ? [] : byIsbn(isbnPrefix)),
    ...(classKeyPrefix === null ? [] : byClass(classKeyPrefix)),
  ]
}

/** FTS5's own query language, of quoted tokens only; null where nothing can match. */
export function matchText(asking: Asking, expression: Expression): string | null {
  if ('token' in expression) return `"${expression.token.replaceAll('"', '""')}"`
  if ('wordPrefix' in expression) return expansions(asking, expression.wordPrefix)
  if ('any' in expression) {
    const parts = expression.any
      .map((part) => matchText(asking, part))
      .filter((part) => part !== null)
    return parts.length === 0 ? null : `(${parts.join(' OR ')})`
  }
  const parts: string[] = []
  for (const part of expression.all) {
    const written = matchText(asking, part)
    if (written === null) return null
    parts.push(written)
  }
  return `(${parts.join(' AND ')})`
}

function expansions({ sql, bounds }: Asking, prefix: string): string | null {
  const words = sql(
    'SELECT word FROM vocabulary WHERE word >= ? AND word < ? ORDER BY titlesCount DESC LIMIT ?',
  )
    .pluck()
    .all(prefix, prefix + END, bounds.expansions) as string[]
  if (words.length === 0) return null
  return `(${words.map((word) => `"${token.word(word)}"`).join(' OR ')})`
}

export const ranksByMatch = ({ sql }: Asking, match: string, limit: number): number[] =>
  sql('SELECT rowid FROM titleIndex WHERE titleIndex MATCH ? ORDER BY rowid LIMIT ?')
    .pluck()
    .all(match, limit) as number[]
