/** A tag as the desk has seen it on its pads, and what a screen is told of it. */
import type { PadTag } from '../../contract/pad-shapes.ts'
import type { TagImage } from '../../devices/rfid/pad-events.ts'
import type { TagReading } from '../../domain/rfid/decode-tag.ts'
import { readAfi } from '../../domain/rfid/tag-security.ts'

export interface SeenTag {
  readonly uid: string
  pad: string
  image: TagImage | null
  reading: TagReading | null
  isHere: boolean
  /** When it was lifted; null while it lies there. */
  leftAt: number | null
  /** The item's loan when it was laid down, then whenever it changed; null: no item of ours. */
  isOnLoan: boolean | null
  /** Its item was lent or returned since it was laid down. */
  isHandled: boolean
  isScanned: boolean
  isWorking: boolean
}

/** Nobody brought it to lend or return it. */
export const beWritten = (tag: SeenTag): void => {
  tag.isWorking = true
  tag.isScanned = true
  tag.isHandled = true
  tag.isOnLoan = null
}

export const barcodeOf = (tag: SeenTag): string | null =>
  tag.reading?.elements.primaryItemId ?? null

export const unreadTag = (uid: string, pad: string): SeenTag => ({
  uid,
  pad,
  image: null,
  reading: null,
  isHere: true,
  leftAt: null,
  isOnLoan: null,
  isHandled: false,
  isScanned: false,
  isWorking: false,
})

/** The parts of the set that do not lie here. */
const missingPartsOf = (tag: SeenTag, here: readonly SeenTag[]): number[] => {
  const parts = tag.reading?.set?.parts ?? 0
  const barcode = barcodeOf(tag)
  const present = new Set(
    here.filter((other) => barcodeOf(other) === barcode).map((other) => other.reading?.set?.part),
  )
  return Array.from({ length: parts }, (_, n) => n + 1).filter((part) => !present.has(part))
}

interface PadNow {
  readonly here: readonly SeenTag[]
  readonly isOnline: boolean
}

/** G3: what a tag forbids without a line, of what would come next to its item. */
const isForbiddenOffline = ({ reading, isOnLoan, isScanned, isHandled }: SeenTag): boolean => {
  const usage = reading?.usage ?? null
  if (usage === null || isScanned || isHandled) return false
  const { allowsOfflineCheckIn, allowsOfflineCheckOut } = usage
  if (isOnLoan === null) return !allowsOfflineCheckIn || !allowsOfflineCheckOut
  return isOnLoan ? !allowsOfflineCheckIn : !allowsOfflineCheckOut
}

export const troubleOf = (tag: SeenTag, { here, isOnline }: PadNow): PadTag['trouble'] => {
  const { reading } = tag
  if (reading === null) return 'unreadable'
  if (reading.model === 'blank') return 'blank'
  const barcode = barcodeOf(tag)
  if (barcode === null) return 'not-a-library-tag'
  const part = reading.set?.part ?? null
  const isDouble = here.some(
    (other) =>
      other !== tag && barcodeOf(other) === barcode && (other.reading?.set?.part ?? null) === part,
  )
  if (isDouble) return 'two-of-one-item'
  if (missingPartsOf(tag, here).length > 0) return 'parts-missing'
  return !isOnline && isForbiddenOffline(tag) ? 'not-offline' : null
}

export const shapeOf = (tag: SeenTag, now: PadNow, title: string | null): PadTag => {
  const { uid, pad, image, reading, isWorking } = tag
  const barcode = barcodeOf(tag)
  const afi = image?.afi ?? null
  return {
    uid,
    pad,
    barcode,
    title,
    model: reading?.model ?? 'unread',
    ownerIsil: reading?.elements.ownerIsil ?? null,
    usage: reading?.elements.typeOfUsage ?? null,
    part: reading?.set?.part ?? null,
    parts: reading?.set?.parts ?? null,
    security: afi === null ? null : readAfi(afi),
    afi,
    dsfid: image?.dsfid ?? null,
    memoryHex: image === null ? '' : Buffer.from(image.memory).toString('hex').slice(0, 2_048),
    trouble: troubleOf(tag, now),
    missingParts: missingPartsOf(tag, now.here),
    isWorking,
  }
}
