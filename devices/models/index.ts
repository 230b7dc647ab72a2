/** The only list of reader models. A new one is its file, its captures and one line here. */
import type { HidInfo } from '../hid-port.ts'
import type { ReportDescriptor } from '../report-descriptor.ts'
import { countLess } from './count-less.ts'
import { hidPos } from './hid-pos.ts'
import { honeywell, honeywellClone } from './honeywell.ts'
import { microscan } from './microscan.ts'
import { newland } from './newland.ts'
import type { ReaderModel } from './reader-model.ts'

export const readerModels: readonly ReaderModel[] = [
  honeywell,
  honeywellClone,
  newland,
  countLess,
  hidPos,
  microscan,
]

/** The surest model; null: not a scanner we read. Equal answers go to the earlier in the list. */
export const chooseModel = (
  info: HidInfo,
  descriptor: ReportDescriptor | null,
): ReaderModel | null => {
  let best: ReaderModel | null = null
  let bestScore = 0
  for (const model of readerModels) {
    const score = model.match(info, descriptor)
    if (score > bestScore) {
      best = model
      bestScore = score
    }
  }
  return best
}
