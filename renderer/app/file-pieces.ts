/** A file to the engine, piece by piece. */

export const PIECE_BYTES = 256 * 1024
/** String.fromCharCode takes its bytes as arguments; engines allow about this many safely. */
const SLICE = 0x80_00

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += SLICE) {
    text += String.fromCharCode(...bytes.subarray(from, from + SLICE))
  }
  return btoa(text)
}

export interface Piece {
  readonly offset: number
  readonly chunkBase64: string
  readonly isLast: boolean
}

/** The answer to the last piece, or null where it was cancelled; rejects as `send` does. */
export async function sendPieces<A>(
  file: Blob,
  send: (piece: Piece) => Promise<A>,
  isCancelled: () => boolean,
): Promise<A | null> {
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    if (isCancelled()) return null
    const piece = file.slice(offset, offset + PIECE_BYTES)
    const isLast = offset + PIECE_BYTES >= file.size
    const chunkBase64 = toBase64(new Uint8Array(await piece.arrayBuffer()))
    const answer = await send({ offset, chunkBase64, isLast })
    if (isLast) return answer
  }
  return null
}

/** Milliseconds still to go at the speed so far; null while there is too little to judge by. */
export function remainingMs(
  doneCount: number,
  totalCount: number,
  elapsedMs: number,
): number | null {
  if (doneCount <= 0 || elapsedMs < 500) return null
  return ((totalCount - doneCount) * elapsedMs) / doneCount
}
