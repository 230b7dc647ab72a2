import { COUNT_LESS_LAYOUT } from './count-less.ts'
import { HONEYWELL_LAYOUT } from './honeywell.ts'
import { NEWLAND_LAYOUT } from './newland.ts'
import { isPosScanner, layoutOf, parsePosReport, type PosLayout } from './pos-report.ts'
import { MATCH, type ReaderModel } from './reader-model.ts'

const BRACKET = 0x5d

/**
 * Where no descriptor is to be had (Windows and macOS do not show it through node-hid) the three
 * published layouts differ in length and in where the AIM identifier's `]` stands.
 */
const guessLayout = (report: Uint8Array): PosLayout => {
  if (report.length === COUNT_LESS_LAYOUT.length) return COUNT_LESS_LAYOUT
  return report[HONEYWELL_LAYOUT.aimAt] === BRACKET ? HONEYWELL_LAYOUT : NEWLAND_LAYOUT
}

/** Any scanner on the POS page, read by its own descriptor. Outputs differ by maker, so none. */
export const hidPos: ReaderModel = {
  name: 'hid-pos',
  match: (info, descriptor) => {
    if (!isPosScanner(info)) return MATCH.none
    return descriptor !== null && layoutOf(descriptor) !== null
      ? MATCH.byDescriptor
      : MATCH.fallback
  },
  parse: (report, descriptor) => {
    const layout = descriptor === null ? null : layoutOf(descriptor)
    return parsePosReport(layout ?? guessLayout(report), report)
  },
  encodeBeep: () => null,
  encodeTrigger: () => null,
}
