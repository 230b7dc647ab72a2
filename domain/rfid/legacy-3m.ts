/**
 * Tags of the 3M system before any standard, reading side:
 *   0 `04` · 1 part and parts, a nibble each · 2 `00` · 3 type · 4–19 barcode, NUL padded
 *   20–23 branch (12 bits), library (20 bits) · 24–27 free · 28–31 zero
 * There is no checksum, so every fixed byte must be as written.
 */
import { latin1Text } from '../marc/latin-1.ts'
import { isCleanCode } from '../words/code-text.ts'
import { noElements, setInfoText } from './tag-elements.ts'
import type { TagElements } from './tag-elements.ts'

const MEMORY_MIN = 32
const BARCODE_AT = 4
const BARCODE_END = 20

/** An unwritten 3M tag: 24 bytes of 55, then zeros; others are zero throughout. */
export const isBlankMemory = (memory: Uint8Array): boolean =>
  memory.length > 0 &&
  (memory.every((byte) => byte === 0) ||
    (memory.length >= 24 && memory.every((byte, n) => byte === 0x55 || (n >= 24 && byte === 0))))

/** null where it is not one. */
export const decode3mTag = (memory: Uint8Array): TagElements | null => {
  if (memory.length < MEMORY_MIN || memory[0] !== 0x04 || memory[2] !== 0) return null
  if (memory.subarray(28, MEMORY_MIN).some((byte) => byte !== 0)) return null
  const part = (memory[1] ?? 0) >> 4
  const parts = (memory[1] ?? 0) & 0x0f
  if (part > parts) return null
  const field = memory.subarray(BARCODE_AT, BARCODE_END)
  const nul = field.indexOf(0)
  const barcode = latin1Text(nul === -1 ? field : field.subarray(0, nul))
  const isPadded = nul === -1 || field.subarray(nul).every((byte) => byte === 0)
  if (!isPadded || !isCleanCode(barcode) || !/^[\u0020-\u007e]+$/.test(barcode)) return null
  const setInfo = parts > 1 && part >= 1 ? setInfoText({ parts, part }) : null
  return { ...noElements, primaryItemId: barcode, setInfo }
}
