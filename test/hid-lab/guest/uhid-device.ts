/**
 * A HID device out of thin air: /dev/uhid in plain Node. `struct uhid_event` (linux/uhid.h) is packed
 * and little-endian here, so writing and reading buffers is all it takes.
 */
import { closeSync, openSync, read, writeSync } from 'node:fs'

const EVENT = {
  destroy: 1,
  stop: 3,
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create2: 11,
  input2: 12,
  setReport: 13,
  setReportReply: 14,
} as const

/** u32 type and the largest member of the union, uhid_create2_req. */
const EVENT_BYTES = 4 + 4372
/** hidapi lists USB, Bluetooth, I2C and SPI only. */
const BUS_USB = 3

export interface UhidIdentity {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  readonly descriptor: Uint8Array
}

export interface UhidEnds {
  /** An output report, with its leading id byte, 00 where reports have none. */
  readonly written: (bytes: Uint8Array) => void
  readonly featureSet: (bytes: Uint8Array) => void
  readonly featureAsked: (reportId: number) => Uint8Array
}

export class UhidDevice {
  readonly #fd: number
  readonly #ends: UhidEnds
  #isDestroyed = false

  constructor(
    { name, vendorId, productId, serialNumber, descriptor }: UhidIdentity,
    ends: UhidEnds,
  ) {
    this.#ends = ends
    this.#fd = openSync('/dev/uhid', 'r+')
    const event = Buffer.alloc(280 + descriptor.length)
    event.writeUInt32LE(EVENT.create2, 0)
    event.write(name, 4, 127)
    event.write('lab', 132, 63)
    event.write(serialNumber, 196, 63)
    event.writeUInt16LE(descriptor.length, 260)
    event.writeUInt16LE(BUS_USB, 262)
    event.writeUInt32LE(vendorId, 264)
    event.writeUInt32LE(productId, 268)
    event.writeUInt32LE(0x0100, 272)
    event.set(descriptor, 280)
    // The kernel extends short writes with zeros.
    writeSync(this.#fd, event)
    this.#listen()
  }

  input(report: Uint8Array): void {
    // Its cable may be pulled while it answers; the kernel refuses reports of a device that is gone.
    if (this.#isDestroyed) return
    const event = Buffer.alloc(6 + report.length)
    event.writeUInt32LE(EVENT.input2, 0)
    event.writeUInt16LE(report.length, 4)
    event.set(report, 6)
    writeSync(this.#fd, event)
  }

  /** Pulls the cable. */
  destroy(): void {
    this.#isDestroyed = true
    const event = Buffer.alloc(4)
    event.writeUInt32LE(EVENT.destroy, 0)
    writeSync(this.#fd, event)
  }

  #listen(): void {
    const event = Buffer.alloc(EVENT_BYTES)
    read(this.#fd, event, 0, EVENT_BYTES, null, (error) => {
      if (error !== null) return
      const type = event.readUInt32LE(0)
      if (type === EVENT.stop && this.#isDestroyed) {
        closeSync(this.#fd)
        return
      }
      if (type === EVENT.output) {
        this.#ends.written(Uint8Array.from(event.subarray(4, 4 + event.readUInt16LE(4100))))
      } else if (type === EVENT.getReport) this.#answerFeature(event.readUInt32LE(4), event[8] ?? 0)
      else if (type === EVENT.setReport) {
        const size = event.readUInt16LE(10)
        this.#ends.featureSet(Uint8Array.from(event.subarray(12, 12 + size)))
        const reply = Buffer.alloc(10)
        reply.writeUInt32LE(EVENT.setReportReply, 0)
        reply.writeUInt32LE(event.readUInt32LE(4), 4)
        writeSync(this.#fd, reply)
      }
      this.#listen()
    })
  }

  #answerFeature(id: number, reportId: number): void {
    const bytes = this.#ends.featureAsked(reportId)
    const reply = Buffer.alloc(12 + bytes.length)
    reply.writeUInt32LE(EVENT.getReportReply, 0)
    reply.writeUInt32LE(id, 4)
    reply.writeUInt16LE(bytes.length, 10)
    reply.set(bytes, 12)
    writeSync(this.#fd, reply)
  }
}
