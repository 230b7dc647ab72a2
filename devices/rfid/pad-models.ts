/** Which HID collections are pads, and what drives them. One line here for a new one. */
import type { Clock } from '../clock.ts'
import type { Sighting } from '../device-keeper.ts'
import { deviceKey, type HidConnection, type HidInfo } from '../hid-port.ts'
import type { ReportDescriptor } from '../report-descriptor.ts'
import { ChafonPad } from './chafon-pad.ts'
import { FeigPad } from './feig-pad.ts'
import type { PadDriver } from './pad-driver.ts'
import { Rrhfoem04Pad } from './rrhfoem04-pad.ts'

export interface PadModel {
  readonly name: string
  readonly isMine: (info: HidInfo) => boolean
  readonly drive: (connection: HidConnection, clock: Clock) => PadDriver
}

const VENDOR_PAGE_MIN = 0xff00
const FEIG_ELECTRONIC = 0x0ab1

const isVendorPage = ({ usagePage }: HidInfo): boolean => usagePage >= VENDOR_PAGE_MIN

export const padModels: readonly PadModel[] = [
  {
    name: 'feig-obid',
    isMine: (info) => info.vendorId === FEIG_ELECTRONIC && isVendorPage(info),
    drive: (connection, clock) => new FeigPad(connection, clock),
  },
  {
    name: 'rrhfoem04',
    isMine: ({ vendorId, productId }) => vendorId === 0x1781 && productId === 0x0c10,
    drive: (connection, clock) => new Rrhfoem04Pad(connection, clock),
  },
  {
    name: 'chafon-rh320u-93',
    // Its other interface is the keyboard that types identifiers.
    isMine: (info) => info.vendorId === 0xffff && info.productId === 0x0035 && info.interface !== 0,
    drive: (connection, clock) => new ChafonPad(connection, clock),
  },
]

/** One sighting per path: Linux lists a path once for each of its collections. */
export const sightPads = (
  infos: readonly HidInfo[],
  descriptorsByPath: ReadonlyMap<string, ReportDescriptor | null>,
): readonly Sighting<PadModel>[] => {
  const sightingsByPath = new Map<string, Sighting<PadModel>>()
  for (const info of infos) {
    const model = padModels.find((one) => one.isMine(info))
    if (model === undefined || sightingsByPath.has(info.path)) continue
    const descriptor = descriptorsByPath.get(info.path) ?? null
    sightingsByPath.set(info.path, { info, baseKey: deviceKey(info), descriptor, model })
  }
  return [...sightingsByPath.values()]
}
