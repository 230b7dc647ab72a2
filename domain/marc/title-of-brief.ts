/** What a record says in brief → the title of the catalogue, within its bounds. */
import type { Title } from '../records.ts'
import type { RecordBrief } from './brief.ts'

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** Well-formed, without control characters, cut at `lengthMax`. `cut` is told when it was cut. */
export function boundedText(
  text: string | null,
  lengthMax: number,
  cut: () => void,
): string | null {
  if (text === null) return null
  const plain = text.toWellFormed().replace(CONTROLS, ' ')
  if (plain.length <= lengthMax) return plain
  cut()
  return plain.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, '')
}

const joined = (parts: readonly (string | null)[], separator: string): string | null => {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(separator)
}

/** Null where the record has no title. `cut` is told the fields that were too long. */
export function titleOfBrief(
  brief: RecordBrief,
  cut: (field: string) => void,
): Omit<Title, 'id'> | null {
  const text = (field: string, value: string | null, lengthMax: number): string | null =>
    boundedText(value, lengthMax, () => cut(field))
  const title = text('title', joined([brief.title, brief.volume], '. '), 2000)
  if (title === null || title.trim() === '') return null
  return {
    controlNumber: text('control-number', brief.controlNumber, 60),
    title,
    otherTitle: text('other-title', joined([brief.otherTitle, brief.parallelTitle], ' = '), 2000),
    author: text('author', joined([brief.author, ...brief.otherAuthors], '; '), 1000),
    publisher: text('publisher', brief.publisher, 500),
    year: text('year', brief.year, 20),
    isbns: brief.isbns.slice(0, 50),
    issn: brief.issn,
    clc: text('class', brief.clc, 100),
    language: text('language', brief.language, 10),
    subjects: brief.subjects.slice(0, 100).map((subject) => text('subject', subject, 300) ?? ''),
    series: text('series', brief.series, 1000),
    pinyin: text('pinyin', brief.pinyinTitle, 4000),
    kind: brief.kind,
    audience: brief.audience ?? 'general',
    loansCount: 0,
  }
}
