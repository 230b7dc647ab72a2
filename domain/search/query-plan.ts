/**
 * Query text → plan: which look-ups come first and which tokens must meet. Nothing the user types
 * reaches a query parser; the plan holds tokens of our own making, and its size is bounded.
 */
import { classSortKey, splitCallNumber } from '../words/call-number.ts'
import { normaliseIsbn } from '../words/isbn.ts'
import { normaliseIssn } from '../words/issn.ts'
import { foldText, runsOf } from './fold.ts'
import type { Run } from './fold.ts'
import { splitSyllables, syllablesStarting, withoutTones } from './pinyin.ts'
import type { SyllableSplit } from './pinyin.ts'
import { recordNumberKey } from './record-numbers.ts'
import type { SearchTables } from './search-tables.ts'
import { EDGE_LENGTH_MAX, cutPublisher, cutRoles, token } from './tokens.ts'

export type Expression =
  | { readonly token: string }
  /** Any long word that begins so; the store expands it through its vocabulary. */
  | { readonly wordPrefix: string }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] }

export interface QueryPlan {
  /** The query as it is compared: folded, bounded. */
  readonly folded: string
  readonly terms: readonly Run[]
  readonly isbn: string | null
  /** Digits a 13-digit ISBN may start with. */
  readonly isbnPrefix: string | null
  readonly issn: string | null
  /** What the shelf keys of classes begin with: of `I247.5/12`, of `I247.5`. */
  readonly classKeyPrefix: string | null
  /** A 统一书号, as far as it is typed, or a 刊号. */
  readonly recordNumber: string | null
  /** The text itself, where it may be the number of a record. */
  readonly controlNumber: string | null
  /** Null where the text holds nothing to search for. */
  readonly match: Expression | null
  /**
   * At the start of the title: keeps short queries from drowning in popular middles. Of hanzi the
   * first three, so that all else need not be looked into for it; of letters to be met with `match`.
   */
  readonly start: Expression | null
  /**
   * Without 出版社 and 主编, which are in no index, tried where `match` finds nothing; null where it
   * is the same.
   */
  readonly cutText: string | null
  /** Single characters in any order, tried where `match` finds nothing; null where it adds nothing. */
  readonly loose: Expression | null
}

const QUERY_LENGTH_MAX = 400
const FOLDED_LENGTH_MAX = 120
const TERMS_MAX = 12
const SPLITS_MAX = 3
/** All syllables from one letter: `z` has 36, `s` 34. */
const COMPLETIONS_MAX = 48
const INITIALS_LENGTH_MAX = 24

const all = (parts: readonly Expression[]): Expression | null =>
  parts.length > 1 ? { all: parts } : (parts[0] ?? null)

const any = (parts: readonly (Expression | null)[]): Expression | null => {
  const known = parts.filter((part) => part !== null)
  return known.length > 1 ? { any: known } : (known[0] ?? null)
}

const ofTokens = (tokens: readonly string[]): Expression[] =>
  tokens.map((text) => ({ token: text }))

const bigrams = (text: string): string[] => {
  const characters = Array.from(text)
  return characters.slice(1).map((character, index) => (characters[index] ?? '') + character)
}

const hanziGroup = (text: string): Expression | null => {
  const characters = Array.from(text)
  return characters.length === 1
    ? { token: token.hanzi(text) }
    : all(ofTokens([...new Set(bigrams(text))]))
}

const completions = (before: string | null, start: string): Expression | null =>
  any(
    ofTokens(
      syllablesStarting(start)
        .slice(0, COMPLETIONS_MAX)
        .map((syllable) =>
          before === null ? token.syllable(syllable) : token.syllablePair(before, syllable),
        ),
    ),
  )

/** One way of reading the letters; the last syllable may still grow: `zhonggu` is on its way to zhongguo. */
const splitGroup = ({ whole, partial }: SyllableSplit): Expression | null => {
  const closed = partial === null ? whole.slice(0, -1) : whole
  const last = partial ?? whole.at(-1) ?? ''
  if (closed.length === 0) {
    // Two letters of one whole syllable (`li`) would complete to half the catalogue.
    return partial === null && last.length < 3
      ? { token: token.syllable(last) }
      : completions(null, last)
  }
  const parts: (Expression | null)[] = closed
    .slice(1)
    .map((syllable, index) => ({ token: token.syllablePair(closed[index] ?? '', syllable) }))
  parts.push(completions(closed.at(-1) ?? null, last))
  return all(parts.filter((part) => part !== null))
}

/** No syllable begins with i, u or v, so most whole pinyin is no initials. */
const initialsGroup = (word: string): Expression | null => {
  if (!/^[a-hj-tw-z]+$/.test(word) || word.length > INITIALS_LENGTH_MAX) return null
  if (word.length === 1) return { token: token.initialsStart(word) }
  if (word.length === 2) {
    return any(ofTokens([token.initialsStart(word), token.initials(word)]))
  }
  const trigrams = new Set<string>()
  for (let at = 0; at + 3 <= word.length; at += 1) {
    trigrams.add(token.initials(word.slice(at, at + 3)))
  }
  return all(ofTokens([...trigrams]))
}

const pinyinGroup = (word: string, isBesideHanzi: boolean): Expression | null => {
  // One or two letters alone mean initials; beside hanzi they are a syllable on its way.
  const isShort = word.length < 3 && !isBesideHanzi
  return any(
    splitSyllables(word, SPLITS_MAX)
      .filter(({ partial, whole }) => !(isShort && (partial !== null || whole.length > 1)))
      .map(splitGroup),
  )
}

const wordGroup = (word: string, isBesideHanzi: boolean): Expression | null => {
  const characters = Array.from(word)
  const latin: Expression =
    characters.length > EDGE_LENGTH_MAX ? { wordPrefix: word } : { token: token.edge(word) }
  const letters = withoutTones(word) ?? word
  return any([latin, pinyinGroup(letters, isBesideHanzi), initialsGroup(letters)])
}

const isMixed = (folded: string, terms: readonly Run[]): boolean =>
  !folded.includes(' ') && terms.some(({ kind }) => kind === 'hanzi')

const startGroup = (folded: string, terms: readonly Run[]): Expression | null => {
  const [term] = terms
  if (term === undefined) return null
  const [first, second, third] = Array.from(folded.replaceAll(' ', ''))
  if (first === undefined) return null
  const written = token.start(second === undefined ? first : first + second)
  if (term.kind === 'hanzi') {
    const next = second === undefined || third === undefined ? [] : [second + third]
    return all(ofTokens([written, ...next]))
  }
  const letters = withoutTones(term.text) ?? term.text
  const [split] = splitSyllables(letters, 1)
  const syllables = split === undefined ? [] : [...split.whole, split.partial ?? '']
  const spelled = syllables.map((syllable) => syllable.charAt(0)).join('')
  // Two letters typed as initials, or the first letters of two syllables.
  const initials = [...new Set([letters.slice(0, 2), spelled.slice(0, 2)])].filter(Boolean)
  return any(ofTokens([written, ...initials.map(token.initialsStart)]))
}

/** Every character by itself: words run together (`曹雪芹红楼梦`) or turned round are found so. */
const looseGroup = (terms: readonly Run[]): Expression | null => {
  if (!terms.some(({ kind, text }) => kind === 'hanzi' && Array.from(text).length > 1)) return null
  const groups = terms.map(({ kind, text }) =>
    kind === 'hanzi' ? all(ofTokens([...new Set(text)].map(token.hanzi))) : wordGroup(text, false),
  )
  return all(groups.filter((group) => group !== null))
}

function cutTextOf(terms: readonly Run[]): string | null {
  const text = terms.map((term) => term.text).join(' ')
  const cut = terms
    .map((term) => (term.kind === 'hanzi' ? cutRoles(cutPublisher(term.text)) : term.text))
    .join(' ')
    .trim()
  return cut === text || cut === '' ? null : cut
}

const digitsOf = (text: string): string | null => {
  const compact = text.normalize('NFKC').replace(/[\s\-‐‑‒–—−]/g, '')
  return /^\d{4,13}$/.test(compact) ? compact : null
}

const isbnPrefixOf = (text: string): string | null => {
  const digits = digitsOf(text)
  if (digits === null) return null
  if (/^97[89]/.test(digits)) return digits
  // A year is not the start of an ISBN; five digits of one without its 978 are.
  return digits.length >= 5 && digits.length <= 10 ? `978${digits.slice(0, 9)}` : null
}

const classKeyPrefixOf = (text: string): string | null => {
  const { prefix, classNumber } = splitCallNumber(text)
  const letters = classNumber?.toUpperCase() ?? ''
  if (prefix !== null || !/^[A-Z]{1,2}\d[\d.\-=+()A-Z]{0,30}$/.test(letters)) return null
  return classSortKey(letters)
}

export function planQuery(text: string, tables: SearchTables): QueryPlan {
  const bounded = text.slice(0, QUERY_LENGTH_MAX).toWellFormed()
  const folded = foldText(bounded, tables).slice(0, FOLDED_LENGTH_MAX).toWellFormed().trim()
  const terms = runsOf(folded).slice(0, TERMS_MAX)
  const isbn = normaliseIsbn(bounded)
  const besideHanzi = isMixed(folded, terms)
  const groups = terms.map((term) =>
    term.kind === 'hanzi' ? hanziGroup(term.text) : wordGroup(term.text, besideHanzi),
  )
  const trimmed = bounded.trim()
  return {
    folded,
    terms,
    isbn,
    isbnPrefix: isbn === null ? isbnPrefixOf(bounded) : null,
    issn: normaliseIssn(bounded),
    classKeyPrefix: classKeyPrefixOf(bounded),
    recordNumber: recordNumberKey(bounded),
    controlNumber:
      /^[\p{L}\p{N}][\p{L}\p{N} .:_-]{3,59}$/u.test(trimmed) && /\d/.test(trimmed) ? trimmed : null,
    match: all(groups.filter((group) => group !== null)),
    start: startGroup(folded, terms),
    cutText: cutTextOf(terms),
    loose: looseGroup(terms),
  }
}
