/**
 * One title of the sample city as a line of a table.
 *
 * The tables state facts about well-known books (title, author, translator, publisher, year). They
 * carry no ISBN: the generator makes one that belongs to nobody (see ../sample-isbn.ts).
 */
import type { Title } from '../../../domain/records.ts'

export type TitleRow = readonly [
  title: string,
  /** As on the title page, with country or dynasty in （ ） and a role (编, 绘) where it is not 著. */
  author: string | null,
  translator: string | null,
  publisher: string,
  year: string,
  clc: string,
  /** ISO 639-2; `chi` where left out. */
  language?: string,
  /** `book` where left out. */
  kind?: Title['kind'],
  /** `general` where left out. */
  audience?: Title['audience'],
]

/** The lines of one subject, the best known first: popularity falls along the table. */
export interface TitleShelf {
  readonly shelfZh: string
  readonly itemType: 'book' | 'periodical' | 'av' | 'braille' | 'reference'
  /** Loans a year of the first title of the table. */
  readonly loansMax: number
  /** List price of a typical volume. */
  readonly priceFen: number
  readonly rows: readonly TitleRow[]
}
