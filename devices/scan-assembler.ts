/**
 * Pieces of reports → whole codes. One state per device; pure, bounded, never throws.
 *
 * The caller gives each event to `assemble` and, whenever the state holds pieces, calls `flush`
 * FLUSH_MS after the last one.
 */
import {
  CODE_LENGTH_MAX,
  foldFullWidth,
  hasControlCharacter,
  stripTerminators,
} from '../domain/words/code-text.ts'
import { SCAN_LENGTH_MAX } from '../domain/words/classify-scan.ts'
import type { DeviceKey } from './hid-port.ts'
import type { ReaderEvent } from './models/reader-model.ts'

/** Copies of the Honeywell firmware announce a piece that never comes; silence this long ends it. */
export const FLUSH_MS = 150
export const CHUNKS_MAX = 7
export const BYTES_MAX = 1024

export interface Scan {
  /** Decoded, terminators stripped, full-width digits folded. Not trimmed, not classified. */
  readonly text: string
  /** As the device sent it. */
  readonly raw: Uint8Array
  /** AIM identifier (`]C0`), null where the device reports none. */
  readonly aim: string | null
  readonly reader: DeviceKey
  readonly at: number
}

export type ScanEncoding = 'utf-8' | 'gb18030' | 'latin-1'

/** Tried in order; Latin-1 accepts anything and so belongs at the end. */
export const DEFAULT_ENCODINGS: readonly ScanEncoding[] = ['utf-8', 'gb18030', 'latin-1']

export interface AssemblerState {
  readonly reader: DeviceKey
  readonly encodings: readonly ScanEncoding[]
  readonly chunks: readonly Uint8Array[]
  readonly byteCount: number
  readonly aim: string | null
  readonly lastAt: number
  /** Too long already: the rest of this code is swallowed up to its end. */
  readonly isOverflowed: boolean
  /** The last piece filled its report, so the code may have ended there unsaid. */
  readonly mayHaveEnded: boolean
}

export type RefusedReason = 'empty' | 'too-long' | 'control-character' | 'undecodable'

/** What happened that is not a scan. All are shown to staff or counted; none is silent. */
export type AssemblyNotice =
  /** More pieces or bytes than a code may have; nothing of it is delivered. */
  | { readonly kind: 'overflow'; readonly byteCount: number }
  | {
      readonly kind: 'partial-discarded'
      readonly byteCount: number
      readonly reason: 'gone' | 'silence' | 'interrupted'
    }
  | { readonly kind: 'refused'; readonly reason: RefusedReason; readonly byteCount: number }
  /** The count byte of a report lied; the code was cut to what the report holds. */
  | { readonly kind: 'clamped' }
  /** Delivered, but its device announced a further piece: the firmware bug named at FLUSH_MS. */
  | { readonly kind: 'ended-by-silence' }

export type AssemblyStep = readonly [AssemblerState, Scan | null, readonly AssemblyNotice[]]

export const emptyAssembler = (
  reader: DeviceKey,
  encodings: readonly ScanEncoding[] = DEFAULT_ENCODINGS,
): AssemblerState => ({
  reader,
  encodings,
  chunks: [],
  byteCount: 0,
  aim: null,
  lastAt: 0,
  isOverflowed: false,
  mayHaveEnded: false,
})

const emptied = (state: AssemblerState): AssemblerState =>
  emptyAssembler(state.reader, state.encodings)

/** True while a flush is owed. */
export const holdsPieces = (state: AssemblerState): boolean =>
  state.chunks.length > 0 || state.isOverflowed

const joined = (state: AssemblerState): Uint8Array => {
  const whole = new Uint8Array(state.byteCount)
  let at = 0
  for (const chunk of state.chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

const DECODERS = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  gb18030: new TextDecoder('gb18030', { fatal: true }),
}

/** null where no encoding of the list fits. */
export const decodeScan = (
  bytes: Uint8Array,
  encodings: readonly ScanEncoding[],
): string | null => {
  for (const encoding of encodings) {
    // The platform's "latin1" is windows-1252; the true one maps each byte to its own code point.
    if (encoding === 'latin-1') {
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
    }
    try {
      return DECODERS[encoding].decode(bytes)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return null
}

// Symbologies that hold more than a label: QR, Data Matrix, PDF417, Aztec, Han Xin.
const LONG_SYMBOLOGY = /^\][QdLzh]/

const refusalOf = (text: string | null, aim: string | null): RefusedReason | null => {
  if (text === null) return 'undecodable'
  if (text.trim() === '') return 'empty'
  if (hasControlCharacter(text)) return 'control-character'
  // Without an identifier the device may have read a QR code, so only the larger bound is certain.
  const lengthMax = aim === null || LONG_SYMBOLOGY.test(aim) ? SCAN_LENGTH_MAX : CODE_LENGTH_MAX
  return text.length > lengthMax ? 'too-long' : null
}

const completed = (
  state: AssemblerState,
  atMs: number,
  notices: readonly AssemblyNotice[],
): AssemblyStep => {
  if (state.isOverflowed) return [emptied(state), null, notices]
  const raw = joined(state)
  const decoded = decodeScan(raw, state.encodings)
  const text = decoded === null ? null : foldFullWidth(stripTerminators(decoded))
  const reason = refusalOf(text, state.aim)
  if (text === null || reason !== null) {
    const refused: AssemblyNotice = {
      kind: 'refused',
      reason: reason ?? 'undecodable',
      byteCount: raw.length,
    }
    return [emptied(state), null, [...notices, refused]]
  }
  return [emptied(state), { text, raw, aim: state.aim, reader: state.reader, at: atMs }, notices]
}

const discarded = (
  state: AssemblerState,
  reason: 'gone' | 'silence' | 'interrupted',
): readonly AssemblyNotice[] =>
  state.chunks.length === 0
    ? []
    : [{ kind: 'partial-discarded', byteCount: state.byteCount, reason }]

/**
 * One event of this device. A report that is not part of a code changes nothing. A piece that comes
 * after the silence limit, or in another symbology, never joins the pieces before it.
 */
export const assemble = (state: AssemblerState, event: ReaderEvent, atMs: number): AssemblyStep => {
  if (event.kind === 'ignored') return [state, null, []]
  const isOther = event.aim !== null && state.aim !== null && event.aim !== state.aim
  const isLate = holdsPieces(state) && atMs - state.lastAt > FLUSH_MS
  const isFresh = isOther || isLate
  const before = isFresh ? emptied(state) : state
  const notices: AssemblyNotice[] = isFresh
    ? [...discarded(state, isLate ? 'silence' : 'interrupted')]
    : []
  if (event.isClamped) notices.push({ kind: 'clamped' })

  const byteCount = before.byteCount + event.bytes.length
  const isOver = before.chunks.length + 1 > CHUNKS_MAX || byteCount > BYTES_MAX
  if (isOver && !before.isOverflowed) notices.push({ kind: 'overflow', byteCount })
  const isOverflowed = before.isOverflowed || isOver
  const next: AssemblerState = {
    ...before,
    chunks: isOverflowed ? [] : [...before.chunks, event.bytes],
    byteCount: isOverflowed ? 0 : byteCount,
    aim: before.aim ?? event.aim,
    lastAt: atMs,
    isOverflowed,
    mayHaveEnded: event.isFull,
  }
  return event.isContinued ? [next, null, notices] : completed(next, atMs, notices)
}

/**
 * Call when nothing came for FLUSH_MS. A code whose last report was full is delivered; a shorter
 * one that still promised more lost its end and is discarded. Before the limit nothing changes.
 */
export const flush = (state: AssemblerState, atMs: number): AssemblyStep => {
  if (!holdsPieces(state) || atMs - state.lastAt < FLUSH_MS) return [state, null, []]
  if (state.isOverflowed) return [emptied(state), null, []]
  if (!state.mayHaveEnded) return [emptied(state), null, discarded(state, 'silence')]
  return completed(state, atMs, [{ kind: 'ended-by-silence' }])
}

/** The device went: its unfinished code goes with it. */
export const abandon = (state: AssemblerState): AssemblyStep => [
  emptied(state),
  null,
  discarded(state, 'gone'),
]
