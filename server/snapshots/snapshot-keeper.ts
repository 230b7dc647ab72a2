/**
 * Keeps a recent snapshot of the brief facts and of the catalogue, so that a new desk fetches a
 * file instead of pulling every record (design/sync.md, Feed, scopes, bootstrap). The file itself
 * is built by a program of its own, at low priority: see cli/build-snapshot.ts.
 */
import { spawn } from 'node:child_process'
import { createPrivateKey, sign } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Snapshot, canonicalJson } from '../../contract/sync-protocol.ts'
import { briefItem } from '../../domain/scopes.ts'
import type { Item } from '../../domain/records.ts'
import { placeOf } from '../http/log.ts'
import type { Log } from '../http/log.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'

const program = join(import.meta.dirname, '..', '..', 'cli', 'build-snapshot.ts')

/** Below this many rows pages are as quick. */
const ROWS_MIN = 5_000
/** Built anew when the tail is this part of the rows, or a day old. */
const TAIL_PART = 0.25
const AGE_MAX_MS = 24 * 3_600_000
const LOOK_EVERY_MS = 10 * 60_000
const LIST_ROWS = 2_000
/** Downloads of the one before go on while the next is there. */
const KEPT = 2

const snapshotScopes = ['brief', 'catalogue'] as const
type SnapshotScope = (typeof snapshotScopes)[number]
const kindsOf = {
  brief: ['item', 'blocked-card'],
  catalogue: ['title', 'bib'],
} as const

export interface SnapshotKeeper {
  /** The newest of each scope. */
  readonly list: () => readonly Snapshot[]
  /** Null where there is no such file. */
  readonly pathOf: (name: string) => string | null
  /** Looks now, and builds what is due. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

/** For servers that offer none. */
export const noSnapshots: SnapshotKeeper = {
  list: () => [],
  pathOf: () => null,
  look: async () => {},
  close: async () => {},
}

interface KeeperOptions {
  readonly folder: string
  readonly storage: LedgerStorage
  /** Ed25519, PKCS8 DER, base64: the city's own. */
  readonly privateKey: string
  readonly serverEpoch: () => Promise<string>
  readonly log: Log
  readonly now: () => number
  /** Tests make small cities. */
  readonly rowsMin?: number
}

interface Kept {
  readonly manifest: Snapshot
  readonly rowsCount: number
}

export async function openSnapshotKeeper(options: KeeperOptions): Promise<SnapshotKeeper> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const kept = await keptIn(options.folder)
  const newest = (scope: SnapshotScope): Kept | undefined =>
    kept.findLast(({ manifest }) => manifest.scope === scope)
  let running: Promise<void> = Promise.resolve()
  const stopping = new AbortController()

  async function lookAt(scope: SnapshotScope): Promise<void> {
    const head = (await options.storage.heads([scope]))[scope] ?? 0
    const serverEpoch = await options.serverEpoch()
    if (!isDue(newest(scope), { head, serverEpoch, now: options.now() })) return
    const built = await build(options, { scope, serverEpoch, signal: stopping.signal })
    if (built === null) return
    kept.push(built)
    const old = kept.filter(({ manifest }) => manifest.scope === scope).slice(0, -KEPT)
    for (const one of old) {
      kept.splice(kept.indexOf(one), 1)
      await remove(options.folder, one.manifest.name)
    }
  }

  const look = (): Promise<void> => {
    running = running.then(async () => {
      for (const scope of snapshotScopes) {
        if (stopping.signal.aborted) return
        try {
          await lookAt(scope)
        } catch (error) {
          if (!stopping.signal.aborted)
            options.log({ event: 'failure', route: 'snapshot', what: placeOf(error) })
        }
      }
    })
    return running
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return {
    list: () => snapshotScopes.flatMap((scope) => newest(scope)?.manifest ?? []),
    pathOf: (name) =>
      kept.some(({ manifest }) => manifest.name === name)
        ? join(options.folder, `${name}.zst`)
        : null,
    look,
    async close() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

interface Now {
  readonly head: number
  readonly serverEpoch: string
  readonly now: number
}

function isDue(last: Kept | undefined, { head, serverEpoch, now }: Now): boolean {
  if (head === 0) return false
  if (last === undefined || last.manifest.serverEpoch !== serverEpoch) return true
  const tail = head - last.manifest.cursor
  if (tail <= 0) return false
  return tail > last.rowsCount * TAIL_PART || now - last.manifest.createdAt > AGE_MAX_MS
}

async function keptIn(folder: string): Promise<Kept[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const kept: Kept[] = []
  for (const name of names) {
    const { manifest, rowsCount } = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
      manifest: unknown
      rowsCount: number
    }
    const parsed = Snapshot.safeParse(manifest)
    // An older program's manifest: its file is of no use to today's desks.
    if (parsed.success) kept.push({ manifest: parsed.data, rowsCount })
    else await remove(folder, name.slice(0, -'.json'.length))
  }
  return kept.toSorted((one, other) => one.manifest.createdAt - other.manifest.createdAt)
}

const remove = async (folder: string, name: string): Promise<void> => {
  await rm(join(folder, `${name}.json`), { force: true })
  await rm(join(folder, `${name}.zst`), { force: true })
}

interface Building {
  readonly scope: SnapshotScope
  readonly serverEpoch: string
  readonly signal: AbortSignal
}

/** Null where the city is too small for it, or changed in a way that needs another look. */
async function build(
  { folder, storage, privateKey, now, rowsMin = ROWS_MIN }: KeeperOptions,
  { scope, serverEpoch, signal }: Building,
): Promise<Kept | null> {
  const cursor = (await storage.heads([scope]))[scope] ?? 0
  const name = `${scope}-${cursor}-${now().toString(36)}`
  const rows = join(folder, `${name}.rows`)
  const out = join(folder, `${name}.part`)
  try {
    const count = { rows: 0 }
    await pipeline(
      Readable.from(linesOf(storage, scope, cursor, count)),
      createWriteStream(rows, { mode: 0o600 }),
      { signal },
    )
    if (count.rows < rowsMin || (await hasCounted(storage, scope, cursor))) return null
    const built = await runProgram(rows, out, signal)
    const unsigned = { ...built, scope, name, cursor, serverEpoch, createdAt: now() }
    const manifest: Snapshot = { ...unsigned, signature: signatureOf(unsigned, privateKey) }
    await rename(out, join(folder, `${name}.zst`))
    // Written last: a manifest promises its file.
    await writeFile(
      join(folder, `${name}.json`),
      JSON.stringify({ manifest, rowsCount: count.rows }),
    )
    return { manifest, rowsCount: count.rows }
  } finally {
    await rm(rows, { force: true })
    await rm(out, { force: true })
  }
}

/** The rows may be newer than the cursor; told again by the tail, a row comes out the same. */
async function* linesOf(
  storage: LedgerStorage,
  scope: SnapshotScope,
  cursor: number,
  count: { rows: number },
): AsyncGenerator<string> {
  yield `${JSON.stringify({ scope, cursor })}\n`
  for (const kind of kindsOf[scope]) {
    let after = ''
    for (;;) {
      const page = await storage.listRecords(kind, after, LIST_ROWS)
      for (const { row } of page) {
        count.rows += 1
        const told: object = kind === 'item' ? briefItem(row as Item) : row
        yield `${JSON.stringify([kind, told])}\n`
      }
      const last = page.at(-1)
      if (page.length < LIST_ROWS || last === undefined) break
      after = last.row.id
    }
  }
}

/** A counter that moved meanwhile would be moved twice. */
async function hasCounted(
  storage: LedgerStorage,
  scope: SnapshotScope,
  cursor: number,
): Promise<boolean> {
  for await (const entries of storage.entriesOf(scope, cursor)) {
    for (const { changes } of entries) {
      if (changes.some((change) => 'patch' in change && Object.keys(change.add).length > 0))
        return true
    }
  }
  return false
}

const signatureOf = (unsigned: Omit<Snapshot, 'signature'>, privateKey: string): string => {
  const key = createPrivateKey({
    key: Buffer.from(privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  return sign(null, Buffer.from(canonicalJson(unsigned)), key).toString('base64')
}

type Built = Pick<Snapshot, 'schema' | 'bytes' | 'rawBytes' | 'rawSha256' | 'ranges'>

function runProgram(rows: string, out: string, signal: AbortSignal): Promise<Built> {
  return new Promise((done, failed) => {
    const args = [program, '--rows', rows, '--out', out]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], signal })
    // Desks come first. Where the system does not allow it, it is built all the same.
    if (child.pid !== undefined) tryLower(child.pid)
    const said: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', failed)
    child.on('close', (code) => {
      if (code !== 0) failed(new Error(`the builder of snapshots ended with ${code}`))
      else done(builtOf(JSON.parse(Buffer.concat(said).toString('utf8')) as Built))
    })
  })
}

const builtOf = ({ schema, bytes, rawBytes, rawSha256, ranges }: Built): Built => ({
  schema,
  bytes,
  rawBytes,
  rawSha256,
  ranges,
})

function tryLower(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
