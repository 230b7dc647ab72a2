/** What somebody looks for in other catalogues, and how each is asked for it. */
import type { CopyAccess, CopyTarget } from '../copying-records.ts'
import { isbn13To10, normaliseIsbn } from '../words/isbn.ts'
import { normaliseIssn } from '../words/issn.ts'

export interface CopyWish {
  readonly by: CopyAccess
  /** ISBN in 13 digits, ISSN with its hyphen, or words. */
  readonly text: string
}

const WORDS_LENGTH_MAX = 200
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]+/g

/** What was typed or scanned: a number where it is one, else words of a title. Null where empty. */
export function copyWishOf(typed: string): CopyWish | null {
  const isbn = normaliseIsbn(typed)
  if (isbn !== null) return { by: 'isbn', text: isbn }
  const issn = normaliseIssn(typed)
  if (issn !== null) return { by: 'issn', text: issn }
  return wordsWish('title', typed)
}

/** Null where nothing is left. */
export function wordsWish(by: 'title' | 'author', typed: string): CopyWish | null {
  const text = typed.toWellFormed().replace(CONTROLS, ' ').trim().slice(0, WORDS_LENGTH_MAX)
  return text === '' ? null : { by, text: text.toWellFormed() }
}

/** A catalogue may have either form of an ISBN, and is asked for both. */
const formsOf = ({ by, text }: CopyWish): readonly string[] => {
  if (by !== 'isbn') return [text]
  const short = isbn13To10(text)
  return short === null ? [text] : [text, short]
}

/** CQL for SRU; null where this catalogue cannot be asked so. */
export function cqlOf(wish: CopyWish, { indexes }: Pick<CopyTarget, 'indexes'>): string | null {
  const index = indexes[wish.by]
  if (index === null) return null
  const isWords = wish.by === 'title' || wish.by === 'author'
  return formsOf(wish)
    .map((form) => `${index} ${isWords ? 'all' : '='} ${quotedCql(form)}`)
    .join(' or ')
}

/** Wildcards and anchors are letters here: nobody means them by typing a title. */
const quotedCql = (text: string): string => `"${text.replace(/["\\*?^]/g, '\\$&')}"`

/** PQF for Z39.50; null where this catalogue cannot be asked so. */
export function pqfOf(wish: CopyWish, { indexes }: Pick<CopyTarget, 'indexes'>): string | null {
  const use = indexes[wish.by]
  if (use === null || !/^\d{1,5}$/.test(use)) return null
  const isWords = wish.by === 'title' || wish.by === 'author'
  // 4=6: a list of words, in any order; numbers stand as they are.
  const structure = isWords ? ' @attr 4=6' : ''
  const [first = '', ...others] = formsOf(wish).map(
    (form) => `@attr 1=${use}${structure} ${quotedPqf(form)}`,
  )
  return others.reduce((query, one) => `@or ${query} ${one}`, first)
}

const quotedPqf = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** The largest number of records that one catalogue is asked for. */
export const COPY_RECORDS_MAX = 10

/** The address of an SRU search. Throws (a defect) where the target's address is none. */
export function sruUrl(
  { address, version, schema }: Pick<CopyTarget, 'address' | 'version' | 'schema'>,
  cql: string,
): string {
  const told = new Map([
    ['version', version],
    ['operation', 'searchRetrieve'],
    ['query', cql],
    ['startRecord', '1'],
    ['maximumRecords', String(COPY_RECORDS_MAX)],
    ['recordPacking', 'xml'],
    ['recordSchema', schema],
  ])
  const parts = [...told].map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  // Some addresses name their database behind a `?` (`…/sru?database=x`).
  return `${address}${address.includes('?') ? '&' : '?'}${parts.join('&')}`
}

const SRU_ADDRESS =
  /^https?:\/\/(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::\d{1,5})?(?:\/[^\s#"<>\\^`{|}]*)?$/
const Z3950_ADDRESS = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*)(?::\d{1,5})?\/[A-Za-z0-9][\w./-]*$/

/** Neither a user's name nor a blank hides in an address, and none begins like an option. */
export const isCopyAddress = ({ kind, address }: Pick<CopyTarget, 'kind' | 'address'>): boolean =>
  (kind === 'sru' ? SRU_ADDRESS : Z3950_ADDRESS).test(address)

/** Each index is of the kind that this protocol knows. */
export const areCopyIndexes = ({
  kind,
  indexes,
}: Pick<CopyTarget, 'kind' | 'indexes'>): boolean => {
  const told = Object.values(indexes).filter((index) => index !== null)
  const fits = kind === 'sru' ? /^[A-Za-z]/ : /^\d{1,5}$/
  return told.length > 0 && told.every((index) => fits.test(index))
}
