/** A reader of identity cards without the reader: byte for byte what sam-reader.ts talks to. */
import type { HidInfo } from '../hid-port.ts'
import type { DeviceEnds } from '../replay-port.ts'
import { encodeCardText, type IdCard } from './card-text.ts'
import {
  encodeSamAnswer,
  encodeSamCommand,
  SAM_COMMAND,
  SAM_STATUS,
  toSamReports,
  type SamAnswer,
} from './sam-frames.ts'

export const VIRTUAL_ID_CARD_READER: HidInfo = {
  vendorId: 0x0400,
  productId: 0xc35a,
  serialNumber: 'VIRTUAL',
  interface: 0,
  usagePage: 0xff00,
  usage: 0x01,
  manufacturer: 'CityDesk',
  product: 'Virtual ID card reader',
  path: 'replay:virtual-id-card',
}

const PHOTO_BYTES = 1_024

const nothing = new Uint8Array()
const answer = (status: number, content: Uint8Array = nothing): SamAnswer => ({ status, content })

const commandNames = Object.keys(SAM_COMMAND) as readonly (keyof typeof SAM_COMMAND)[]

export class EmulatedSamReader implements DeviceEnds {
  #card: IdCard | null = null
  #isSelected = false
  /** True: it takes what is said and answers nothing. */
  isSilent = false
  /** Whether the card lets itself be read this time. */
  isReadable: () => boolean = () => true
  /** Called after a card was read out. */
  wasRead: () => void = () => undefined

  /** Lays a card down. */
  put(card: IdCard): void {
    this.#card = card
    this.#isSelected = false
  }

  lift(): void {
    this.#card = null
    this.#isSelected = false
  }

  written(bytes: Uint8Array): readonly Uint8Array[] {
    // Behind the id byte that unnumbered reports do not have, though the write has it.
    const asked = bytes.subarray(1)
    const name = commandNames.find((one) =>
      encodeSamCommand(SAM_COMMAND[one]).every((byte, n) => asked[n] === byte),
    )
    if (this.isSilent || name === undefined) return []
    return toSamReports(encodeSamAnswer(this.#answer(name)))
  }

  featureWritten(): void {
    // It has no feature reports.
  }

  featureAsked(): Uint8Array {
    return nothing
  }

  #answer(name: keyof typeof SAM_COMMAND): SamAnswer {
    const card = this.#card
    if (name === 'status') return answer(SAM_STATUS.done)
    if (name === 'find') {
      return card === null
        ? answer(SAM_STATUS.notFound)
        : answer(SAM_STATUS.found, new Uint8Array(4))
    }
    if (name === 'select') {
      this.#isSelected = card !== null
      return card === null
        ? answer(SAM_STATUS.notSelected)
        : answer(SAM_STATUS.done, new Uint8Array(8))
    }
    if (card === null || !this.#isSelected || !this.isReadable()) return answer(SAM_STATUS.notRead)
    const photo = new Uint8Array(PHOTO_BYTES).fill(0x5a)
    this.wasRead()
    return answer(SAM_STATUS.done, Uint8Array.of(1, 0, 4, 0, ...encodeCardText(card), ...photo))
  }
}
