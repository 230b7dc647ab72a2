/**
 * Cuts a stream of bytes into ISO 2709 records at 0x1D, whatever the lengths in the leaders say.
 * Memory is bounded by one record: the format's own limit is 99,999 bytes.
 */

export const RECORD_BYTES_MAX = 99_999

const RECORD_TERMINATOR = 0x1d
const FIELD_TERMINATOR = 0x1e
const LEADER_LENGTH = 24
const ENTRY_LENGTH = 12

/** `offset` is the byte position in the file of the record's first byte. */
export type RecordSlice = { readonly offset: number; readonly bytes: Uint8Array }

export type RecordCut =
  | RecordSlice
  | { readonly refused: { readonly offset: number; readonly reason: 'record-too-long' } }

export type RecordSplitter = {
  /** Complete records of this chunk, in order; the chunk is not kept. */
  push: (chunk: Uint8Array) => RecordCut[]
  /** What is left at the end of the file: a record without its terminator, or nothing. */
  end: () => RecordCut[]
}

const digitsAt = (bytes: Uint8Array, from: number, count: number): number => {
  let value = 0
  for (let index = from; index < from + count; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte < 0x30 || byte > 0x39) return -1
    value = value * 10 + byte - 0x30
  }
  return value
}

/**
 * A leader with its directory: a base address that a field terminator ends, and before it entries
 * whose lengths and starts are digits alone. Texts hold no terminators, so no text looks like it.
 */
const isRecordStart = (bytes: Uint8Array, at: number): boolean => {
  if (digitsAt(bytes, at, 5) < 0) return false
  const base = digitsAt(bytes, at + 12, 5)
  const directoryLength = base - 1 - LEADER_LENGTH
  if (directoryLength < ENTRY_LENGTH || directoryLength % ENTRY_LENGTH !== 0) return false
  const end = at + base - 1
  if (bytes[end] !== FIELD_TERMINATOR) return false
  for (let entry = at + LEADER_LENGTH; entry < end; entry += ENTRY_LENGTH) {
    if (digitsAt(bytes, entry + 3, ENTRY_LENGTH - 3) < 0) return false
  }
  return true
}

/**
 * Each field ends where the directory says, and not before: a cut record and the next may together
 * have the length of one (twice in a million records made wrong by chance).
 */
const isAccountedFor = (bytes: Uint8Array): boolean => {
  const base = digitsAt(bytes, 12, 5)
  if (base <= LEADER_LENGTH || bytes[base - 1] !== FIELD_TERMINATOR) return false
  for (let entry = LEADER_LENGTH; entry < base - 1; entry += ENTRY_LENGTH) {
    const length = digitsAt(bytes, entry + 3, 4)
    const start = digitsAt(bytes, entry + 7, 5)
    if (bytes.indexOf(FIELD_TERMINATOR, base + start) !== base + start + length - 1) return false
  }
  return true
}

/**
 * A record that lost its terminator has swallowed those behind it. They are parted wherever a
 * leader with its directory stands, so that only what is truncated is lost.
 */
const partSwallowed = ({ offset, bytes }: RecordSlice): RecordSlice[] => {
  if (digitsAt(bytes, 0, 5) === bytes.length && isAccountedFor(bytes)) return [{ offset, bytes }]
  const parts: RecordSlice[] = []
  let from = 0
  for (let at = 1; at + LEADER_LENGTH < bytes.length; at += 1) {
    if (!isRecordStart(bytes, at)) continue
    parts.push({ offset: offset + from, bytes: bytes.subarray(from, at) })
    from = at
  }
  return [...parts, { offset: offset + from, bytes: bytes.subarray(from) }]
}

/** Line ends, blanks, NUL and Ctrl+Z stand between records of many exports; so do BOMs. */
const isFiller = (byte: number): boolean =>
  byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x00 || byte === 0x1a || byte === 0x09

const BOM = [0xef, 0xbb, 0xbf] as const

const isBom = (bytes: Uint8Array): boolean => BOM.every((byte, index) => bytes[index] === byte)

const joinedOf = (pieces: readonly Uint8Array[], length: number): Uint8Array => {
  const [first] = pieces
  if (first !== undefined && first.length === length) return first
  const joined = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

export const createRecordSplitter = (): RecordSplitter => {
  let pending: Uint8Array[] = []
  let pendingLength = 0
  let pendingOffset = 0
  let position = 0
  let isTooLong = false

  const take = (): RecordCut[] => {
    const offset = pendingOffset
    if (isTooLong) {
      isTooLong = false
      return [{ refused: { offset, reason: 'record-too-long' } }]
    }
    const joined = joinedOf(pending, pendingLength)
    pending = []
    pendingLength = 0
    // Files glued together bring their marks along.
    const start = isBom(joined) ? BOM.length : 0
    const bytes = joined.subarray(start)
    return bytes.length === 0 ? [] : partSwallowed({ offset: offset + start, bytes })
  }

  const keep = (piece: Uint8Array): void => {
    if (isTooLong || piece.length === 0) return
    pendingLength += piece.length
    // Two records may be joined by a lost terminator: each of them may be as long as the format allows.
    if (pendingLength > 2 * RECORD_BYTES_MAX) {
      isTooLong = true
      pending = []
      pendingLength = 0
    } else pending.push(piece)
  }

  const push = (given: Uint8Array): RecordCut[] => {
    // The caller may use its buffer again. One copy for all records that are cut out of it.
    const chunk = new Uint8Array(given)
    const cuts: RecordCut[] = []
    let at = 0
    while (at < chunk.length) {
      if (pendingLength === 0 && !isTooLong) {
        while (at < chunk.length && isFiller(chunk[at] ?? 0)) at += 1
        pendingOffset = position + at
        if (at === chunk.length) break
      }
      const terminator = chunk.indexOf(RECORD_TERMINATOR, at)
      const end = terminator === -1 ? chunk.length : terminator + 1
      keep(chunk.subarray(at, end))
      at = end
      if (terminator !== -1) cuts.push(...take())
    }
    position += chunk.length
    return cuts
  }

  return { push, end: () => (pendingLength > 0 || isTooLong ? take() : []) }
}
