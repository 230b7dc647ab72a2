/**
 * Honeywell / Hand Held Products (2020-5B, 3800, 4600 …), Access-IS, and the many scanners built
 * on copies of that firmware. 64 bytes:
 *   0 id 02 · 1 count 0–56 · 2–4 AIM · 5–60 text · 61 maker's code id · 62 reserved · 63 bit 0 continued
 * The copies ("Jieli" chips) set "continued" whenever a piece is exactly 56 bytes long, so a code of
 * 56 or 112 bytes never says that it ended; the assembler's silence rule ends it.
 */
import { matchMakersLayout, matchSameLayout, parsePosReport, type PosLayout } from './pos-report.ts'
import type { ReaderModel } from './reader-model.ts'

export const HONEYWELL_LAYOUT = {
  reportId: 0x02,
  length: 64,
  countAt: 1,
  aimAt: 2,
  textAt: 5,
  textLength: 56,
  continued: { at: 63, mask: 0x01 },
} as const satisfies PosLayout

const VENDORS: ReadonlySet<number> = new Set([0x0c2e, 0x0536])

const TRIGGER_REPORT = 0x04
const PREVENT_READ = 0x02
const START_READ = 0x04
const ERROR_BEEP = 0x20
const GOOD_BEEP = 0x40

export const honeywell: ReaderModel = {
  name: 'honeywell',
  match: (info, descriptor) => matchMakersLayout(info, descriptor, VENDORS, HONEYWELL_LAYOUT),
  parse: (report) => parsePosReport(HONEYWELL_LAYOUT, report),
  encodeBeep: (isGood) => Uint8Array.of(TRIGGER_REPORT, isGood ? GOOD_BEEP : ERROR_BEEP),
  encodeTrigger: (isOn) => Uint8Array.of(TRIGGER_REPORT, isOn ? START_READ : PREVENT_READ),
}

/** The same layout from anybody else. Whether it knows the trigger report is not known: no outputs. */
export const honeywellClone: ReaderModel = {
  name: 'honeywell-clone',
  match: (info, descriptor) => matchSameLayout(info, descriptor, HONEYWELL_LAYOUT),
  parse: (report) => parsePosReport(HONEYWELL_LAYOUT, report),
  encodeBeep: () => null,
  encodeTrigger: () => null,
}
