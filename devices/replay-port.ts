/**
 * A HidPort without hardware: devices of recordings that can be plugged, unplugged and played, and
 * a virtual scanner that turns a text into the reports a real one would send. Above the port
 * nothing can tell the difference.
 */
import { hasEan13CheckDigit } from '../domain/words/ean-13.ts'
import { hexToBytes, type Capture } from './capture.ts'
import type { Clock } from './clock.ts'
import { HidFailure, type HidConnection, type HidInfo, type HidPort } from './hid-port.ts'
import { HONEYWELL_LAYOUT } from './models/honeywell.ts'
import { encodePosReports } from './models/pos-report.ts'

/** The input side and the trigger report that two shipped firmwares of the Honeywell layout declare. */
export const HONEYWELL_DESCRIPTOR_HEX = [
  '058c0902a101', // POS page, Bar Code Scanner, application collection
  '0912a1028502150026ff007508', // Scanned Data Report: id 2, bytes
  '95010501093b8102', // one byte: Byte Count
  '9503058c09fb09fc09fd8102', // three bytes: symbology identifier 1 to 3
  '953809fe820201', // 56 bytes: decoded data, buffered
  '0666ff9502090409008102', // vendor page, two bytes: code id, reserved
  '058c25017501950809ff8102', // eight bits: decode data continued is bit 0
  'c0',
  '0914a1028504150025017501', // Trigger Report: output id 4, bits
  '9508', // eight of them
  '0900095f0960', // unused, prevent read, initiate read
  '09000900098509869186', // two unused, error beep, good-read beep
  'c0',
  'c0',
].join('')

export const VIRTUAL_SCANNER: HidInfo = {
  vendorId: 0x0c2e,
  productId: 0x0907,
  serialNumber: 'VIRTUAL',
  interface: 0,
  usagePage: 0x8c,
  usage: 0x02,
  manufacturer: 'CityDesk',
  product: 'Virtual scanner',
  path: 'replay:virtual',
}

/** The symbology such a text is usually printed in. */
export const usualAim = (text: string): string => {
  if (/^97[789]/.test(text) && hasEan13CheckDigit(text)) return ']E0'
  return text.length > 30 || /[^\u0000-\u007f]/u.test(text) ? ']Q1' : ']C0'
}

/** What a plugged device does with what is written to it; scanners do nothing. */
export interface DeviceEnds {
  /** An output report; the answer is the input reports it causes, in order. */
  readonly written: (bytes: Uint8Array) => readonly Uint8Array[]
  readonly featureWritten: (bytes: Uint8Array) => void
  /** Empty where there is no such report. */
  readonly featureAsked: (id: number) => Uint8Array
}

const silentEnds: DeviceEnds = {
  written: () => [],
  featureWritten: () => undefined,
  featureAsked: () => new Uint8Array(),
}

interface Plugged {
  readonly info: HidInfo
  readonly descriptor: Uint8Array | null
  readonly ends: DeviceEnds
  readonly written: Uint8Array[]
  readonly connections: Set<ReplayConnection>
}

class ReplayConnection implements HidConnection {
  readonly info: HidInfo
  readonly #device: Plugged
  #listener: ((report: Uint8Array) => void) | null = null
  #goneListener: ((reason: string) => void) | null = null
  #goneReason: string | null = null
  #isClosed = false

  constructor(device: Plugged) {
    this.info = device.info
    this.#device = device
    device.connections.add(this)
  }

  onReport(listener: (report: Uint8Array) => void): void {
    if (this.#listener !== null) throw new Error('a connection has one report listener')
    this.#listener = listener
  }

  onGone(listener: (reason: string) => void): void {
    this.#goneListener = listener
    if (this.#goneReason !== null) listener(this.#goneReason)
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#connected()
    this.#device.written.push(bytes.slice())
    const answers = this.#device.ends.written(bytes)
    // As on a cable: the write is over before its answer comes.
    queueMicrotask(() => {
      for (const report of answers) this.deliver(report)
    })
  }

  async writeFeature(bytes: Uint8Array): Promise<void> {
    await this.#connected()
    this.#device.ends.featureWritten(bytes)
  }

  async readFeature(id: number, length: number): Promise<Uint8Array> {
    await this.#connected()
    return this.#device.ends.featureAsked(id).slice(0, length)
  }

  #connected(): Promise<void> {
    return this.#isClosed || this.#goneReason !== null
      ? Promise.reject(new HidFailure('gone', 'the device is not connected'))
      : Promise.resolve()
  }

  close(): Promise<void> {
    this.#isClosed = true
    this.#device.connections.delete(this)
    return Promise.resolve()
  }

  deliver(report: Uint8Array): void {
    if (this.#isClosed || this.#goneReason !== null) return
    this.#listener?.(report.slice())
  }

  vanish(reason: string): void {
    this.#device.connections.delete(this)
    this.#goneReason = reason
    this.#goneListener?.(reason)
  }
}

export interface ReplayPortOptions {
  readonly clock: Clock
  readonly captures: readonly Capture[]
  /** Devices of captures that are there from the beginning; the virtual scanner always is. */
  readonly plugged: 'all' | 'virtual-only'
}

export class ReplayPort implements HidPort {
  readonly #clock: Clock
  readonly #captures: readonly Capture[]
  readonly #plugged = new Map<string, Plugged>()
  readonly #watchers = new Set<() => void>()

  constructor(options: ReplayPortOptions) {
    this.#clock = options.clock
    this.#captures = options.captures
    this.#add(VIRTUAL_SCANNER, hexToBytes(HONEYWELL_DESCRIPTOR_HEX))
    if (options.plugged === 'virtual-only') return
    for (const { device, descriptor } of options.captures) {
      this.#add(device, descriptor === null ? null : hexToBytes(descriptor))
    }
  }

  list(): Promise<readonly HidInfo[]> {
    return Promise.resolve([...this.#plugged.values()].map((device) => device.info))
  }

  readDescriptor(info: HidInfo): Promise<Uint8Array | null> {
    return Promise.resolve(this.#plugged.get(info.path)?.descriptor ?? null)
  }

  open(info: HidInfo): Promise<HidConnection> {
    const device = this.#plugged.get(info.path)
    return device === undefined
      ? Promise.reject(new HidFailure('gone', `no device at ${info.path}`))
      : Promise.resolve(new ReplayConnection(device))
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed)
    return () => {
      this.#watchers.delete(changed)
    }
  }

  /** Plugs a device in, as a cable would: under its path, replacing nothing. */
  plug(info: HidInfo, descriptor: Uint8Array | null, ends: DeviceEnds = silentEnds): void {
    this.#add(info, descriptor, ends)
    this.#announce()
  }

  /** Pulls the cable. Unknown paths are ignored, as a second pull would be. */
  unplug(path: string): void {
    const device = this.#plugged.get(path)
    if (device === undefined) return
    this.#plugged.delete(path)
    for (const connection of device.connections) connection.vanish('device disconnected')
    this.#announce()
  }

  /** One raw report from the device at `path`, to every open connection; lost if there is none. */
  report(path: string, bytes: Uint8Array): void {
    for (const connection of this.#plugged.get(path)?.connections ?? []) connection.deliver(bytes)
  }

  /** What was written to the device at `path`, oldest first. */
  written(path: string): readonly Uint8Array[] {
    return this.#plugged.get(path)?.written ?? []
  }

  /** Scans `text` with the virtual scanner: UTF-8, 64-byte reports of the Honeywell layout. */
  scan(text: string, options: { readonly aim: string | null }): void {
    const bytes = new TextEncoder().encode(text)
    const aim = options.aim ?? usualAim(text)
    for (const report of encodePosReports(HONEYWELL_LAYOUT, bytes, aim)) {
      this.report(VIRTUAL_SCANNER.path, report)
    }
  }

  /** Plays a recording at its own pace; resolves after its last report. Rejects for an unknown name. */
  async play(name: string): Promise<void> {
    const capture = this.#captures.find((other) => other.name === name)
    if (capture === undefined) throw new Error(`no capture named ${name}`)
    for (const report of capture.reports) {
      if (report.afterMs > 0) {
        await new Promise<void>((done) => {
          this.#clock.after(report.afterMs, done)
        })
      }
      this.report(capture.device.path, hexToBytes(report.hex))
    }
  }

  #add(info: HidInfo, descriptor: Uint8Array | null, ends: DeviceEnds = silentEnds): void {
    if (this.#plugged.has(info.path)) return
    this.#plugged.set(info.path, { info, descriptor, ends, written: [], connections: new Set() })
  }

  #announce(): void {
    for (const changed of this.#watchers) changed()
  }
}
