/** The tables as title records. Popularity falls along each table like 1/rank. */
import type { Title } from '../../domain/records.ts'
import { TitleId } from '../../domain/words/ids.ts'
import { sampleIsbn } from './sample-isbn.ts'
import { issnByTitle } from './titles/periodicals.ts'
import { sampleShelves } from './titles/sample-shelves.ts'
import { subjectsOf } from './titles/subjects.ts'
import type { TitleRow, TitleShelf } from './titles/title-row.ts'

export interface SampleTitle {
  readonly title: Title
  readonly shelf: TitleShelf
  /** Place in its table, from 0. */
  readonly rank: number
}

/** China's publishers print ISBNs since 1987, the English-speaking ones since about 1970. */
const isbnSince = (language: string): number => (language === 'chi' ? 1987 : 1970)

const namesRole = /(?:编|编著|编绘|注|注译|校释|校理|校证|导演|作曲|改编|绘|图|修订|著|选|集录|续)$/

const inRole = (name: string, role: string): string =>
  namesRole.test(name) || name.endsWith('译') ? name : name + role

function statementOf(row: TitleRow): string | null {
  const [, author, translator, , , , language] = row
  if ((language ?? 'chi') !== 'chi') return author
  const parts: string[] = []
  if (author !== null) parts.push(inRole(author, '著'))
  if (translator !== null) parts.push(inRole(translator, '译'))
  return parts.length === 0 ? null : parts.join('；')
}

/** Numbers within a publisher, a stand-in for the registrant's title number. */
class IsbnRegister {
  readonly #counts = new Map<string, { registrant: number; issued: number }>()

  next(publisher: string): string {
    const held = this.#counts.get(publisher) ?? { registrant: this.#counts.size, issued: 0 }
    held.issued += 1
    this.#counts.set(publisher, held)
    return sampleIsbn('6', held.registrant * 10_000 + held.issued)
  }
}

const loansAt = (shelf: TitleShelf, rank: number): number =>
  Math.max(1, Math.round(shelf.loansMax / (rank + 1) ** 0.85))

export function sampleTitles(): SampleTitle[] {
  const isbns = new IsbnRegister()
  const placed = sampleShelves.flatMap((shelf) =>
    shelf.rows.map((row, rank) => ({ shelf, row, rank })),
  )
  return placed.map(({ shelf, row, rank }, index) => {
    const [name, , , publisher, year, clc, language = 'chi', kind = 'book', audience = 'general'] =
      row
    const number = String(index + 1).padStart(4, '0')
    const hasIsbn = kind === 'book' && Number(year) >= isbnSince(language)
    const title: Title = {
      id: TitleId.parse(`ttl-${number}`),
      controlNumber: `SAMPLE${number}`,
      title: name,
      otherTitle: null,
      author: statementOf(row),
      publisher,
      year,
      isbns: hasIsbn ? [isbns.next(publisher)] : [],
      issn: kind === 'serial' ? (issnByTitle.get(name) ?? null) : null,
      clc,
      language,
      subjects: subjectsOf(clc),
      series: null,
      pinyin: null,
      kind,
      audience,
      loansCount: loansAt(shelf, rank),
    }
    return { title, shelf, rank }
  })
}
