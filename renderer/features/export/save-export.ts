/** An exported file from the engine, piece by piece, to where the browser keeps what it saves. */
import type { AnswerOf } from '../../../contract/queries.ts'
import type { Desk } from '../../../contract/desk-api.ts'

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Null where the desk keeps the file no more. A blob of parts stands on the disk, not in memory. */
export async function fetchExport(desk: Desk, jobId: string): Promise<Blob | null> {
  const parts: Blob[] = []
  for (let offset = 0; ;) {
    const piece = (await desk.ask('export-piece', { jobId, offset })) as AnswerOf<'export-piece'>
    if (piece === null) return null
    const bytes = bytesOf(piece.chunkBase64)
    parts.push(new Blob([bytes]))
    if (piece.isLast) return new Blob(parts, { type: 'application/octet-stream' })
    offset += bytes.length
  }
}

export function keep(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
