/** Which HID collections are readers of identity cards. One line here for a new one. */
import type { Sighting } from '../device-keeper.ts'
import { deviceKey, type HidInfo } from '../hid-port.ts'
import { padModels } from '../rfid/pad-models.ts'
import type { ReportDescriptor } from '../report-descriptor.ts'

export interface IdCardModel {
  readonly name: string
  readonly isMine: (info: HidInfo) => boolean
}

const VENDOR_PAGE_MIN = 0xff00
/**
 * How the makers name them; there is no list of their numbers. Not “ID card reader”: readers of 125 kHz
 * chips are called that too, and answer none of this.
 */
const NAMES = /身份证|second.?generation|identity card|\b(?:idr|cvr|sdt)[-_ ]?\d+/i

/**
 * The module's own USB numbers are public; under them most readers are no HID devices at all, and
 * are not seen here. Readers with HID in them have numbers of their makers and are known by their
 * names. Either is asked for its state before it is trusted. Unproven on hardware.
 */
export const idCardModels: readonly IdCardModel[] = [
  {
    name: 'sam-id-card',
    isMine: ({ vendorId, productId, usagePage, product }) =>
      usagePage >= VENDOR_PAGE_MIN &&
      ((vendorId === 0x0400 && productId === 0xc35a) || NAMES.test(product)),
  },
]

/** One sighting per path: Linux lists a path once for each of its collections. */
export const sightIdCardReaders = (
  infos: readonly HidInfo[],
  descriptorsByPath: ReadonlyMap<string, ReportDescriptor | null>,
): readonly Sighting<IdCardModel>[] => {
  const sightingsByPath = new Map<string, Sighting<IdCardModel>>()
  for (const info of infos) {
    const isPad = padModels.some((one) => one.isMine(info))
    const model = isPad ? undefined : idCardModels.find((one) => one.isMine(info))
    if (model === undefined || sightingsByPath.has(info.path)) continue
    const descriptor = descriptorsByPath.get(info.path) ?? null
    sightingsByPath.set(info.path, { info, baseKey: deviceKey(info), descriptor, model })
  }
  return [...sightingsByPath.values()]
}
