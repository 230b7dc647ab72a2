/**
 * The last step of a search: how well a candidate's folded text answers, and whether it answers at
 * all. Bigrams and trigrams also meet where the words do not; such candidates get null.
 */
import { isHanzi } from './fold.ts'
import type { Run } from './fold.ts'
import { withoutTones } from './pinyin.ts'
import type { QueryPlan } from './query-plan.ts'
import type { SearchTables } from './search-tables.ts'

const EXACT = 100
const PREFIX = 40
const CONTAINS = 20
const SAME_AUTHOR = 30
/** Spelled hits stand just behind written ones. */
const SPELLED_LESS = 5
const SPELLED_WEIGHTS: ReadonlySet<number> = new Set(
  [EXACT, PREFIX, CONTAINS].map((weight) => weight - SPELLED_LESS),
)
/** Title, other title, author, the rest. */
const TERM_WEIGHTS = [8, 5, 6] as const
const REST_WEIGHT = 2
const POSITIONS_MAX = 256

/** One way of spelling a text is tried at a time; what failed once is not tried again. */
interface Spelling {
  readonly characters: readonly string[]
  readonly letters: string
  readonly tables: SearchTables
  readonly failed: Set<number>
}

/**
 * Where the spelling ends if `letters` from `spelled` on spell the text from `at` on, else -1. A
 * hanzi is spelled by a whole reading, by its first letter, or, as the last one, by the start of a
 * reading; a hanzi in `letters` stands for itself. Blanks in the text are passed over.
 */
function spelledTo(spelling: Spelling, at: number, spelled: number): number {
  const { characters, letters, tables, failed } = spelling
  if (spelled === letters.length) return at
  const character = characters[at]
  if (character === undefined) return -1
  if (character === ' ') return spelledTo(spelling, at + 1, spelled)
  if (letters.startsWith(character, spelled)) {
    return spelledTo(spelling, at + 1, spelled + character.length)
  }
  const key = at * POSITIONS_MAX + spelled
  if (failed.has(key)) return -1
  for (const reading of tables.readings(character)) {
    if (reading.charCodeAt(0) !== letters.charCodeAt(spelled)) continue
    const isLast = letters.length - spelled <= reading.length
    if (isLast && reading.startsWith(letters.slice(spelled))) return at + 1
    const end = letters.startsWith(reading, spelled)
      ? spelledTo(spelling, at + 1, spelled + reading.length)
      : -1
    if (end !== -1) return end
    const afterInitial = reading.length > 1 ? spelledTo(spelling, at + 1, spelled + 1) : -1
    if (afterInitial !== -1) return afterInitial
  }
  failed.add(key)
  return -1
}

interface Place {
  readonly from: number
  readonly to: number
}

/** At a hanzi, or where a word begins: letters stand for themselves there alone. */
function mayBeginAt(characters: readonly string[], at: number): boolean {
  const character = characters[at] ?? ' '
  if (character === ' ' || isHanzi(character)) return character !== ' '
  const before = characters[at - 1] ?? ' '
  return before === ' ' || isHanzi(before)
}

/** Start and end of the first place that `letters` spell, or null. */
export function spelledIn(
  characters: readonly string[],
  letters: string,
  tables: SearchTables,
): Place | null {
  if (letters === '') return null
  const spelling = { characters, letters, tables, failed: new Set<number>() }
  for (let from = 0; from < characters.length; from += 1) {
    if (!mayBeginAt(characters, from)) continue
    const to = spelledTo(spelling, from, 0)
    if (to !== -1) return { from, to }
  }
  return null
}

/** At the start of a word, so that `cat` is not found in `education`. */
function hasWord(field: string, word: string): boolean {
  for (let at = field.indexOf(word); at !== -1; at = field.indexOf(word, at + 1)) {
    const before = at === 0 ? ' ' : field.charAt(at - 1)
    if (before === ' ' || isHanzi(before) || /[\udc00-\udfff]/.test(before)) return true
  }
  return false
}

export interface PreparedQuery {
  readonly folded: string
  readonly compact: string
  readonly letters: string
  readonly hasWords: boolean
  readonly terms: readonly { readonly run: Run; readonly letters: string | null }[]
  /** False for the loose search, where the characters need not stand together. */
  readonly isStrict: boolean
}

export function prepareQuery(plan: QueryPlan, isStrict: boolean): PreparedQuery {
  const compact = plan.terms.map(({ text }) => text).join('')
  return {
    folded: plan.folded,
    compact,
    letters: (withoutTones(compact) ?? compact).slice(0, POSITIONS_MAX - 1),
    hasWords: plan.terms.some(({ kind }) => kind === 'word'),
    terms: plan.terms.map((run) => ({
      run,
      letters: run.kind === 'word' ? (withoutTones(run.text) ?? run.text) : null,
    })),
    isStrict,
  }
}

/** A candidate's texts, folded. */
export interface CandidateTexts {
  /** Title, other title, author. */
  readonly first: readonly [string, string, string]
  /** Publisher, series, subjects: made only where the first ones do not answer. */
  readonly others: () => readonly string[]
}

function termWeight(
  term: PreparedQuery['terms'][number],
  { first, others }: CandidateTexts,
  charactersOf: (field: number) => readonly string[],
  tables: SearchTables,
): number | null {
  const { run, letters } = term
  const has = (field: string): boolean =>
    letters === null ? field.includes(run.text) : hasWord(field, run.text)
  for (const [index, field] of first.entries()) {
    if (has(field)) return TERM_WEIGHTS[index] ?? REST_WEIGHT
    if (letters === null) continue
    if (spelledIn(charactersOf(index), letters, tables) !== null) {
      return TERM_WEIGHTS[index] ?? REST_WEIGHT
    }
  }
  return others().some(has) ? REST_WEIGHT : null
}

function titleWeight(
  query: PreparedQuery,
  title: string,
  characters: () => readonly string[],
  tables: SearchTables,
): number {
  if (title === query.folded) return EXACT
  const compactTitle = title.replaceAll(' ', '')
  if (compactTitle === query.compact) return EXACT
  if (compactTitle.startsWith(query.compact)) return PREFIX
  if (compactTitle.includes(query.compact)) return CONTAINS
  if (!query.hasWords) return 0
  const place = spelledIn(characters(), query.letters, tables)
  if (place === null) return 0
  if (place.from > 0) return CONTAINS - SPELLED_LESS
  return (place.to === characters().length ? EXACT : PREFIX) - SPELLED_LESS
}

/**
 * Higher is better; null where the candidate does not answer. Candidates of equal weight stay in the
 * order of their rank.
 */
export function weigh(
  query: PreparedQuery,
  texts: CandidateTexts,
  tables: SearchTables,
): number | null {
  const [title, , author] = texts.first
  const charactersByField = new Map<number, readonly string[]>()
  const charactersOf = (field: number): readonly string[] => {
    const known = charactersByField.get(field)
    if (known !== undefined) return known
    const made = Array.from(texts.first[field] ?? '').slice(0, POSITIONS_MAX - 1)
    charactersByField.set(field, made)
    return made
  }
  let total = titleWeight(query, title, () => charactersOf(0), tables)
  // A single term that the title spells need not be looked for again.
  const isAnswered = query.terms.length === 1 && SPELLED_WEIGHTS.has(total)
  if (isAnswered) total += TERM_WEIGHTS[0]
  for (const term of isAnswered ? [] : query.terms) {
    const weight = termWeight(term, texts, charactersOf, tables)
    if (weight === null && query.isStrict) return null
    total += weight ?? 0
  }
  // The first author may have others behind.
  if (author === query.folded || author.startsWith(`${query.folded} `)) total += SAME_AUTHOR
  return total
}
