/**
 * A snapshot as it travels: zstd, cut into ranges that are hashed one by one, so that a download
 * goes on where it broke off and a bad range is fetched again alone.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/** Level 3 packs 31 MB in 0.12 s; 9 saves 4 % and takes 6 times as long (reference/sync-engines.md). */
const LEVEL = 3
/** 128 MB: what the format's own default decoder takes, and no more. */
const WINDOW_LOG_MAX = 27

export interface Packed {
  readonly bytes: number
  readonly rawBytes: number
  readonly rawSha256: string
  /** SHA-256 of each range of the packed file, in order. */
  readonly ranges: readonly string[]
}

/** The file is not what its manifest says. */
export class SnapshotDamaged extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'SnapshotDamaged'
  }
}

export async function packFile(
  rawPath: string,
  packedPath: string,
  rangeBytes: number,
): Promise<Packed> {
  const raw = createHash('sha256')
  let rawBytes = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      raw.update(chunk)
      rawBytes += chunk.length
      done(null, chunk)
    },
  })
  const level = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } }
  await pipeline(
    createReadStream(rawPath, { highWaterMark: 1 << 20 }),
    measured,
    createZstdCompress(level),
    createWriteStream(packedPath, { mode: 0o600 }),
  )
  const { bytes, ranges } = await rangesOf(packedPath, rangeBytes)
  return { bytes, rawBytes, rawSha256: raw.digest('hex'), ranges }
}

async function rangesOf(
  path: string,
  rangeBytes: number,
): Promise<{ bytes: number; ranges: string[] }> {
  const file = await open(path, 'r')
  try {
    const ranges: string[] = []
    const buffer = Buffer.alloc(rangeBytes)
    let bytes = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, rangeBytes, bytes)
      if (bytesRead === 0) break
      ranges.push(createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex'))
      bytes += bytesRead
    }
    await file.sync()
    return { bytes, ranges }
  } finally {
    await file.close()
  }
}

/** Throws SnapshotDamaged where it is not exactly `wanted`; a bomb is stopped at that many bytes. */
export async function unpackFile(
  packedPath: string,
  rawPath: string,
  wanted: Pick<Packed, 'rawBytes' | 'rawSha256'>,
): Promise<void> {
  const raw = createHash('sha256')
  let rawBytes = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      raw.update(chunk)
      rawBytes += chunk.length
      if (rawBytes > wanted.rawBytes) done(new SnapshotDamaged('more than its manifest says'))
      else done(null, chunk)
    },
  })
  const window = { params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX } }
  try {
    await pipeline(
      createReadStream(packedPath, { highWaterMark: 1 << 20 }),
      createZstdDecompress(window),
      measured,
      // Readable by this user alone, and on the disk before it is swapped in.
      createWriteStream(rawPath, { mode: 0o600, flush: true }),
    )
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('ZSTD_') || code.startsWith('Z_')) throw new SnapshotDamaged(code)
    throw error
  }
  if (rawBytes !== wanted.rawBytes || raw.digest('hex') !== wanted.rawSha256) {
    throw new SnapshotDamaged('another file than its manifest says')
  }
}
