/** How a file begins, to the engine, which says what it seems to be. */
import type { Desk } from '../../../contract/desk-api.ts'
import type { ImportLook } from '../../../contract/import-shapes.ts'
import { PIECE_BYTES, toBase64 } from '../../app/file-pieces.ts'
import type { UploadOptions } from './upload.ts'

/** Rejects as Desk.ask does. */
export async function lookAt(
  desk: Desk,
  file: Blob,
  { format, profile, encoding }: UploadOptions,
): Promise<ImportLook> {
  const head = new Uint8Array(await file.slice(0, PIECE_BYTES).arrayBuffer())
  const ask = { headBase64: toBase64(head), isWhole: file.size <= PIECE_BYTES }
  return (await desk.ask('import-look', { ...ask, format, profile, encoding })) as ImportLook
}
