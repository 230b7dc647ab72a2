/** A heading as it is being typed ⇄ as the city keeps it. */
import { VARIANTS_MAX } from '../../../domain/authority-records.ts'
import type { Authority, AuthorityKind } from '../../../domain/authority-records.ts'
import { subfieldsFromText } from '../../../domain/marc/heading-key.ts'

export type Fields = Pick<
  Authority,
  'kind' | 'indicators' | 'subfields' | 'variants' | 'seeAlso' | 'note'
>

/** Of a name in Chinese order, of a body by its name; subjects have none. */
const INDICATORS: Readonly<Record<AuthorityKind, string>> = {
  person: ' 0',
  corporate: '02',
  subject: '0 ',
  place: '  ',
}

export const newFields = (kind: AuthorityKind): Fields => ({
  kind,
  indicators: INDICATORS[kind],
  subfields: [],
  variants: [],
  seeAlso: [],
  note: null,
})

/** What the form holds: a line a variant. */
export interface Typed {
  readonly heading: string
  readonly variants: string
  readonly seeAlso: string
  readonly note: string
}

const lines = (text: string): string[] =>
  [...new Set(text.split('\n').map((line) => line.trim().slice(0, 200)))]
    .filter((line) => line !== '')
    .slice(0, VARIANTS_MAX)

export const typedToFields = (
  { kind, indicators }: Pick<Fields, 'kind' | 'indicators'>,
  typed: Typed,
): Fields => ({
  kind,
  indicators,
  subfields: [...subfieldsFromText(typed.heading)],
  variants: lines(typed.variants),
  seeAlso: lines(typed.seeAlso),
  note: typed.note.trim() === '' ? null : typed.note.trim(),
})
