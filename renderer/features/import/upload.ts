/** A file to the engine, piece by piece. */
import type { AskOf } from '../../../contract/queries.ts'
import type { Desk } from '../../../contract/desk-api.ts'
import type { AnswerOf } from '../../../contract/queries.ts'

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

export type UploadOptions = Pick<
  AskOf<'import-upload'>,
  'format' | 'profile' | 'encoding' | 'isDryRun'
>

interface Upload {
  readonly desk: Desk
  readonly file: Blob & { readonly name: string }
  readonly options: UploadOptions
  readonly uploadId: string
  readonly onProgress: (sentBytes: number) => void
  readonly isCancelled: () => boolean
}

/** The job's id, or null where it was cancelled; rejects as Desk.ask does. */
export async function upload(parts: Upload): Promise<string | null> {
  const { desk, file, options, uploadId, onProgress, isCancelled } = parts
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    if (isCancelled()) return null
    const piece = file.slice(offset, offset + PIECE_BYTES)
    const isLast = offset + PIECE_BYTES >= file.size
    const answer = (await desk.ask('import-upload', {
      uploadId,
      fileName: file.name.slice(0, 200),
      offset,
      chunkBase64: toBase64(new Uint8Array(await piece.arrayBuffer())),
      isLast,
      ...options,
    })) as AnswerOf<'import-upload'>
    onProgress(answer.receivedBytes)
    if (isLast) return answer.jobId
  }
  return null
}

/** Milliseconds still to go at the speed so far; null while there is too little to judge by. */
export function remainingMs(
  doneBytes: number,
  totalBytes: number,
  elapsedMs: number,
): number | null {
  if (doneBytes <= 0 || elapsedMs < 500) return null
  return ((totalBytes - doneBytes) * elapsedMs) / doneBytes
}
