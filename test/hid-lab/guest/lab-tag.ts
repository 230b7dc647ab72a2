/** The tags of the lab's pads, as a library writes them. */
import { encodeLibraryElements, usualLayout } from '../../../domain/rfid/encode-iso-28560-2.ts'
import { noElements } from '../../../domain/rfid/tag-elements.ts'
import { emulatedTag, type EmulatedTag } from '../../../devices/rfid/emulated-field.ts'

const MEMORY_BYTES = 112

/** The memory of an SLIX that says this item. */
export const labMemory = (barcode: string): Uint8Array => {
  const elements = { ...noElements, primaryItemId: barcode, ownerIsil: 'CN-440300' }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: MEMORY_BYTES })
  if (!encoded.ok) throw new Error(encoded.reason)
  return encoded.bytes
}

export const labUid = (n: number): string => `e00401500000${n.toString(16).padStart(4, '0')}`

export const labTag = (n: number): EmulatedTag =>
  emulatedTag(labUid(n), labMemory(`0440051234${String(n).padStart(4, '0')}`))
