/**
 * The narrow door to HID devices. Everything above it is pure or takes a HidPort, so it runs on
 * recorded reports as on hardware.
 */

/** One top-level HID collection as the system lists it. Empty text where the system has none. */
export interface HidInfo {
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  /** USB interface number; -1 where the bus has none (Bluetooth, uhid). */
  readonly interface: number
  readonly usagePage: number
  readonly usage: number
  readonly manufacturer: string
  readonly product: string
  /** Where it is now. A replug gives a new one, so it never identifies the device. */
  readonly path: string
}

/** `vid:pid:serial:interface:usage`, stable over replugs and restarts. */
export type DeviceKey = string

const hex4 = (value: number): string => value.toString(16).padStart(4, '0')

export const deviceKey = (info: HidInfo): DeviceKey =>
  [
    hex4(info.vendorId),
    hex4(info.productId),
    encodeURIComponent(info.serialNumber.toWellFormed()),
    String(info.interface),
    `${hex4(info.usagePage)}.${hex4(info.usage)}`,
  ].join(':')

export type HidFailureKind =
  /** The native part does not load here (no libudev, wrong platform): no device will ever open. */
  | 'hid-unavailable'
  /** Present, but this user may not open it. */
  | 'denied'
  /** Unplugged, or its connection is closed. */
  | 'gone'
  /** Anything else the system said. */
  | 'io'

/** The only thing a HidPort rejects with; a TypeError or such is a defect of ours. */
export class HidFailure extends Error {
  readonly kind: HidFailureKind

  constructor(kind: HidFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HidFailure'
    this.kind = kind
  }
}

export interface HidConnection {
  readonly info: HidInfo
  /**
   * The one permanent listener. A second call throws: node-hid dies of a second listener, and a
   * listener that comes and goes loses reports (hid-lab findings 3 and 4).
   */
  onReport(listener: (report: Uint8Array) => void): void
  /** Called at most once, when the device goes without close(). Also called if it had gone before. */
  onGone(listener: (reason: string) => void): void
  /** Rejects with HidFailure `gone` after close or unplug. */
  write(bytes: Uint8Array): Promise<void>
  /** Sends a feature report, its id first. Rejects as `write` does. */
  writeFeature(bytes: Uint8Array): Promise<void>
  /** Asks for feature report `id` of at most `length` bytes; the answer begins with the id. */
  readFeature(id: number, length: number): Promise<Uint8Array>
  /** Resolves within 500 ms whatever the driver does; further calls give the same promise. */
  close(): Promise<void>
}

export interface HidPort {
  /** Rejects with HidFailure `hid-unavailable` or `io`. */
  list(): Promise<readonly HidInfo[]>
  /** The report descriptor, null where the system does not show it. */
  readDescriptor(info: HidInfo): Promise<Uint8Array | null>
  /** Rejects with HidFailure. */
  open(info: HidInfo): Promise<HidConnection>
  /** Calls `changed` when a device may have come, gone or become permitted; the answer stops it. */
  watch(changed: () => void): () => void
}

/** How long close() waits for a driver before it goes on without it. */
export const CLOSE_CAP_MS = 500
