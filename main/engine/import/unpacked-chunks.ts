/** A packed file → its contents, as a stream: nothing is written to the disk, little is held. */
import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'

import { beginsWith } from './foreign-files.ts'
import type { Chunks } from './record-reading.ts'

const GZIP = [0x1f, 0x8b]
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]
const MARK_LENGTH = 4
const PIECE_BYTES = 256 * 1024

/** The packing ends too early, or its checksum is wrong: what came out before is good. */
export class DamagedPacking extends Error {}

export interface Unpacked {
  readonly chunks: Chunks
  /** Bytes of the file itself that were read so far: what a progress is measured by. */
  readonly readBytes: () => number
}

/** A file that is not packed passes as it is. Chunks throw DamagedPacking, and what `file` throws. */
export function unpacked(file: Chunks): Unpacked {
  let readBytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      readBytes += chunk.length
      yield chunk
    }
  }
  return { chunks: contentsOf(counted()), readBytes: () => readBytes }
}

export const isPacked = (head: Uint8Array): boolean =>
  beginsWith(head, GZIP) || beginsWith(head, ZSTD)

async function* contentsOf(file: AsyncGenerator<Uint8Array>): Chunks {
  try {
    const { head, isOver } = await beginningOf(file)
    const unpacker = beginsWith(head, GZIP)
      ? createGunzip({ chunkSize: PIECE_BYTES })
      : beginsWith(head, ZSTD)
        ? createZstdDecompress({ chunkSize: PIECE_BYTES })
        : null
    const all = isOver ? [head] : joined(head, file)
    if (unpacker === null) yield* all
    else yield* through(unpacker, all)
  } finally {
    // Left early, the file must be closed all the same.
    await file.return(undefined)
  }
}

async function beginningOf(file: AsyncGenerator<Uint8Array>) {
  let head: Uint8Array = new Uint8Array()
  while (head.length < MARK_LENGTH) {
    const next = await file.next()
    if (next.done === true) return { head, isOver: true }
    head = Buffer.concat([head, next.value])
  }
  return { head, isOver: false }
}

async function* joined(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): Chunks {
  yield head
  yield* rest
}

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>

async function* through(unpacker: Unpacker, packed: Chunks | readonly Uint8Array[]): Chunks {
  const source = Readable.from(packed)
  source.on('error', (error: Error) => {
    unpacker.destroy(error)
  })
  try {
    for await (const chunk of source.pipe(unpacker)) yield chunk as Uint8Array
  } catch (error) {
    throw isOfPacking(error) ? new DamagedPacking() : error
  } finally {
    source.destroy()
    unpacker.destroy()
  }
}

const isOfPacking = (error: unknown): boolean =>
  /^(?:Z_|ZSTD_)/.test((error as NodeJS.ErrnoException | null)?.code ?? '')
