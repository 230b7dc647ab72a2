/**
 * Notices a database that is older than it was: restored from a backup, or one whose disk took back
 * what it had promised. A mark beside the database says how far it had been written; where it now
 * stands before the mark, the store gets a new name and the desks send again what it lacks. A
 * restore that brings the mark back with it goes unnoticed here: `npm run server -- restored`.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { LedgerStorage } from './ledger-storage.ts'

/** What was done since the last mark may be lost unnoticed by the server; its desks notice. */
const MARK_EVERY_MS = 10_000

const Mark = z.object({
  serverEpoch: z.string(),
  clusterId: z.string(),
  timeline: z.int(),
  bytes: z.number(),
})
type Mark = z.infer<typeof Mark>

export interface RestoreMark {
  /** The store was found to be older than it was, and was given a new name. */
  readonly wasRestored: boolean
  /** Marks once more. */
  readonly close: () => Promise<void>
  /** Marks no more. */
  readonly forget: () => void
}

type Marked = Pick<LedgerStorage, 'city' | 'writtenUpTo' | 'noticeMove' | 'renewServerEpoch'>

/** `onFailure`: a mark could not be written. To be called before any desk is answered. */
export async function openRestoreMark(
  storage: Marked,
  file: string,
  onFailure: (error: unknown) => void,
): Promise<RestoreMark> {
  const wasRestored = await renewIfOlder(storage, file)
  const mark = (): Promise<void> => writeMark(storage, file)
  await mark()
  const timer = setInterval(() => void mark().catch(onFailure), MARK_EVERY_MS)
  timer.unref()
  return {
    wasRestored,
    async close() {
      clearInterval(timer)
      await mark()
    },
    forget: () => clearInterval(timer),
  }
}

async function renewIfOlder(storage: Marked, file: string): Promise<boolean> {
  const before = await readMark(file)
  const { serverEpoch } = await storage.city()
  const hasMoved = await storage.noticeMove()
  const now = await storage.writtenUpTo()
  // Another server of the same database noticed it first.
  if (hasMoved || before === null || now === null || before.serverEpoch !== serverEpoch) {
    return hasMoved
  }
  const isOlder =
    now.clusterId !== before.clusterId ||
    now.timeline !== before.timeline ||
    now.bytes < before.bytes
  if (isOlder) await storage.renewServerEpoch()
  return isOlder
}

async function writeMark(storage: Marked, file: string): Promise<void> {
  const place = await storage.writtenUpTo()
  if (place === null) return
  const mark: Mark = { serverEpoch: (await storage.city()).serverEpoch, ...place }
  await mkdir(dirname(file), { recursive: true })
  // Two servers of one database may share a folder.
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(draft, JSON.stringify(mark), { mode: 0o600 })
  await rename(draft, file)
}

/** A mark that cannot be read is none: the next one is written over it. */
async function readMark(file: string): Promise<Mark | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  try {
    return Mark.parse(JSON.parse(text))
  } catch {
    return null
  }
}
