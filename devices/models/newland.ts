/**
 * Newland FM420, EM2027, HR200, FM30. 64 bytes, no AIM identifier:
 *   0 id 02 · 1 count 0–56 · 2–57 text · 58–61 reserved · 62 Newland's code id · 63 bit 0 continued
 * Output report 4 carries framed commands here, not trigger bits: a Honeywell beep would be taken
 * for the start of a frame, so nothing is ever sent.
 */
import { matchMakersLayout, parsePosReport, type PosLayout } from './pos-report.ts'
import type { ReaderModel } from './reader-model.ts'

export const NEWLAND_LAYOUT = {
  reportId: 0x02,
  length: 64,
  countAt: 1,
  aimAt: null,
  textAt: 2,
  textLength: 56,
  continued: { at: 63, mask: 0x01 },
} as const satisfies PosLayout

const VENDORS: ReadonlySet<number> = new Set([0x1eab])

export const newland: ReaderModel = {
  name: 'newland',
  match: (info, descriptor) => matchMakersLayout(info, descriptor, VENDORS, NEWLAND_LAYOUT),
  parse: (report) => parsePosReport(NEWLAND_LAYOUT, report),
  encodeBeep: () => null,
  encodeTrigger: () => null,
}
