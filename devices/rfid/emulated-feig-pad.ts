/** A FEIG pad without the pad: byte for byte what the driver of feig-pad.ts talks to. */
import type { HidInfo } from '../hid-port.ts'
import type { DeviceEnds } from '../replay-port.ts'
import type { EmulatedField, EmulatedTag } from './emulated-field.ts'
import { encodeFeigFrame, FeigFrameReader, type FeigFrame } from './feig-frames.ts'
import {
  FEIG_COMMAND,
  FEIG_EAS,
  FEIG_ISO,
  FEIG_STATUS,
  fromFeigReport,
  toFeigReports,
} from './feig-pad.ts'
import { bytesToUid, uidToBytes } from './pad-driver.ts'

/** Vendor page, 64 bytes in, 64 bytes out, no report numbers. */
export const PAD_DESCRIPTOR_HEX = '0600ff0901a101150026ff007508954009028102954009039102c0'

export const VIRTUAL_PAD: HidInfo = {
  vendorId: 0x0ab1,
  productId: 0x0001,
  serialNumber: 'VIRTUAL',
  interface: 0,
  usagePage: 0xff00,
  usage: 0x01,
  manufacturer: 'CityDesk',
  product: 'Virtual pad',
  path: 'replay:virtual-pad',
}

/** What of an inventory still fits one standard frame. */
const SIGHTINGS_A_FRAME = 24
const TRANSPONDER_ISO15693 = 0x03
const VERSION = [0x02, 0x03, 0x00, 0x00, 0x5b]

export class EmulatedFeigPad implements DeviceEnds {
  readonly #field: EmulatedField
  readonly #frames = new FeigFrameReader()
  #pages: (readonly EmulatedTag[])[] = []
  /** True: it takes what is said and answers nothing. */
  isSilent = false
  /** Delays an answer by this much, by way of `deliverLater`. */
  answersAfterMs: (command: number) => number = () => 0
  deliverLater: (delayMs: number, reports: readonly Uint8Array[]) => void = () => undefined

  constructor(field: EmulatedField) {
    this.#field = field
  }

  written(bytes: Uint8Array): readonly Uint8Array[] {
    // Behind the id byte that unnumbered reports do not have, though the write has it.
    const { frames } = this.#frames.push(fromFeigReport(bytes.subarray(1)))
    if (this.isSilent) return []
    return frames.flatMap((frame) => {
      const reports = this.#answer(frame)
      const delayMs = this.answersAfterMs(frame.command)
      if (delayMs === 0) return reports
      this.deliverLater(delayMs, reports)
      return []
    })
  }

  featureWritten(): void {
    // It has no feature reports.
  }

  featureAsked(): Uint8Array {
    return new Uint8Array()
  }

  #answer({ command, content }: FeigFrame): readonly Uint8Array[] {
    const said = (status: number, bytes: readonly number[] = []): readonly Uint8Array[] =>
      toFeigReports(encodeFeigFrame('standard', command, [status, ...bytes], 0))
    if (command === FEIG_COMMAND.version) return said(FEIG_STATUS.ok, VERSION)
    if (command === FEIG_COMMAND.resetField) return said(FEIG_STATUS.ok)
    if (command === FEIG_COMMAND.custom) return said(this.#eas(content))
    if (command !== FEIG_COMMAND.iso15693) return said(FEIG_STATUS.unknownCommand)
    if (content[0] === FEIG_ISO.inventory) return this.#inventory(content[1] ?? 0, said)
    const tag = this.#field.tag(bytesToUid(content.subarray(2, 10)))
    if (tag === null) return said(FEIG_STATUS.noTag)
    return this.#ofTag(tag, content[0] ?? 0, content.subarray(10), said)
  }

  #inventory(
    mode: number,
    said: (status: number, bytes?: readonly number[]) => readonly Uint8Array[],
  ): readonly Uint8Array[] {
    if (mode === 0) {
      const tags = this.#field.inventory()
      this.#pages = []
      for (let at = 0; at < tags.length; at += SIGHTINGS_A_FRAME) {
        this.#pages.push(tags.slice(at, at + SIGHTINGS_A_FRAME))
      }
    }
    const page = this.#pages.shift()
    if (page === undefined) return said(FEIG_STATUS.noTag)
    const sightings = page.flatMap(({ uid, dsfid }) => [
      TRANSPONDER_ISO15693,
      dsfid,
      ...uidToBytes(uid),
    ])
    const status = this.#pages.length > 0 ? FEIG_STATUS.moreFollows : FEIG_STATUS.ok
    return said(status, [page.length, ...sightings])
  }

  #ofTag(
    tag: EmulatedTag,
    command: number,
    content: Uint8Array,
    said: (status: number, bytes?: readonly number[]) => readonly Uint8Array[],
  ): readonly Uint8Array[] {
    const { uid, memory, blockBytes } = tag
    if (command === FEIG_ISO.describe) {
      const size = [blockBytes - 1, memory.length / blockBytes - 1, 0x01]
      return said(FEIG_STATUS.ok, [tag.dsfid, ...uidToBytes(uid), tag.afi, ...size])
    }
    if (command === FEIG_ISO.read) {
      const [first = 0, count = 0] = content
      if ((first + count) * blockBytes > memory.length) return said(FEIG_STATUS.address)
      const blocks = Array.from({ length: count }, (_, n) => {
        const at = (first + n) * blockBytes
        return [0, ...memory.slice(at, at + blockBytes).toReversed()]
      })
      return said(FEIG_STATUS.ok, [count, blockBytes, ...blocks.flat()])
    }
    if (command === FEIG_ISO.write) {
      const [block = 0] = content
      const isTaken = this.#field.write(tag, block, content.slice(3).toReversed())
      return said(isTaken ? FEIG_STATUS.ok : FEIG_STATUS.writeError)
    }
    if (command === FEIG_ISO.writeAfi) {
      const isTaken = this.#field.setAfi(tag, content[0] ?? 0)
      return said(isTaken ? FEIG_STATUS.ok : FEIG_STATUS.writeError)
    }
    if (command !== FEIG_ISO.writeDsfid) return said(FEIG_STATUS.unknownCommand)
    tag.dsfid = content[0] ?? 0
    return said(FEIG_STATUS.ok)
  }

  #eas(content: Uint8Array): number {
    const tag = this.#field.tag(bytesToUid(content.subarray(3, 11)))
    if (tag === null) return FEIG_STATUS.noTag
    if (tag.eas === null) return FEIG_STATUS.unknownCommand
    tag.eas = content[0] === FEIG_EAS.set
    return FEIG_STATUS.ok
  }
}
