/** UTF-8 without the platform: domain code runs where no TextDecoder is. */

/** null for a text with half a surrogate pair. */
export const encodeUtf8 = (text: string): Uint8Array | null => {
  if (!text.isWellFormed()) return null
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), continuing(point))
    else if (point < 0x10000) {
      bytes.push(0xe0 | (point >> 12), continuing(point >> 6), continuing(point))
    } else {
      bytes.push(0xf0 | (point >> 18), continuing(point >> 12))
      bytes.push(continuing(point >> 6), continuing(point))
    }
  }
  return Uint8Array.from(bytes)
}

const continuing = (bits: number): number => 0x80 | (bits & 0x3f)

/** First byte → how many follow and the least code point that needs so many. */
const shapeOf = (first: number): { follow: number; least: number; bits: number } | null => {
  if (first < 0x80) return { follow: 0, least: 0, bits: first }
  if (first >= 0xc2 && first < 0xe0) return { follow: 1, least: 0x80, bits: first & 0x1f }
  if (first >= 0xe0 && first < 0xf0) return { follow: 2, least: 0x800, bits: first & 0x0f }
  if (first >= 0xf0 && first < 0xf5) return { follow: 3, least: 0x10000, bits: first & 0x07 }
  return null
}

/** null where the bytes are not well-formed UTF-8: overlong forms and surrogates included. */
export const decodeUtf8 = (bytes: Uint8Array): string | null => {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const shape = shapeOf(bytes[at] ?? 0)
    if (shape === null || at + shape.follow >= bytes.length) return null
    let point = shape.bits
    for (let n = 1; n <= shape.follow; n += 1) {
      const next = bytes[at + n] ?? 0
      if ((next & 0xc0) !== 0x80) return null
      point = (point << 6) | (next & 0x3f)
    }
    if (point < shape.least || point > 0x10ffff) return null
    if (point >= 0xd800 && point <= 0xdfff) return null
    text += String.fromCodePoint(point)
    at += 1 + shape.follow
  }
  return text
}
