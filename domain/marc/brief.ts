/**
 * What a desk shows and searches of a bibliographic record. Texts are without ISBD punctuation and
 * without non-sorting marks; `null` means the record does not say.
 */
import { normaliseIsbn } from '../words/isbn.ts'
import { normaliseIssn } from '../words/issn.ts'
import { briefFromMarc21 } from './brief-marc21.ts'
import type { BriefText } from './brief-text.ts'
import { briefFromUnimarc } from './brief-unimarc.ts'
import { allValues } from './marc-record.ts'
import type { MarcProfileName, MarcRecord } from './marc-record.ts'

export type RecordKind =
  | 'book'
  | 'serial'
  | 'audio'
  | 'video'
  | 'music'
  | 'map'
  | 'e-resource'
  | 'kit'
  | 'other'

export type RecordBrief = BriefText & {
  /** Valid ones, 13 digits, each once, in order. */
  isbns: string[]
  /** As the record has them, valid or not. */
  rawIsbns: string[]
  /** `1234-567X`. */
  issn: string | null
  kind: RecordKind
}

const KINDS_BY_TYPE: ReadonlyMap<string, RecordKind> = new Map([
  ['a', 'book'],
  ['b', 'book'],
  ['c', 'music'],
  ['d', 'music'],
  ['e', 'map'],
  ['f', 'map'],
  ['g', 'video'],
  ['i', 'audio'],
  ['j', 'audio'],
])

/** Leader 6 and 7. `l` and `m` mean electronic and multimedia in UNIMARC; MARC21 has `m` and `o`. */
export const recordKind = (leader: string, profile: MarcProfileName): RecordKind => {
  const type = leader.charAt(6)
  const level = leader.charAt(7)
  const isText = type === 'a' || (profile === 'marc21' && type === 't')
  if (isText && (level === 's' || level === 'i' || (profile === 'marc21' && level === 'b'))) {
    return 'serial'
  }
  if (profile === 'marc21') {
    if (type === 't') return 'book'
    if (type === 'm') return 'e-resource'
    if (type === 'o') return 'kit'
    return type === 'b' ? 'other' : (KINDS_BY_TYPE.get(type) ?? 'other')
  }
  if (type === 'l') return 'e-resource'
  if (type === 'm') return 'kit'
  return KINDS_BY_TYPE.get(type) ?? 'other'
}

export const recordToBrief = (record: MarcRecord, profile: MarcProfileName): RecordBrief => {
  const isMarc21 = profile === 'marc21'
  const rawIsbns = [
    ...new Set(
      allValues(record, isMarc21 ? '020' : '010', 'a')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    ),
  ]
  const valid = rawIsbns.map(normaliseIsbn).filter((isbn) => isbn !== null)
  const issns = allValues(record, isMarc21 ? '022' : '011', 'a').map(normaliseIssn)
  return {
    ...(isMarc21 ? briefFromMarc21(record) : briefFromUnimarc(record)),
    isbns: [...new Set(valid)],
    rawIsbns,
    issn: issns.find((issn) => issn !== null) ?? null,
    kind: recordKind(record.leader, profile),
  }
}
