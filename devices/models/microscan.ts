/**
 * Microscan's "HID" mode, which is not on the POS page. 64 bytes:
 *   0 id 01 · 1 count 0–62 · 2–63 text
 * It is a text protocol: no continued flag, and the AIM identifier, where switched on, is the
 * beginning of the text. A full report without a terminator is taken as continued; silence ends it.
 */
import type { ReaderEvent, ReaderModel } from './reader-model.ts'
import { MATCH } from './reader-model.ts'

const REPORT_ID = 0x01
const ID_AT = 0
const COUNT_AT = 1
const TEXT_AT = 2
const TEXT_LENGTH = 62
const LENGTH = 64

const CR = 0x0d
const LF = 0x0a
const VENDOR_PAGES_FROM = 0xff00

// The standard form is `]A0`; the published example of this mode begins `A]0`. Both are taken: no
// code of a library begins with either.
const LEADING_AIM = /^(?:\]([A-Za-z])(\d)|([A-Za-z])\](\d))/

const parse = (report: Uint8Array): readonly ReaderEvent[] => {
  if (report.length === 0) return [{ kind: 'ignored', reason: 'empty-report' }]
  if (report[ID_AT] !== REPORT_ID) return [{ kind: 'ignored', reason: 'other-report-id' }]
  if (report.length < LENGTH) return [{ kind: 'ignored', reason: 'short-report' }]
  const count = report[COUNT_AT] ?? 0
  if (count === 0) return [{ kind: 'ignored', reason: 'nothing-decoded' }]
  const bytes = report.slice(TEXT_AT, TEXT_AT + Math.min(count, TEXT_LENGTH))
  const found = LEADING_AIM.exec(String.fromCharCode(...bytes.subarray(0, 3)))
  const last = bytes.at(-1)
  const isFull = bytes.length >= TEXT_LENGTH
  return [
    {
      kind: 'chunk',
      bytes: found === null ? bytes : bytes.slice(3),
      aim: found === null ? null : `]${found[1] ?? found[3] ?? ''}${found[2] ?? found[4] ?? ''}`,
      isContinued: isFull && last !== CR && last !== LF,
      isFull,
      isClamped: count > TEXT_LENGTH,
    },
  ]
}

export const microscan: ReaderModel = {
  name: 'microscan',
  match: (info) =>
    info.usagePage >= VENDOR_PAGES_FROM && /microscan/i.test(`${info.manufacturer} ${info.product}`)
      ? MATCH.maker
      : MATCH.none,
  parse,
  encodeBeep: () => null,
  encodeTrigger: () => null,
}
