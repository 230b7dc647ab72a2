/** One large file of the city over a line that is slow, or goes, or is needed for something else. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { RANGE_BYTES } from '../../contract/sync-protocol.ts'
import type { Snapshot } from '../../contract/sync-protocol.ts'
import type { Clock } from '../engine/clock.ts'
import { openLinePace } from './line-pace.ts'
import { TransportFailure } from './transport.ts'
import type { Transport } from './transport.ts'

export interface FetchPlace {
  readonly mayGoOn: () => boolean
  /** Waits while the desk's own work is on the line. */
  readonly lineIsFree: () => Promise<void>
  readonly clock: Pick<Clock, 'monotonic'>
}

/**
 * In pieces that the line bears in seconds; a range is looked at when it is whole, so that what came
 * of it before the line went need not come again. Throws TransportFailure; what is there stays.
 */
export async function fetchFile(
  transport: Pick<Transport, 'range'>,
  { name, bytes, ranges }: Pick<Snapshot, 'name' | 'bytes' | 'ranges'>,
  path: string,
  { mayGoOn, lineIsFree, clock }: FetchPlace,
): Promise<void> {
  const pace = openLinePace(clock, { min: 65_536, first: 1_048_576, max: RANGE_BYTES })
  const file = await open(path, 'a+', 0o600)
  try {
    let at = await keptBytes(file, bytes, ranges)
    let ownFrom = at
    while (at < bytes) {
      await lineIsFree()
      if (!mayGoOn()) break
      const from = at - (at % RANGE_BYTES)
      const end = Math.min(from + RANGE_BYTES, bytes)
      const to = Math.min(at + pace.bytes(), end)
      const ask = (): Promise<Uint8Array> => transport.range(`/v1/snapshot/${name}`, at, to - 1)
      const part = await pace.timed(to < end, ask)
      if (part.length !== to - at) throw new TransportFailure('not-our-server', `${at} of ${name}`)
      await file.appendFile(part)
      at = to
      if (at < end || (await isRight(file, from, end, ranges))) continue
      await file.truncate(from)
      if (from >= ownFrom) throw new TransportFailure('not-our-server', `range ${from} of ${name}`)
      // Half of it was left by an earlier try.
      at = from
      ownFrom = from
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** What an earlier try left: ranges that are right, and the beginning of the next. */
async function keptBytes(
  file: FileHandle,
  bytes: number,
  ranges: readonly string[],
): Promise<number> {
  const { size } = await file.stat()
  let at = 0
  while (at < bytes) {
    const end = Math.min(at + RANGE_BYTES, bytes)
    if (size < end) return size
    if (!(await isRight(file, at, end, ranges))) break
    at = end
  }
  await file.truncate(at)
  return at
}

async function isRight(
  file: FileHandle,
  from: number,
  end: number,
  ranges: readonly string[],
): Promise<boolean> {
  const buffer = Buffer.alloc(end - from)
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
  return bytesRead === buffer.length && sha256(buffer) === ranges[from / RANGE_BYTES]
}

const sha256 = (part: Uint8Array): string => createHash('sha256').update(part).digest('hex')
