/** The texts of a brief, and the conversions shared by the two families of formats. */

export type RecordAudience = 'juvenile' | 'general' | 'adult'

/** What differs between the two families of formats. */
export type BriefText = {
  controlNumber: string | null
  title: string | null
  otherTitle: string | null
  parallelTitle: string | null
  /** Part numbers and names. */
  volume: string | null
  /** First statement of responsibility (CNMARC) or main entry (MARC21). */
  author: string | null
  otherAuthors: string[]
  publisher: string | null
  place: string | null
  /** Four digits. */
  year: string | null
  unifiedBookNumber: string | null
  /** As written: `CNY68.00`. */
  price: string | null
  /** ISO 639-2. */
  language: string | null
  clc: string | null
  subjects: string[]
  series: string | null
  edition: string | null
  extent: string | null
  pinyinTitle: string | null
  audience: RecordAudience | null
}

/**
 * Non-sorting marks around a leading article: U+0098/U+009C (Unicode), or U+0088/U+0089 where
 * ISO 6630 controls were carried over unmapped.
 */
const NON_SORTING = /[\u0088\u0089\u0098\u009c]/g
/** Most values have none of these and are plain as they are. */
const UNPLAIN = /[\s\u0088\u0089\u0098\u009c]/

/** Trimmed, inner runs of blanks as one; null where nothing is left. */
export const plainText = (value: string | null): string | null => {
  if (value === null || value === '') return null
  if (!UNPLAIN.test(value)) return value
  const plain = value.replace(NON_SORTING, '').replace(/\s+/g, ' ').trim()
  return plain === '' ? null : plain
}

export const joinText = (values: readonly (string | null)[], separator: string): string | null =>
  plainText(
    values
      .map(plainText)
      .filter((value) => value !== null)
      .join(separator),
  )

export const plainTexts = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.map(plainText).filter((value) => value !== null)),
]

/** `2012.06`, `c1990.`, `[1996?]`, `２０１２`: the first four digits of a believable year. */
export const yearIn = (value: string | null): string | null =>
  /(?<!\d)(?:1[0-9]|20)\d{2}(?!\d)/.exec((value ?? '').normalize('NFKC'))?.[0] ?? null

export const hasHan = (value: string): boolean => /\p{Script=Han}/u.test(value)
