/** Which of the listed HID collections are scanners for us: pure, over one listing. */
import type { Sighting } from './device-keeper.ts'
import { deviceKey, type HidInfo } from './hid-port.ts'
import { chooseModel } from './models/index.ts'
import type { ReaderModel } from './models/reader-model.ts'
import type { ReportDescriptor } from './report-descriptor.ts'

/** Without a model: a scanner in keyboard mode. */
type ScannerSighting = Sighting<ReaderModel>

const GENERIC_DESKTOP = 0x01
const KEYBOARD = 0x06

/** Makers of scanners; their keyboards are scanners in keyboard mode. */
const SCANNER_VENDORS: ReadonlySet<number> = new Set([0x05e0, 0x05f9, 0x0536, 0x0c2e, 0x1eab])

const isScannerKeyboard = (info: HidInfo): boolean =>
  info.usagePage === GENERIC_DESKTOP &&
  info.usage === KEYBOARD &&
  (SCANNER_VENDORS.has(info.vendorId) || /barcode|scanner/i.test(info.product))

const unitOf = (info: HidInfo): string => `${info.vendorId}:${info.productId}:${info.serialNumber}`

/**
 * One sighting per path (Linux lists a path once for each of its collections) and per scanner in
 * keyboard mode. A unit that also has a readable interface is not in keyboard mode.
 */
export const sightScanners = (
  infos: readonly HidInfo[],
  descriptorsByPath: ReadonlyMap<string, ReportDescriptor | null>,
): readonly ScannerSighting[] => {
  const sightingsByPath = new Map<string, ScannerSighting>()
  const readableUnits = new Set<string>()
  for (const info of infos) {
    const descriptor = descriptorsByPath.get(info.path) ?? null
    const model = chooseModel(info, descriptor)
    if (model === null) continue
    const rival = sightingsByPath.get(info.path)
    const score = model.match(info, descriptor)
    if (rival === undefined || (rival.model?.match(rival.info, descriptor) ?? 0) < score) {
      sightingsByPath.set(info.path, { info, baseKey: deviceKey(info), descriptor, model })
    }
    readableUnits.add(unitOf(info))
  }
  for (const info of infos) {
    if (!isScannerKeyboard(info) || readableUnits.has(unitOf(info))) continue
    if (sightingsByPath.has(info.path)) continue
    sightingsByPath.set(info.path, {
      info,
      baseKey: deviceKey(info),
      descriptor: null,
      model: null,
    })
  }
  return [...sightingsByPath.values()]
}
