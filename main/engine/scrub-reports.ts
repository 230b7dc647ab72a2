/**
 * Replaces in recorded reports what names a reader or an item. Lengths, symbologies, pieces and
 * report layout stay, and the same code becomes the same replacement, so the recording still shows
 * what a reader model must cope with.
 */
import type { CapturedReport } from '../../devices/capture.ts'
import { hexToBytes } from '../../devices/capture.ts'
import type { HidInfo } from '../../devices/hid-port.ts'
import { deviceKey } from '../../devices/hid-port.ts'
import { chooseModel } from '../../devices/models/index.ts'
import type { ReaderModel } from '../../devices/models/reader-model.ts'
import { parseReportDescriptor } from '../../devices/report-descriptor.ts'
import type { ReportDescriptor } from '../../devices/report-descriptor.ts'
import {
  assemble,
  emptyAssembler,
  flush,
  FLUSH_MS,
  holdsPieces,
} from '../../devices/scan-assembler.ts'
import type { AssemblyStep, Scan } from '../../devices/scan-assembler.ts'
import { classifyScan, defaultScanPolicy } from '../../domain/words/classify-scan.ts'
import type { ScanKind } from '../../domain/words/classify-scan.ts'

/** Where the bytes of one piece lie. */
interface Piece {
  readonly report: Uint8Array
  readonly at: number
  readonly length: number
}

/** Characters at the beginning that say what a code is and of which network, not which one. */
const KEPT: Partial<Record<ScanKind, number>> = {
  item: 6,
  'reader-card': 4,
  'virtual-card': 5,
  'staff-badge': 5,
  ticket: 5,
}
/** Printed on every copy of a book, or on furniture. */
const PUBLIC_KINDS: ReadonlySet<ScanKind> = new Set(['isbn', 'issn', 'kiosk', 'bin'])
/** Cards from before the unified service have eight digits and no network among them. */
const OLD_CARD_LENGTH = 8
/** Shorter runs of letters and digits outside a code are counts, identifiers, chance. */
const RUN_MIN = 4

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a
const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a

/** Digits → those of `number`, last first; letters → x; bytes beyond ASCII → x as well. */
const disguise = (bytes: Uint8Array, kept: number, number: number): Uint8Array => {
  const disguised = bytes.slice()
  let rest = number
  for (let n = bytes.length - 1; n >= kept; n -= 1) {
    const byte = bytes[n] ?? 0
    if (isDigit(byte)) {
      disguised[n] = 0x30 + (rest % 10)
      rest = Math.floor(rest / 10)
    } else if (isUpper(byte)) disguised[n] = 0x58
    else if (isLower(byte) || byte >= 0x80) disguised[n] = 0x78
  }
  return disguised
}

/** How much of the code may stay; null: all of it. */
const keptOf = (scan: Scan): number | null => {
  const found = classifyScan(defaultScanPolicy, { text: scan.text, aim: scan.aim })
  const kinds = found.kind === 'ambiguous' ? found.kinds : [found.kind]
  if (kinds.every((kind) => kind !== 'unknown' && PUBLIC_KINDS.has(kind))) return null
  const [kind] = kinds
  // Folded characters have other bytes than the text that was classified.
  const isAsWritten = Buffer.from(scan.raw).toString('latin1').startsWith(scan.text)
  if (!isAsWritten || kinds.length !== 1 || kind === undefined || kind === 'unknown') return 0
  return kind === 'reader-card' && scan.text.length === OLD_CARD_LENGTH ? 0 : (KEPT[kind] ?? 0)
}

const flipped = (report: Uint8Array, at: number): Uint8Array => {
  const copy = report.slice()
  // A bit that neither makes nor unmakes NUL, blank or a count.
  copy[at] = (copy[at] ?? 0) ^ 0x01
  return copy
}

/**
 * Where in its report a piece lies. Equal bytes may stand elsewhere too, so the model is asked: the
 * right place is the one whose change shows as the piece's first byte.
 */
const placeOf = (
  report: Uint8Array,
  chunk: Uint8Array,
  model: ReaderModel,
  descriptor: ReportDescriptor | null,
): number | null => {
  for (let at = 0; at + chunk.length <= report.length; at += 1) {
    if (!chunk.every((byte, n) => report[at + n] === byte)) continue
    const [event] = model.parse(flipped(report, at), descriptor)
    if (event?.kind === 'chunk' && event.bytes[0] === ((chunk[0] ?? 0) ^ 0x01)) return at
  }
  return null
}

const isWord = (byte: number): boolean => isDigit(byte) || isUpper(byte) || isLower(byte)

/** Old content behind a code, answers to commands, devices no model knows: every longer run. */
const blankRuns = (report: Uint8Array, pieces: readonly Piece[]): void => {
  const isInPiece = (n: number): boolean =>
    pieces.some(({ at, length }) => n >= at && n < at + length)
  let from = 0
  for (let n = 0; n <= report.length; n += 1) {
    if (n < report.length && isWord(report[n] ?? 0) && !isInPiece(n)) continue
    if (n - from >= RUN_MIN) report.set(disguise(report.slice(from, n), 0, 0), from)
    from = n + 1
  }
}

/** Numbers codes in the order they come, the same code always alike. */
class Disguises {
  readonly #numbers = new Map<string, number>()

  get count(): number {
    return this.#numbers.size
  }

  apply(pieces: readonly Piece[], kept: number): void {
    const whole = Buffer.concat(
      pieces.map(({ report, at, length }) => report.subarray(at, at + length)),
    )
    const key = whole.toString('latin1')
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1
    this.#numbers.set(key, number)
    const disguised = disguise(Uint8Array.from(whole), kept, number)
    let from = 0
    for (const { report, at, length } of pieces) {
      report.set(disguised.subarray(from, from + length), at)
      from += length
    }
  }
}

interface Found {
  /** Pieces that made one code, or that never became one. */
  readonly groups: { readonly pieces: readonly Piece[]; readonly kept: number | null }[]
}

/** Assembles as a scanner unit does, and remembers where each byte came from. */
const findCodes = (
  info: HidInfo,
  model: ReaderModel,
  descriptor: ReportDescriptor | null,
  reports: readonly { readonly bytes: Uint8Array; readonly at: number }[],
): Found => {
  const groups: Found['groups'] = []
  let state = emptyAssembler(deviceKey(info))
  let held: Piece[] = []
  const take = ([next, scan, notices]: AssemblyStep, fresh: Piece | null): void => {
    state = next
    const isRestart = notices.some(({ kind }) => kind === 'partial-discarded')
    if (isRestart && held.length > 0) {
      groups.push({ pieces: held, kept: 0 })
      held = []
    }
    if (fresh !== null) held.push(fresh)
    if (holdsPieces(state) || held.length === 0) return
    const length = held.reduce((sum, piece) => sum + piece.length, 0)
    const isWhole = scan !== null && scan.raw.length === length
    groups.push({ pieces: held, kept: isWhole ? keptOf(scan) : 0 })
    held = []
  }
  for (const { bytes, at } of reports) {
    take(flush(state, at), null)
    for (const event of model.parse(bytes, descriptor)) {
      if (event.kind === 'ignored') continue
      const from = placeOf(bytes, event.bytes, model, descriptor)
      // A piece that cannot be found costs its report: better unreadable than telling.
      const isLost = from === null && event.bytes.length > 0
      const length = isLost ? bytes.length : event.bytes.length
      const piece: Piece = { report: bytes, at: from ?? 0, length }
      take(assemble(state, event, at), piece)
    }
  }
  take(flush(state, (reports.at(-1)?.at ?? 0) + FLUSH_MS), null)
  if (held.length > 0) groups.push({ pieces: held, kept: 0 })
  return { groups }
}

export interface Scrubbed {
  readonly reports: readonly CapturedReport[]
  /** Distinct codes that were replaced. */
  readonly replacedCount: number
}

/**
 * The reports with codes replaced. ISBN and ISSN stay. A device that no model reads loses every run
 * of four letters or digits; what it sends in binary is kept, so look before sending that on.
 */
export const scrubReports = (
  info: HidInfo,
  descriptorBytes: Uint8Array | null,
  reports: readonly CapturedReport[],
): Scrubbed => {
  const descriptor = descriptorBytes === null ? null : parseReportDescriptor(descriptorBytes)
  const model = chooseModel(info, descriptor)
  let now = 0
  const timed = reports.map(({ afterMs, hex }) => {
    now += afterMs
    return { bytes: hexToBytes(hex), at: now }
  })
  const { groups } = model === null ? { groups: [] } : findCodes(info, model, descriptor, timed)
  const disguises = new Disguises()
  for (const { pieces, kept } of groups) {
    if (kept !== null) disguises.apply(pieces, kept)
  }
  const pieces = groups.flatMap((group) => group.pieces)
  for (const { bytes } of timed) {
    blankRuns(
      bytes,
      pieces.filter(({ report }) => report === bytes),
    )
  }
  return {
    reports: timed.map(({ bytes }, n) => ({
      afterMs: reports[n]?.afterMs ?? 0,
      hex: Buffer.from(bytes).toString('hex'),
    })),
    replacedCount: disguises.count,
  }
}
