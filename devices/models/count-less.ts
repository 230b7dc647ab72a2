/**
 * The variant without a byte count, found on several unbranded scanners. 61 bytes:
 *   0 id 02 · 1–3 AIM · 4–59 text, NUL-padded · 60 bit 0 continued
 * A NUL that belongs to the code's end cannot be told from padding.
 */
import { matchSameLayout, parsePosReport, type PosLayout } from './pos-report.ts'
import type { ReaderModel } from './reader-model.ts'

export const COUNT_LESS_LAYOUT = {
  reportId: 0x02,
  length: 61,
  countAt: null,
  aimAt: 1,
  textAt: 4,
  textLength: 56,
  continued: { at: 60, mask: 0x01 },
} as const satisfies PosLayout

export const countLess: ReaderModel = {
  name: 'count-less',
  match: (info, descriptor) => matchSameLayout(info, descriptor, COUNT_LESS_LAYOUT),
  parse: (report) => parsePosReport(COUNT_LESS_LAYOUT, report),
  encodeBeep: () => null,
  encodeTrigger: () => null,
}
