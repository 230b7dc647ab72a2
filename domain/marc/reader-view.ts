/**
 * What readers see of a record: the areas of ISBD in their order, then what leads to it. Coded fields,
 * sources, and what a library keeps for itself (801, 905, 9XX) are for staff.
 */
import { bibToMarcRecord } from './bib-fields.ts'
import { plainText } from './brief-text.ts'
import { isDataField } from './marc-record.ts'
import type { MarcDataField } from './marc-record.ts'
import { READER_LABELS } from './reader-labels.ts'
import type { LineRule, ReaderLabel } from './reader-labels.ts'
import { marc21Lines, marc21Title, withScripts } from './reader-view-marc21.ts'
import { unimarcLines, unimarcTitle } from './reader-view-unimarc.ts'
import type { Bib } from '../records.ts'

export interface ReaderLine {
  readonly label: ReaderLabel
  /** In the order of the record, each once. */
  readonly texts: readonly string[]
}

export interface ReaderView {
  /** Title and statement of responsibility as ISBD writes them; null where the record has none. */
  readonly title: string | null
  readonly lines: readonly ReaderLine[]
}

export function readerView(bib: Pick<Bib, 'leader' | 'fields' | 'profile'>): ReaderView {
  const read = bibToMarcRecord(bib).fields.filter(isDataField)
  const isMarc21 = bib.profile === 'marc21'
  const fields = isMarc21 ? withScripts(read) : read
  const titles = isMarc21 ? marc21Title(fields) : unimarcTitle(fields)
  const lines = linesBy(isMarc21 ? marc21Lines : unimarcLines, fields)
  const [title = null, ...inOtherScripts] = titles
  const told = inOtherScripts.map((text) => ({ label: 'parallel' as const, text }))
  const shown = [...told, ...lines].filter(({ text }) => text !== title)
  return { title, lines: grouped(withoutRepeats(shown, title)) }
}

interface Said {
  readonly label: ReaderLabel
  readonly text: string
}

const linesBy = (rules: readonly LineRule[], fields: readonly MarcDataField[]): Said[] =>
  fields.flatMap((field) =>
    rules.flatMap(({ label, tags, text }) => {
      if (!tags.includes(field.tag)) return []
      const said = plainText(text(field))
      return said === null ? [] : [{ label, text: said }]
    }),
  )

/** A parallel title is noted once more for searching; readers have read it above. */
const withoutRepeats = (lines: readonly Said[], title: string | null): readonly Said[] =>
  lines.filter(
    ({ label, text }) =>
      (label !== 'parallel' && label !== 'variant') || !(title ?? '').includes(text),
  )

const grouped = (lines: readonly Said[]): ReaderLine[] =>
  READER_LABELS.flatMap((label) => {
    const texts = lines.filter((line) => line.label === label).map(({ text }) => text)
    return texts.length === 0 ? [] : [{ label, texts: [...new Set(texts)] }]
  })
