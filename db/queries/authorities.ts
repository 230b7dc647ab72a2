/**
 * Headings of the city. A city keeps some thousands: they are read through, a few milliseconds for ten
 * thousand, and no index is kept of their variants.
 */
import type { Authority, AuthorityKind } from '../../domain/authority-records.ts'
import { fieldKeys, headingKey, kindOfTag } from '../../domain/marc/heading-key.ts'
import type { BibField } from '../../domain/marc/bib-fields.ts'
import type { AskedAt, Stores } from './stores.ts'

type OfReplica = Pick<Stores, 'replica'>

interface Sought {
  readonly text: string
  readonly kind: AuthorityKind | null
  readonly limit: number
}

/** Keys hold letters and digits alone: none of them reaches from one variant into the next. */
const LIKE = `(? IS NULL OR kind = ?) AND (instr(headingKey, ?) > 0 OR instr(variantKeys, ?) > 0)`

/** In the order of their headings. */
export function authorities(
  { replica: { rows } }: OfReplica,
  { text, kind, limit }: Sought,
  _asked: AskedAt,
): { readonly rows: readonly Authority[]; readonly total: number } {
  const key = headingKey(text)
  const sought = [kind, kind, key, key]
  const [counted] = rows.raw(`SELECT count(*) AS total FROM authority WHERE ${LIKE}`, ...sought)
  const found = rows.select(
    'authority',
    `WHERE ${LIKE} ORDER BY headingKey, id LIMIT ?`,
    ...sought,
    limit,
  )
  return { rows: found, total: Number(counted?.['total'] ?? 0) }
}

const VARIANT_MIN = 2

/** The headings that a text is a variant of; none for a text of one character. */
export function headingsOfVariant(
  { replica: { rows } }: OfReplica,
  { text }: { readonly text: string },
  _asked: AskedAt,
): readonly Authority[] {
  const key = headingKey(text)
  return key.length < VARIANT_MIN
    ? []
    : rows.select(
        'authority',
        `WHERE instr(variantKeys, ?) > 0 ORDER BY headingKey, id LIMIT 5`,
        `"${key}"`,
      )
}

interface UsedVariant {
  readonly index: number
  /** As the record has it. */
  readonly written: string
  readonly authority: Authority
}

/** A field that is written as the heading of one is none, though it be a variant of another. */
export function variantsUsed(
  stores: OfReplica,
  { fields }: { readonly fields: readonly Pick<BibField, 'tag' | 'subfields'>[] },
  asked: AskedAt,
): readonly UsedVariant[] {
  const { rows } = stores.replica
  return fields.flatMap(({ tag, subfields }, index) => {
    const kind = kindOfTag(tag)
    if (kind === null) return []
    const keys = fieldKeys({ subfields })
    const isKept = keys.some((key) =>
      rows.find('authoritiesByHeading', [key]).some((one) => one.kind === kind),
    )
    if (isKept) return []
    const led = keys.flatMap((text) => headingsOfVariant(stores, { text }, asked))
    const authority = led.find((one) => one.kind === kind)
    if (authority === undefined) return []
    const written = subfields.find(({ code }) => code === 'a')?.value ?? ''
    return [{ index, written, authority }]
  })
}
