/** Compressed bodies, both ways. What comes out is bounded before it is looked at. */
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { constants, gunzip, zstdCompress, zstdDecompress } from 'node:zlib'
import { Refused } from './refused.ts'

const unzstd = promisify(zstdDecompress)
const ungzip = promisify(gunzip)
const zstd = promisify(zstdCompress)

/** 16 KB of zstd may be 512 MB of zeros (reference/security-reliability.md 7). */
const UNPACKED_BYTES_MAX = 16 * 1024 * 1024
const RATIO_MAX = 100
/** Below this much a ratio says nothing: a page of equal rows packs well. */
const RATIO_FROM_BYTES = 1024 * 1024
const WINDOW_LOG_MAX = 23
/** Packing costs the server more than the desk gains on less. */
const PACKED_FROM_BYTES = 2_000

/** Throws Refused. `signed` bytes are those on the wire: nothing is unpacked for a stranger. */
export async function unpacked(body: Buffer, headers: IncomingHttpHeaders): Promise<Buffer> {
  const encoding = headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return body
  try {
    const raw = await unpack(body, encoding)
    if (raw.length > RATIO_FROM_BYTES && raw.length > body.length * RATIO_MAX) {
      throw new Refused('too-large', 'packed too well')
    }
    return raw
  } catch (error) {
    if (error instanceof Refused) throw error
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge
      ? new Refused('too-large', 'send fewer operations')
      : new Refused('bad-request', 'content-encoding')
  }
}

async function unpack(body: Buffer, encoding: string): Promise<Buffer> {
  const maxOutputLength = UNPACKED_BYTES_MAX
  switch (encoding) {
    case 'zstd':
      return await unzstd(body, {
        maxOutputLength,
        params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
      })
    case 'gzip':
      return await ungzip(body, { maxOutputLength })
    default:
      throw new Refused('bad-request', 'content-encoding')
  }
}

/** Null where it is sent as it is. */
export async function packedAnswer(
  answer: string,
  headers: IncomingHttpHeaders,
): Promise<Buffer | null> {
  if (answer.length < PACKED_FROM_BYTES) return null
  const takesZstd = /(?:^|[,\s])zstd(?:$|[,;\s])/.test(headers['accept-encoding']?.toString() ?? '')
  return takesZstd
    ? await zstd(answer, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
    : null
}
