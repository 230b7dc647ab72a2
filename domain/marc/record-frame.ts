/**
 * ISO 2709, one record: where its fields stand. Lengths and starts are bytes in the file's own
 * encoding. Writers that count characters, or files re-encoded after writing, disagree with
 * themselves: such records are framed by separators and say so (reference/domain-cn.md 1.8).
 * Whatever points outside its record or overlaps is refused (reference/security-reliability.md 8).
 */
import { latin1Text } from './latin-1.ts'
import { RECORD_BYTES_MAX } from './record-splitter.ts'

export const FIELDS_MAX = 500
export const FIELD_TERMINATOR = 0x1e

const LEADER_LENGTH = 24
const ENTRY_LENGTH = 12
const RECORD_TERMINATOR = 0x1d
/** As between records. */
const FILLERS: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x20, 0x00, 0x1a, 0x09])
/** One character in one encoding is at most four times as long as in another. */
const ENCODING_SPREAD = 4

export type RecordRefusalReason =
  | 'record-too-long'
  | 'record-too-short'
  | 'terminator-missing'
  | 'length-unreadable'
  | 'length-disagrees'
  | 'directory-unterminated'
  | 'directory-unreadable'
  | 'directory-outside-record'
  | 'fields-overlap'
  | 'fields-too-many'
  | 'field-count-disagrees'

export type RecordWarningCode =
  | 'terminator-missing'
  | 'length-disagrees'
  | 'base-address-disagrees'
  | 'directory-disagrees'
  | 'bytes-outside-directory'
  | 'separator-in-field'
  | 'tag-unusual'
  | 'indicators-unusual'
  | 'subfields-missing'
  | 'leader-not-ascii'

/** `offset` is the byte position in the file; `tag` is null where the whole record is meant. */
export type RecordWarning = {
  readonly code: RecordWarningCode
  readonly offset: number
  readonly tag: string | null
}

export type RecordRefused = {
  readonly refused: { readonly offset: number; readonly reason: RecordRefusalReason }
}

/** A record whose fields are found and not yet read: detection and reading share it. */
export type RecordFrame = {
  readonly bytes: Uint8Array
  readonly offset: number
  readonly leader: string
  readonly spans: readonly FieldSpan[]
  /** Where the fields begin if they stand in a row, each with its terminator; else null. */
  readonly rowFrom: number | null
  readonly warnings: readonly RecordWarning[]
  readonly isRecovered: boolean
}

type DirectoryEntry = { tag: string; length: number; start: number }
export type FieldSpan = { tag: string; from: number; to: number }
type Layout = Pick<RecordFrame, 'spans' | 'rowFrom' | 'isRecovered'> & { warnings: RecordWarning[] }

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  latin1Text(bytes.subarray(from, to))

/** Null where a byte is no digit or stands outside the record. */
const numberAt = (bytes: Uint8Array, from: number, count: number): number | null => {
  let value = 0
  for (let at = from; at < from + count; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x30 || byte > 0x39) return null
    value = value * 10 + byte - 0x30
  }
  return value
}

/**
 * The thousand tags of digits, each one string: the engine compares strings that it keeps only once
 * by their addresses, and JSON makes such strings of short values. An import compares a thousand
 * tags a record.
 */
const DIGIT_TAGS = JSON.parse(
  JSON.stringify(Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))),
) as readonly string[]

const tagAt = (bytes: Uint8Array, at: number): string =>
  DIGIT_TAGS[numberAt(bytes, at, 3) ?? -1] ??
  String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)

const readDirectory = (bytes: Uint8Array, end: number): DirectoryEntry[] | RecordRefusalReason => {
  if ((end - LEADER_LENGTH) % ENTRY_LENGTH !== 0) return 'directory-unreadable'
  if ((end - LEADER_LENGTH) / ENTRY_LENGTH > FIELDS_MAX) return 'fields-too-many'
  const entries: DirectoryEntry[] = []
  for (let at = LEADER_LENGTH; at < end; at += ENTRY_LENGTH) {
    const length = numberAt(bytes, at + 3, 4)
    const start = numberAt(bytes, at + 7, 5)
    if (length === null || start === null) return 'directory-unreadable'
    entries.push({ tag: tagAt(bytes, at), length, start })
  }
  return entries
}

/** True where the entries, in order of start, follow each other without a gap up to `total`. */
const doTile = (entries: readonly DirectoryEntry[], total: number): boolean => {
  let next = 0
  for (const { start, length } of entries) {
    if (start !== next) return false
    next = start + length
  }
  return next === total
}

const doOverlap = (byStart: readonly DirectoryEntry[]): boolean => {
  let end = 0
  for (const { start, length } of byStart) {
    if (start < end) return true
    end = start + length
  }
  return false
}

/** Spans between field terminators, the terminators not included. */
const segmentsOf = (bytes: Uint8Array, base: number): { from: number; to: number }[] => {
  const end = bytes.length - 1
  const segments: { from: number; to: number }[] = []
  let from = base
  while (from < end) {
    const found = bytes.indexOf(FIELD_TERMINATOR, from)
    const to = found === -1 || found > end ? end : found
    segments.push({ from, to })
    from = to + 1
  }
  return segments
}

const isExact = (bytes: Uint8Array, base: number, entries: readonly DirectoryEntry[]): boolean => {
  for (const { start, length } of entries) {
    const end = base + start + length
    if (length === 0 || end > bytes.length - 1 || bytes[end - 1] !== FIELD_TERMINATOR) return false
  }
  return true
}

const layOutBySeparators = (
  bytes: Uint8Array,
  base: number,
  byStart: readonly DirectoryEntry[],
  entries: readonly DirectoryEntry[],
): FieldSpan[] | RecordRefusalReason => {
  const isOutside = byStart.some(({ start, length }) => base + start + length > bytes.length - 1)
  // Numbers of a longer encoding reach past the end, but they and the leader still tell one story.
  const declared = numberAt(bytes, 0, 5) ?? 0
  if (isOutside && !doTile(byStart, declared - base - 1)) return 'directory-outside-record'
  const segments = segmentsOf(bytes, base)
  if (segments.length !== entries.length) {
    return isOutside ? 'directory-outside-record' : 'field-count-disagrees'
  }
  const spanByEntry = new Map<DirectoryEntry, { from: number; to: number }>()
  for (const [index, entry] of byStart.entries()) {
    const segment = segments[index]
    if (segment !== undefined) spanByEntry.set(entry, segment)
  }
  return entries.flatMap((entry) => {
    const segment = spanByEntry.get(entry)
    return segment === undefined ? [] : [{ tag: entry.tag, ...segment }]
  })
}

const isByStart = (entries: readonly DirectoryEntry[]): boolean =>
  entries.every(({ start }, index) => index === 0 || (entries[index - 1]?.start ?? 0) <= start)

const layOut = (bytes: Uint8Array, offset: number): Layout | RecordRefusalReason => {
  const directoryEnd = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH)
  if (directoryEnd === -1) return 'directory-unterminated'
  const entries = readDirectory(bytes, directoryEnd)
  if (typeof entries === 'string') return entries
  const base = directoryEnd + 1
  const warnings: RecordWarning[] = []
  const warn = (code: RecordWarningCode) => warnings.push({ code, offset, tag: null })
  if (numberAt(bytes, 12, 5) !== base) warn('base-address-disagrees')

  const byStart = isByStart(entries) ? entries : entries.toSorted((a, b) => a.start - b.start)
  if (doOverlap(byStart)) return 'fields-overlap'
  if (isExact(bytes, base, entries)) {
    const covered = entries.reduce((sum, { length }) => sum + length, 0)
    if (covered !== bytes.length - 1 - base) warn('bytes-outside-directory')
    const spans = entries.map(({ tag, start, length }) => ({
      tag,
      from: base + start,
      to: base + start + length - 1,
    }))
    const isRow = byStart === entries && doTile(byStart, bytes.length - 1 - base)
    return { spans, rowFrom: isRow ? base : null, warnings, isRecovered: false }
  }
  const spans = layOutBySeparators(bytes, base, byStart, entries)
  if (typeof spans === 'string') return spans
  warn('directory-disagrees')
  return { spans, rowFrom: null, warnings, isRecovered: true }
}

const sizeFault = (bytes: Uint8Array): RecordRefusalReason | null => {
  if (bytes.length > RECORD_BYTES_MAX) return 'record-too-long'
  return bytes.length < LEADER_LENGTH + 2 ? 'record-too-short' : null
}

/** A length that says nothing is refused (reference/security-reliability.md 8, rows 14 and 15). */
const lengthFault = (bytes: Uint8Array): RecordRefusalReason | null => {
  const declared = numberAt(bytes, 0, 5)
  if (declared === null || declared === 0) return 'length-unreadable'
  if (declared === bytes.length) return null
  // 99999 is what writers put when the length does not fit: it says nothing about these bytes.
  const isUnbelievable =
    declared === RECORD_BYTES_MAX ||
    declared > ENCODING_SPREAD * bytes.length ||
    bytes.length > ENCODING_SPREAD * declared
  return isUnbelievable ? 'length-disagrees' : null
}

/** With its terminator where only that is lost; blanks and line ends may stand in its place. */
const withTerminator = (bytes: Uint8Array): Uint8Array | null => {
  const end = bytes.findLastIndex((byte) => !FILLERS.has(byte)) + 1
  if (bytes[end - 1] !== FIELD_TERMINATOR) return null
  const whole = new Uint8Array(end + 1)
  whole.set(bytes.subarray(0, end))
  whole[end] = RECORD_TERMINATOR
  return whole
}

/** The directory and the separators tell one story to the last byte. */
const isWhole = ({ isRecovered, warnings }: Layout): boolean =>
  !isRecovered && !warnings.some(({ code }) => code === 'bytes-outside-directory')

/**
 * Never throws and never reads past the slice of `createRecordSplitter`. A lost
 * terminator is forgiven only where the directory accounts for every byte.
 */
export const frameRecord = (slice: Uint8Array, offset: number): RecordFrame | RecordRefused => {
  const refuse = (reason: RecordRefusalReason): RecordRefused => ({ refused: { offset, reason } })
  const size = sizeFault(slice)
  if (size !== null) return refuse(size)
  const hasTerminator = slice.at(-1) === RECORD_TERMINATOR
  const bytes = hasTerminator ? slice : withTerminator(slice)
  if (bytes === null) return refuse('terminator-missing')
  const fault = lengthFault(bytes)
  if (fault !== null) return refuse(fault)
  const layout = layOut(bytes, offset)
  if (!hasTerminator && (typeof layout === 'string' || !isWhole(layout))) {
    return refuse('terminator-missing')
  }
  if (typeof layout === 'string') return refuse(layout)

  const warnings: RecordWarning[] = []
  if (!hasTerminator) warnings.push({ code: 'terminator-missing', offset, tag: null })
  const isLengthWrong = numberAt(bytes, 0, 5) !== bytes.length
  if (isLengthWrong) warnings.push({ code: 'length-disagrees', offset, tag: null })
  warnings.push(...layout.warnings)
  const leader = latin1(bytes, 0, LEADER_LENGTH)
  if (!/^[\x20-\x7e]*$/.test(leader)) {
    warnings.push({ code: 'leader-not-ascii', offset, tag: null })
  }
  return {
    bytes,
    offset,
    leader,
    spans: layout.spans,
    rowFrom: layout.rowFrom,
    warnings,
    isRecovered: layout.isRecovered || isLengthWrong || !hasTerminator,
  }
}
