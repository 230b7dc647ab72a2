/** Bytes as the characters of the same numbers: ASCII, and a skeleton of any other encoding. */

/** Arguments of one call; engines allow far more, a field has at most 9,999 bytes. */
const PIECE = 8192

/** `apply` reads a typed array as it is; a spread walks its iterator and takes eight times as long. */
const pieceText = (bytes: Uint8Array): string =>
  Reflect.apply(String.fromCharCode, null, bytes as ArrayLike<number>)

export const latin1Text = (bytes: Uint8Array): string => {
  if (bytes.length <= PIECE) return pieceText(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += pieceText(bytes.subarray(at, at + PIECE))
  }
  return text
}
