/**
 * Asks one catalogue over Z39.50, through `yaz-client` (Debian `yaz`, Index Data) where somebody
 * installed it. No shell: its commands go in as lines, its records come out as a file.
 */
import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { CopyTarget } from '../../../domain/copying-records.ts'
import { COPY_RECORDS_MAX, pqfOf } from '../../../domain/copying/copy-wish.ts'
import type { CopyWish } from '../../../domain/copying/copy-wish.ts'
import type { MarcRecord } from '../../../domain/marc/marc-record.ts'
import { readRecords } from '../import/read-records.ts'
import { CopyFailure } from './copy-failure.ts'
import { stoppedBy } from './fetch-answer.ts'
import type { SruAnswer } from './sru-answer.ts'
import { readYazTalk } from './yaz-talk.ts'

/** The largest message that is accepted, KiB. */
const MESSAGE_KIB_MAX = 1024
/** What it prints is each record once more, and longer. */
const TALK_BYTES_MAX = 16 * 1024 * 1024
const RECORDS_BYTES_MAX = 4 * 1024 * 1024

export interface Yaz {
  /** By default the one on the path. */
  readonly command: string
}

/** Throws CopyFailure. */
export async function askZ3950(
  target: CopyTarget,
  wish: CopyWish,
  signal: AbortSignal,
  { command }: Yaz = { command: 'yaz-client' },
): Promise<SruAnswer> {
  const pqf = pqfOf(wish, target)
  if (pqf === null) throw new CopyFailure('no-such-access')
  const folder = await mkdtemp(join(tmpdir(), 'citydesk-z3950-'))
  try {
    const file = join(folder, 'records')
    const talk = await talkWith(command, folder, file, linesFor(target, pqf), signal)
    const { total } = readYazTalk(talk)
    if (total === 0) return { total, records: [], unreadCount: 0 }
    return { total, ...(await recordsIn(file, target)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Neither an address nor a query holds the end of a line (domain/copying/copy-wish.ts). */
function linesFor({ address, schema, encoding }: CopyTarget, pqf: string): Buffer {
  const lines = [
    `open ${address}`,
    `format ${schema}`,
    `find ${pqf}`,
    `show 1+${COPY_RECORDS_MAX}`,
    'quit',
    '',
  ].join('\n')
  return encoding === 'gb18030' ? iconv.encode(lines, 'gb18030') : Buffer.from(lines)
}

async function talkWith(
  command: string,
  folder: string,
  file: string,
  lines: Buffer,
  signal: AbortSignal,
): Promise<string> {
  if (signal.aborted) throw stoppedBy(signal)
  const child = spawn(command, ['-k', String(MESSAGE_KIB_MAX), '-m', file], {
    // Its settings of a person's home would change what it does.
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8' },
    cwd: folder,
    windowsHide: true,
  })
  const stop = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await talked(child, lines, signal)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function talked(
  child: ChildProcessWithoutNullStreams,
  lines: Buffer,
  signal: AbortSignal,
): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  child.stdout.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > TALK_BYTES_MAX) child.kill('SIGKILL')
    else pieces.push(piece)
  })
  child.stderr.resume()
  // It may be gone before it has read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(lines)
  try {
    await once(child, 'close')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new CopyFailure(isMissing ? 'yaz-missing' : 'unreachable')
  }
  if (signal.aborted) throw stoppedBy(signal)
  if (length > TALK_BYTES_MAX) throw new CopyFailure('too-large')
  return Buffer.concat(pieces).toString('utf8')
}

async function recordsIn(
  file: string,
  { profile, encoding }: CopyTarget,
): Promise<Pick<SruAnswer, 'records' | 'unreadCount'>> {
  // Hits without records: it could not give them in this syntax.
  const size = existsSync(file) ? (await stat(file)).size : 0
  if (size > RECORDS_BYTES_MAX) throw new CopyFailure('too-large')
  if (size === 0) throw new CopyFailure('not-an-answer')
  const records: MarcRecord[] = []
  let unreadCount = 0
  const bytes = await readFile(file)
  for await (const { readings } of readRecords(onePiece(bytes), {
    format: 'auto',
    profile,
    encoding,
  })) {
    for (const reading of readings) {
      if ('refused' in reading) unreadCount += 1
      else records.push(reading.record)
    }
  }
  return { records, unreadCount }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes)
}
