/**
 * A title ⇄ its one narrow row: most of a search is fetching such rows. What most titles say alike
 * takes no byte, and what can be folded again quickly is not kept folded.
 */
import type { Title } from '../../domain/records.ts'
import type { Phrases } from './phrases.ts'

/** Their places are written in rows: only ever added to. */
const KINDS = [
  'book',
  'serial',
  'audio',
  'video',
  'music',
  'map',
  'e-resource',
  'kit',
  'other',
] as const satisfies readonly Title['kind'][]
const COMMON_LANGUAGE = 'chi'
const COMMON_AUDIENCE = 'general'

/** In the order of the table. */
export interface TitleColumns {
  rank: number
  id: string
  title: string
  author: string | null
  /** A phrase. */
  publisher: number | null
  /** A number where it is four digits. */
  year: string | number | null
  /** The first; a number where it is thirteen digits. */
  isbn: string | number | null
  clc: string | null
  kind: number
  /** See foldingOf. */
  folding: number
  /** Phrases, commas between them. */
  subjects: string | null
  controlNumber: string | null
  loansCount: number
  /** JSON of Rest, cut where only zeros follow. */
  rest: string | null
}

export const TITLE_COLUMNS =
  'rank, id, title, author, publisher, year, isbn, clc, kind, folding, subjects, controlNumber, loansCount, rest'

/** 0: what most titles have; null where there is none. */
type Rest = [
  otherTitle: string | 0,
  otherIsbns: string[] | 0,
  issn: string | 0,
  language: string | null | 0,
  /** A phrase; they are numbered from 1. */
  series: number,
  pinyin: string | 0,
  audience: Title['audience'] | 0,
]
const NO_REST: Rest = [0, 0, 0, 0, 0, 0, 0]

const restOf = (title: Title, phrases: Phrases): string | null => {
  const rest: Rest = [
    title.otherTitle ?? 0,
    title.isbns.length > 1 ? title.isbns.slice(1) : 0,
    title.issn ?? 0,
    title.language === COMMON_LANGUAGE ? 0 : title.language,
    phrases.numberOf(title.series) ?? 0,
    title.pinyin ?? 0,
    title.audience === COMMON_AUDIENCE ? 0 : title.audience,
  ]
  const last = rest.findLastIndex((part) => part !== 0)
  return last === -1 ? null : JSON.stringify(rest.slice(0, last + 1))
}

export const readRest = (rest: string | null): Rest =>
  rest === null ? NO_REST : ([...(JSON.parse(rest) as Rest), ...NO_REST].slice(0, 7) as Rest)

/** What a list of titles is narrowed by. */
export function describedBy(rest: string | null): Pick<Title, 'language' | 'audience'> {
  const [, , , language, , , audience] = readRest(rest)
  return {
    language: language === 0 ? COMMON_LANGUAGE : language,
    audience: audience === 0 ? COMMON_AUDIENCE : audience,
  }
}

const orNull = <T>(value: T | 0): T | null => (value === 0 ? null : value)

const compactYear = (year: string | null): string | number | null =>
  year !== null && /^[1-9]\d{3}$/.test(year) ? Number(year) : year

const compactIsbn = (isbn: string | undefined): string | number | null =>
  isbn !== undefined && /^[1-9]\d{12}$/.test(isbn) ? Number(isbn) : (isbn ?? null)

export const asText = (value: string | number | null): string | null =>
  value === null ? null : String(value)

/**
 * Bit 0: the title folds to itself. Above it: 0 where the author must be folded again, else one more
 * than the letters that are cut off its end (著).
 */
function foldingOf({ title, author }: Title, folded: { title: string; author: string }): number {
  const isTitleItself = title === folded.title ? 1 : 0
  const isAuthorCut = author?.startsWith(folded.author) === true
  const cut = isAuthorCut ? (author?.length ?? 0) - folded.author.length + 1 : 0
  return isTitleItself + 2 * cut
}

export function titleToColumns(
  title: Title,
  rank: number,
  phrases: Phrases,
  folded: { title: string; author: string },
): TitleColumns {
  const subjects = title.subjects.map((subject) => phrases.numberOf(subject)).join(',')
  return {
    rank,
    id: title.id,
    title: title.title,
    author: title.author,
    publisher: phrases.numberOf(title.publisher),
    year: compactYear(title.year),
    isbn: compactIsbn(title.isbns[0]),
    clc: title.clc,
    kind: KINDS.indexOf(title.kind),
    folding: foldingOf(title, folded),
    subjects: subjects === '' ? null : subjects,
    controlNumber: title.controlNumber,
    loansCount: title.loansCount,
    rest: restOf(title, phrases),
  }
}

export const kindOf = (kind: number): Title['kind'] => {
  const known = KINDS[kind]
  if (known === undefined) throw new Error(`no kind ${kind}`)
  return known
}

const subjectsOf = (subjects: string | null, phrases: Phrases): string[] =>
  subjects === null ? [] : subjects.split(',').map((number) => phrases.textOf(Number(number)) ?? '')

export function columnsToTitle(row: TitleColumns, phrases: Phrases): Title {
  const [otherTitle, otherIsbns, issn, , series, pinyin] = readRest(row.rest)
  const isbn = asText(row.isbn)
  return {
    id: row.id as Title['id'],
    controlNumber: row.controlNumber,
    title: row.title,
    otherTitle: orNull(otherTitle),
    author: row.author,
    publisher: phrases.textOf(row.publisher),
    year: asText(row.year),
    isbns: isbn === null ? [] : [isbn, ...(otherIsbns === 0 ? [] : otherIsbns)],
    issn: orNull(issn),
    clc: row.clc,
    ...describedBy(row.rest),
    subjects: subjectsOf(row.subjects, phrases),
    series: phrases.textOf(orNull(series)),
    pinyin: orNull(pinyin),
    kind: kindOf(row.kind),
    loansCount: row.loansCount,
  }
}
