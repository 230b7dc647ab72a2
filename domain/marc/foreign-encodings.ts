/**
 * Encodings that are told apart only to be refused: read as one of ours, a Korean or Japanese record
 * would come in as plausible nonsense.
 */
import { readFrame } from './iso2709.ts'
import { latin1Text } from './latin-1.ts'
import { controlValue, firstValue } from './marc-record.ts'
import type { RecordFrame } from './record-frame.ts'

export type ForeignEncoding = 'encoding-euc-kr' | 'encoding-shift-jis'

const LEADER_LENGTH = 24

const isBetween = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to

type Counts = { telling: number; others: number; strays: number }

/** Kana have two leading bytes of their own, in which GB 18030 keeps rare hanzi. */
const countShiftJis = (bytes: Uint8Array): Counts => {
  const counts = { telling: 0, others: 0, strays: 0 }
  for (let at = LEADER_LENGTH; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    const isPair =
      (isBetween(lead, 0x81, 0x9f) || isBetween(lead, 0xe0, 0xfc)) &&
      isBetween(trail, 0x40, 0xfc) &&
      trail !== 0x7f
    if (!isPair) {
      counts.strays += 1
      continue
    }
    const isKana =
      (lead === 0x82 && isBetween(trail, 0x9f, 0xf1)) ||
      (lead === 0x83 && isBetween(trail, 0x40, 0x96))
    if (isKana) counts.telling += 1
    else counts.others += 1
    at += 1
  }
  return counts
}

/** Hangul stand in rows B0 to C8, where GB 2312 has the hanzi read a to q; hanja behind them. */
const countEucKr = (bytes: Uint8Array): Counts => {
  const counts = { telling: 0, others: 0, strays: 0 }
  for (let at = LEADER_LENGTH; at < bytes.length; at += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[at + 1] ?? 0
    if (!isBetween(lead, 0xa1, 0xfe) || !isBetween(trail, 0xa1, 0xfe)) {
      counts.strays += 1
      continue
    }
    if (isBetween(lead, 0xb0, 0xc8)) counts.telling += 1
    // Signs and Latin letters of full width stand in the same rows of both.
    else if (lead > 0xc8) counts.others += 1
    at += 1
  }
  return counts
}

const LANGUAGE_TAGS: ReadonlySet<string> = new Set(['008', '101'])

/** ISO 639-2, of 101 $a or 008/35-37; null where the record does not say. */
const languageOf = (frame: RecordFrame): string | null => {
  const spans = frame.spans.filter(({ tag }) => LANGUAGE_TAGS.has(tag))
  const { record } = readFrame({ ...frame, spans, rowFrom: null }, latin1Text, null)
  const coded = firstValue(record, '101', 'a') ?? controlValue(record, '008')?.slice(35, 38) ?? ''
  return /^[a-z]{3}$/.test(coded.trim()) ? coded.trim() : null
}

/** Six in ten hanzi of a Chinese text stand in the rows of hangul: forty in a row by chance do not. */
const HANGUL_ALONE_MIN = 40

/** Of a record that is no UTF-8. A record that says it is Chinese is never taken for another. */
export const foreignEncodingOf = (frame: RecordFrame): ForeignEncoding | null => {
  const { bytes } = frame
  const language = languageOf(frame)
  // Nearly every record says what it is in: only of those that do not, each byte is looked at.
  if (language !== null && language !== 'jpn' && language !== 'kor') return null
  if (language !== 'kor' && isShiftJis(countShiftJis(bytes))) return 'encoding-shift-jis'
  return language !== 'jpn' && isEucKr(countEucKr(bytes), language) ? 'encoding-euc-kr' : null
}

const isShiftJis = ({ telling, others, strays }: Counts): boolean =>
  telling >= 3 && telling * 4 >= others && strays * 4 <= telling + others

const isEucKr = ({ telling, others, strays }: Counts, language: 'kor' | null): boolean => {
  if (strays > 0) return false
  if (language === 'kor') return telling >= 2 && telling >= others
  return telling >= HANGUL_ALONE_MIN && others === 0
}
