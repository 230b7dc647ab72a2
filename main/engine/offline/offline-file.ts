/** The bytes of another system's offline file → its lines, or why it is none. Bounded; never throws. */
import { createHash } from 'node:crypto'
import type { OfflineRefusal } from '../../../contract/offline-shapes.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'
import { OfflineLineId } from '../../../domain/words/ids.ts'
import { readOfflineLine } from './offline-lines.ts'
import type { OfflineLine } from './offline-lines.ts'

/** A day at a desk is some 500 lines of 60 bytes. */
export const OFFLINE_BYTES_MAX = 8 * 1024 ** 2
export const OFFLINE_LINES_MAX = 20_000
/** Evergreen's registrations are the longest, at some 3,000 letters. */
const LINE_LETTERS_MAX = 20_000

export interface NumberedLine {
  /** In the file, from 1. */
  readonly line: number
  readonly id: OfflineLineId
  readonly read: Exclude<OfflineLine, { readonly is: 'header' }>
}

export interface OfflineFileLines {
  readonly lines: readonly NumberedLine[]
  /** The last line ends nowhere and cannot be read: the copy was interrupted. */
  readonly isCutOff: boolean
}

export function readOfflineFile(
  bytes: Uint8Array,
): OfflineFileLines | { readonly refusal: OfflineRefusal } {
  if (bytes.length > OFFLINE_BYTES_MAX) return { refusal: 'too-large' }
  // Neither format has one; a picture, a spreadsheet and UTF-16 have.
  if (bytes.includes(0)) return { refusal: 'not-offline-file' }
  const text = new TextDecoder('utf-8').decode(bytes)
  const texts = text.split(/\r\n|\n|\r/)
  if (texts.length > OFFLINE_LINES_MAX + 1) return { refusal: 'too-many-lines' }
  const lines: NumberedLine[] = []
  let known = 0
  for (const [index, one] of texts.entries()) {
    if (one.trim() === '') continue
    const read = readBounded(one)
    if (read.is === 'unusable' && read.reason === 'koc-version') return { refusal: 'koc-version' }
    if (read.is === 'header') {
      known += 1
      continue
    }
    if (read.is !== 'unusable') known += 1
    lines.push({ line: index + 1, id: lineIdOf(one), read })
  }
  if (known === 0) return { refusal: lines.length === 0 ? 'empty' : 'not-offline-file' }
  if (lines.length === 0) return { refusal: 'empty' }
  const endsWell = (texts.at(-1) ?? '').trim() === ''
  return { lines, isCutOff: !endsWell && lines.at(-1)?.read.is === 'unusable' }
}

const readBounded = (text: string): OfflineLine =>
  text.length > LINE_LETTERS_MAX
    ? { is: 'unusable', reason: 'line-too-long' }
    : readOfflineLine(text)

/** The files have no ids: the line itself is one, whatever its file is called and its lines end with. */
export const lineIdOf = (text: string): OfflineLineId =>
  OfflineLineId.parse(createHash('sha256').update(text.trim()).digest('hex').slice(0, 40))

export const timeOf = (read: OfflineLine): EpochMs | null =>
  'happenedAt' in read ? read.happenedAt : null
