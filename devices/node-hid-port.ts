/**
 * HidPort over node-hid: the only file that imports it. The rules below were each paid for in
 * labs/hid-lab: one permanent listener per connection, never once() or pause(), never read() beside
 * write(), hidraw on Linux, a close() that cannot hang the shutdown.
 */
import { watch as watchFolder } from 'node:fs'
import { access, constants, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Device } from 'node-hid'
import type { Clock } from './clock.ts'
import {
  CLOSE_CAP_MS,
  HidFailure,
  type HidConnection,
  type HidFailureKind,
  type HidInfo,
  type HidPort,
} from './hid-port.ts'
import { DESCRIPTOR_LENGTH_MAX } from './report-descriptor.ts'

/** The part of node-hid used here. */
export interface NativeHid {
  devicesAsync(): Promise<readonly Device[]>
  setDriverType(type: 'hidraw'): void
  readonly HIDAsync: { open(path: string): Promise<NativeDevice> }
}

export interface NativeDevice {
  on(event: 'data', listener: (report: Buffer) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  write(bytes: Buffer): Promise<number>
  sendFeatureReport(bytes: Buffer): Promise<number>
  getFeatureReport(id: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

export interface NodeHidPortOptions {
  readonly clock: Clock
  /** Loading is late so that a machine without libudev starts and says so. */
  readonly load?: () => Promise<NativeHid>
  readonly platform?: NodeJS.Platform
  readonly devFolder?: string
  readonly sysFolder?: string
}

/** udev grants access a moment after the node appears: 20 × 50 ms. */
const DENIED_TRIES = 20
const DENIED_PAUSE_MS = 50

/**
 * Enumeration costs up to 5 s of device I/O on Windows when polled at 100 ms; where the system
 * announces nothing we look this often and no oftener.
 */
const POLL_MS = 2_000

const isDenied = (message: string): boolean =>
  /permission denied|access is denied|not permitted|eacces|eperm/i.test(message)

const isGone = (message: string): boolean =>
  /no such (file|device)|disconnected|not found|enoent|enodev/i.test(message)

const failureOf = (error: unknown): HidFailure => {
  const message = error instanceof Error ? error.message : String(error)
  let kind: HidFailureKind = 'io'
  if (isDenied(message)) kind = 'denied'
  else if (isGone(message)) kind = 'gone'
  return new HidFailure(kind, message, { cause: error })
}

const infoOf = (device: Device): HidInfo => ({
  vendorId: device.vendorId,
  productId: device.productId,
  serialNumber: device.serialNumber ?? '',
  interface: device.interface,
  usagePage: device.usagePage ?? 0,
  usage: device.usage ?? 0,
  manufacturer: device.manufacturer ?? '',
  product: device.product ?? '',
  path: device.path ?? '',
})

class NodeHidConnection implements HidConnection {
  readonly info: HidInfo
  readonly #native: NativeDevice
  readonly #clock: Clock
  #hasListener = false
  #goneListener: ((reason: string) => void) | null = null
  #goneReason: string | null = null
  #closing: Promise<void> | null = null

  constructor(info: HidInfo, native: NativeDevice, clock: Clock) {
    this.info = info
    this.#native = native
    this.#clock = clock
    // node-hid gives a text when the device went, an Error when our own listener threw: the
    // second is a defect and must end this process, not look like an unplugged cable.
    native.on('error', (error: unknown) => {
      if (typeof error !== 'string') throw error
      if (this.#closing !== null || this.#goneReason !== null) return
      this.#goneReason = error
      this.#goneListener?.(error)
    })
  }

  onReport(listener: (report: Uint8Array) => void): void {
    if (this.#hasListener) throw new Error('a connection has one report listener')
    this.#hasListener = true
    this.#native.on('data', (report: Buffer) => {
      listener(Uint8Array.from(report))
    })
  }

  onGone(listener: (reason: string) => void): void {
    this.#goneListener = listener
    if (this.#goneReason !== null) listener(this.#goneReason)
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#connected(() => this.#native.write(Buffer.from(bytes)))
  }

  async writeFeature(bytes: Uint8Array): Promise<void> {
    await this.#connected(() => this.#native.sendFeatureReport(Buffer.from(bytes)))
  }

  async readFeature(id: number, length: number): Promise<Uint8Array> {
    return Uint8Array.from(await this.#connected(() => this.#native.getFeatureReport(id, length)))
  }

  async #connected<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#closing !== null || this.#goneReason !== null) {
      throw new HidFailure('gone', 'the device is not connected')
    }
    try {
      return await ask()
    } catch (error) {
      throw failureOf(error)
    }
  }

  close(): Promise<void> {
    // A second native close() throws a TypeError.
    this.#closing ??= this.#closeCapped()
    return this.#closing
  }

  #closeCapped(): Promise<void> {
    return new Promise((done) => {
      const cancel = this.#clock.after(CLOSE_CAP_MS, done)
      const finish = (): void => {
        cancel()
        done()
      }
      // Closing a device that has just gone may fail; closed is closed.
      this.#native.close().then(finish, finish)
    })
  }
}

export class NodeHidPort implements HidPort {
  readonly #clock: Clock
  readonly #load: () => Promise<NativeHid>
  readonly #platform: NodeJS.Platform
  readonly #devFolder: string
  readonly #sysFolder: string
  #native: Promise<NativeHid> | null = null

  constructor(options: NodeHidPortOptions) {
    this.#clock = options.clock
    this.#load = options.load ?? (() => import('node-hid'))
    this.#platform = options.platform ?? process.platform
    this.#devFolder = options.devFolder ?? '/dev'
    this.#sysFolder = options.sysFolder ?? '/sys'
  }

  async list(): Promise<readonly HidInfo[]> {
    const native = await this.#loaded()
    try {
      return (await native.devicesAsync()).map(infoOf).filter((info) => info.path !== '')
    } catch (error) {
      throw failureOf(error)
    }
  }

  async readDescriptor(info: HidInfo): Promise<Uint8Array | null> {
    const node = basename(info.path)
    if (this.#platform !== 'linux' || !/^hidraw\d+$/.test(node)) return null
    const file = join(this.#sysFolder, 'class/hidraw', node, 'device/report_descriptor')
    try {
      const bytes = await readFile(file)
      return Uint8Array.from(bytes.subarray(0, DESCRIPTOR_LENGTH_MAX))
    } catch {
      // Not shown here, or unplugged just now: the models then go by maker and report length.
      return null
    }
  }

  async open(info: HidInfo): Promise<HidConnection> {
    const native = await this.#loaded()
    for (let tries = 1; ; tries += 1) {
      try {
        return new NodeHidConnection(info, await native.HIDAsync.open(info.path), this.#clock)
      } catch (error) {
        const failure = await this.#openFailure(info, error)
        if (failure.kind !== 'denied' || this.#platform !== 'linux' || tries >= DENIED_TRIES) {
          throw failure
        }
      }
      await new Promise<void>((done) => {
        this.#clock.after(DENIED_PAUSE_MS, done)
      })
    }
  }

  watch(changed: () => void): () => void {
    if (this.#platform !== 'linux') return this.#poll(changed)
    let stopPolling: (() => void) | null = null
    let isStopped = false
    const watcher = watchFolder(this.#devFolder, { persistent: false }, (_event, name) => {
      if (name?.startsWith('hidraw') === true) changed()
    })
    watcher.on('error', () => {
      // The limit of watches is used up, or the folder went: look by time instead.
      if (!isStopped) stopPolling ??= this.#poll(changed)
    })
    return () => {
      isStopped = true
      watcher.close()
      stopPolling?.()
    }
  }

  /** Says "changed" at each turn: the listener compares lists anyway, and only it knows what is open. */
  #poll(changed: () => void): () => void {
    let cancel = (): void => undefined
    const again = (): void => {
      cancel = this.#clock.after(POLL_MS, () => {
        changed()
        again()
      })
    }
    again()
    return () => {
      cancel()
    }
  }

  #loaded(): Promise<NativeHid> {
    this.#native ??= this.#loadOnce()
    return this.#native
  }

  async #loadOnce(): Promise<NativeHid> {
    try {
      const native = await this.#load()
      // Must precede the first call; the libusb driver would take the device from everyone else.
      if (this.#platform === 'linux') native.setDriverType('hidraw')
      // The binary itself loads with the first call, and that is what fails without libudev.
      await native.devicesAsync()
      return native
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      throw new HidFailure('hid-unavailable', message, { cause: error })
    }
  }

  /** hidapi's text is the system's and may be translated, so on Linux the node itself is asked. */
  async #openFailure(info: HidInfo, error: unknown): Promise<HidFailure> {
    const failure = failureOf(error)
    if (failure.kind !== 'io' || this.#platform !== 'linux') return failure
    try {
      await access(info.path, constants.R_OK | constants.W_OK)
      return failure
    } catch (reason) {
      return failureOf(reason)
    }
  }
}
