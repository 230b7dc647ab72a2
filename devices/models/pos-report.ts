/**
 * Reports of HID POS scanners (usage page 0x8C): where a layout puts its parts, and how a report is
 * read by one. Usages: HID Point of Sale Usage Tables 1.02.
 */
import type { HidInfo } from '../hid-port.ts'
import { findInput, inputReportLength, type ReportDescriptor } from '../report-descriptor.ts'
import { MATCH, type IgnoredReason, type ReaderEvent } from './reader-model.ts'

export const POS_PAGE = 0x8c
export const POS_SCANNER = 0x02

const GENERIC_DESKTOP = 0x01
const BYTE_COUNT = 0x3b
const SYMBOLOGY_1 = 0xfb
const DECODED_TEXT = 0xfe
const CONTINUED = 0xff

/** Byte offsets in a whole report, the id byte (if any) being offset 0. */
export interface PosLayout {
  readonly reportId: number | null
  readonly length: number
  /** null: no count, unused room is NUL. */
  readonly countAt: number | null
  /** Three bytes; null: no AIM identifier. */
  readonly aimAt: number | null
  readonly textAt: number
  readonly textLength: number
  /** null: every report is a whole code. */
  readonly continued: { readonly at: number; readonly mask: number } | null
}

export const isPosScanner = (info: HidInfo): boolean =>
  info.usagePage === POS_PAGE && info.usage === POS_SCANNER

/** The layout a descriptor declares, null if it has no byte-aligned decoded text. */
export const layoutOf = (descriptor: ReportDescriptor): PosLayout | null => {
  const text = findInput(descriptor, POS_PAGE, DECODED_TEXT)
  if (text === null || text.field.bits !== 8 || text.bitAt % 8 !== 0) return null
  const reportId = text.field.reportId
  const idBytes = reportId === null ? 0 : 1
  const byteAt = (page: number, usage: number): number | null => {
    const place = findInput(descriptor, page, usage, reportId)
    if (place === null || place.field.bits !== 8 || place.bitAt % 8 !== 0) return null
    return idBytes + place.bitAt / 8
  }
  const aim = [0, 1, 2].map((n) => byteAt(POS_PAGE, SYMBOLOGY_1 + n))
  const aimAt = aim[0] ?? null
  const isAimWhole = aimAt !== null && aim[1] === aimAt + 1 && aim[2] === aimAt + 2
  const continued = findInput(descriptor, POS_PAGE, CONTINUED, reportId)
  return {
    reportId,
    length: inputReportLength(descriptor, reportId),
    countAt: byteAt(GENERIC_DESKTOP, BYTE_COUNT),
    aimAt: isAimWhole ? aimAt : null,
    textAt: idBytes + text.bitAt / 8,
    textLength: text.run,
    continued:
      continued === null
        ? null
        : {
            at: idBytes + Math.floor(continued.bitAt / 8),
            // A whole byte of "continued" counts as set by its lowest bit, as makers fill it.
            mask: 1 << (continued.bitAt % 8),
          },
  }
}

export const isSameLayout = (a: PosLayout, b: PosLayout): boolean =>
  a.reportId === b.reportId &&
  a.length === b.length &&
  a.countAt === b.countAt &&
  a.aimAt === b.aimAt &&
  a.textAt === b.textAt &&
  a.textLength === b.textLength &&
  a.continued?.at === b.continued?.at &&
  a.continued?.mask === b.continued?.mask

const declaredLayout = (descriptor: ReportDescriptor | null): PosLayout | null =>
  descriptor === null ? null : layoutOf(descriptor)

/** For a maker whose layout is known: none if the descriptor contradicts it. */
export const matchMakersLayout = (
  info: HidInfo,
  descriptor: ReportDescriptor | null,
  vendors: ReadonlySet<number>,
  own: PosLayout,
): number => {
  if (!isPosScanner(info) || !vendors.has(info.vendorId)) return MATCH.none
  const declared = declaredLayout(descriptor)
  if (declared === null) return MATCH.maker
  return isSameLayout(declared, own) ? MATCH.makerAndLayout : MATCH.none
}

/** For a layout that many makers use: only the descriptor can tell. */
export const matchSameLayout = (
  info: HidInfo,
  descriptor: ReportDescriptor | null,
  own: PosLayout,
): number => {
  const declared = declaredLayout(descriptor)
  return isPosScanner(info) && declared !== null && isSameLayout(declared, own)
    ? MATCH.sameLayout
    : MATCH.none
}

const AIM = /^\][A-Za-z][0-9A-Za-z]$/

/** Honeywell's menu commands are answered by an ordinary scan report with this identifier. */
const COMMAND_ANSWER = ']Z6'

const readAim = (report: Uint8Array, at: number | null): string | null => {
  if (at === null) return null
  const text = String.fromCharCode(...report.subarray(at, at + 3))
  return AIM.test(text) ? text : null
}

const ignored = (reason: IgnoredReason): readonly ReaderEvent[] => [{ kind: 'ignored', reason }]

const withoutPadding = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.slice(0, end)
}

/**
 * One report by one layout. Longer reports than declared are read up to the declared length: the
 * kernel delivers them whole (hid-lab finding 11).
 */
export const parsePosReport = (layout: PosLayout, report: Uint8Array): readonly ReaderEvent[] => {
  if (report.length === 0) return ignored('empty-report')
  if (layout.reportId !== null && report[0] !== layout.reportId) return ignored('other-report-id')
  if (report.length < layout.length) return ignored('short-report')
  const room = report.subarray(layout.textAt, layout.textAt + layout.textLength)
  const count = layout.countAt === null ? null : (report[layout.countAt] ?? 0)
  const bytes = count === null ? withoutPadding(room) : room.slice(0, count)
  const aim = readAim(report, layout.aimAt)
  if (aim === COMMAND_ANSWER) return ignored('command-answer')
  return [
    {
      kind: 'chunk',
      bytes,
      aim,
      isContinued:
        layout.continued !== null &&
        ((report[layout.continued.at] ?? 0) & layout.continued.mask) !== 0,
      isFull: bytes.length >= layout.textLength,
      isClamped: count !== null && count > layout.textLength,
    },
  ]
}

/** The reports a scanner of this layout sends for `bytes`; at least one, the last not continued. */
export const encodePosReports = (
  layout: PosLayout,
  bytes: Uint8Array,
  aim: string | null,
): Uint8Array[] => {
  const reports: Uint8Array[] = []
  let from = 0
  do {
    const piece = bytes.subarray(from, from + layout.textLength)
    const report = new Uint8Array(layout.length)
    if (layout.reportId !== null) report[0] = layout.reportId
    if (layout.countAt !== null) report[layout.countAt] = piece.length
    if (layout.aimAt !== null && aim !== null) {
      for (let n = 0; n < 3; n += 1) report[layout.aimAt + n] = aim.charCodeAt(n) & 0xff
    }
    report.set(piece, layout.textAt)
    from += piece.length
    if (layout.continued !== null && from < bytes.length) {
      report[layout.continued.at] = layout.continued.mask
    }
    reports.push(report)
  } while (from < bytes.length)
  return reports
}
