/**
 * Stands in for the native node-hid module, traps included, each as measured in labs/hid-lab: a
 * second listener kills, loss is a text on 'error', our own throw comes back as an Error, closing
 * twice throws. "/dev" and "/sys" are a temporary folder.
 */
import { EventEmitter } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HidInfo } from '../../devices/hid-port.ts'
import type { NativeDevice, NativeHid } from '../../devices/node-hid-port.ts'

class StandInDevice extends EventEmitter implements NativeDevice {
  isGone = false
  #isClosed = false

  constructor() {
    super()
    this.on('newListener', (event: string | symbol) => {
      if (event === 'data' && this.listenerCount('data') > 0) {
        throw new TypeError('read is already running')
      }
    })
  }

  write(): Promise<number> {
    return this.isGone
      ? Promise.reject(new Error('Cannot write to hid device: No such device'))
      : Promise.resolve(2)
  }

  sendFeatureReport(bytes: Buffer): Promise<number> {
    return this.isGone
      ? Promise.reject(new Error('could not send feature report: No such device'))
      : Promise.resolve(bytes.length)
  }

  getFeatureReport(id: number): Promise<Buffer> {
    return this.isGone
      ? Promise.reject(new Error('could not get feature report: No such device'))
      : Promise.resolve(Buffer.from([id, 0x5a]))
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.reject(new TypeError('device has been closed'))
    this.#isClosed = true
    this.removeAllListeners()
    return Promise.resolve()
  }

  report(bytes: Uint8Array): void {
    try {
      this.emit('data', Buffer.from(bytes))
    } catch (error) {
      this.emit('error', error)
    }
  }

  vanish(): void {
    this.isGone = true
    if (this.listenerCount('error') > 0) {
      this.emit('error', 'could not read from HID device: device disconnected')
    }
  }
}

export class NativeHidStandIn {
  readonly devFolder = mkdtempSync(join(tmpdir(), 'citydesk-dev-'))
  readonly sysFolder = mkdtempSync(join(tmpdir(), 'citydesk-sys-'))
  readonly device: HidInfo
  readonly opened: StandInDevice[] = []
  driverType: string | null = null
  deniedOpens = 0
  closeNever = false
  readonly #descriptor: Uint8Array | null
  #isPlugged = false

  constructor(info: HidInfo, descriptor: Uint8Array | null) {
    this.device = { ...info, path: join(this.devFolder, 'hidraw0') }
    this.#descriptor = descriptor
    this.plug()
  }

  get native(): NativeHid {
    return {
      setDriverType: (type) => {
        this.driverType = type
      },
      devicesAsync: () =>
        Promise.resolve(this.#isPlugged ? [{ ...this.device, release: 0x0100 }] : []),
      HIDAsync: { open: (path) => this.#open(path) },
    }
  }

  plug(): void {
    this.#isPlugged = true
    writeFileSync(this.device.path, '')
    chmodSync(this.device.path, 0o600)
    if (this.#descriptor === null) return
    const folder = join(this.sysFolder, 'class/hidraw/hidraw0/device')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'report_descriptor'), this.#descriptor)
  }

  unplug(): void {
    this.#isPlugged = false
    rmSync(this.device.path, { force: true })
    rmSync(join(this.sysFolder, 'class'), { recursive: true, force: true })
    for (const device of this.opened) device.vanish()
  }

  report(bytes: Uint8Array): void {
    for (const device of this.opened) device.report(bytes)
  }

  dispose(): void {
    rmSync(this.devFolder, { recursive: true, force: true })
    rmSync(this.sysFolder, { recursive: true, force: true })
  }

  #open(path: string): Promise<NativeDevice> {
    const fail = (why: string): Promise<never> =>
      Promise.reject(new Error(`cannot open device with path ${path}: ${why}`))
    if (!existsSync(path)) return fail('No such file or directory')
    if (this.deniedOpens > 0) {
      this.deniedOpens -= 1
      return fail('Permission denied')
    }
    const device = new StandInDevice()
    if (this.closeNever) device.close = () => new Promise(() => undefined)
    this.opened.push(device)
    return Promise.resolve(device)
  }
}
