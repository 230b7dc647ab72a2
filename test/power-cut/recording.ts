/** Reads the log of recorder.c: what was done to which file, names and descriptors resolved. */
import { dirname } from 'node:path'

/** A file as the disk knows it: renamed, it is the same one. Numbered from 0. */
export type FileId = number

/** Paths are below the recorded folder; '' is that folder. */
export type DiskRecord =
  | { readonly op: 'write'; readonly file: FileId; readonly offset: number; readonly bytes: Buffer }
  | { readonly op: 'resize'; readonly file: FileId; readonly size: number }
  | { readonly op: 'sync'; readonly file: FileId }
  | { readonly op: 'sync-folder'; readonly folder: string }
  | { readonly op: 'name'; readonly path: string; readonly file: FileId }
  | {
      readonly op: 'rename'
      readonly from: string
      readonly path: string
      readonly file: FileId
    }
  | { readonly op: 'unname'; readonly path: string; readonly file: FileId }
  /** A line that the program wrote into the file `acks`: it has told somebody. */
  | { readonly op: 'ack'; readonly line: string }

export interface Recording {
  readonly records: readonly DiskRecord[]
  /** The first name of each file. */
  readonly firstNames: readonly string[]
}

const ACKS = 'acks'
const HEAD_BYTES = 20
const flag = { creates: 1, truncates: 2, syncs: 4, isFolder: 16 }

interface RawRecord {
  readonly op: string
  readonly flags: number
  readonly fd: number
  readonly offset: number
  readonly path: string
  readonly bytes: Buffer
}

/** A record that the kill cut short is left out: it was never answered. */
function* rawRecords(log: Buffer): Generator<RawRecord> {
  let at = 0
  while (at + HEAD_BYTES <= log.length) {
    const pathEnds = at + HEAD_BYTES + log.readUInt16LE(at + 2)
    const ends = pathEnds + log.readUInt32LE(at + 8)
    if (ends > log.length) return
    yield {
      op: String.fromCharCode(log.readUInt8(at)),
      flags: log.readUInt8(at + 1),
      fd: log.readInt32LE(at + 4),
      offset: Number(log.readBigUInt64LE(at + 12)),
      path: log.toString('utf8', at + HEAD_BYTES, pathEnds),
      bytes: log.subarray(pathEnds, ends),
    }
    at = ends
  }
}

interface Opened {
  readonly file: FileId | null
  readonly path: string
  readonly syncs: boolean
}

class Reading {
  readonly records: DiskRecord[] = []
  readonly firstNames: string[] = []
  readonly #files = new Map<string, FileId>()
  readonly #opened = new Map<number, Opened>()
  readonly #sizes: number[] = []
  #said = ''

  take(raw: RawRecord): void {
    switch (raw.op) {
      case 'O':
        this.#open(raw)
        break
      case 'C':
        this.#opened.delete(raw.fd)
        break
      case 'W':
        this.#write(raw)
        break
      case 'T':
        this.#resize(this.#fileOf(raw), raw.offset)
        break
      case 'G': {
        const file = this.#fileOf(raw)
        if (raw.offset > (this.#sizes[file] ?? 0)) this.#resize(file, raw.offset)
        break
      }
      case 'S':
        this.#sync(raw)
        break
      case 'U':
        this.#unlink(raw.path)
        break
      case 'L':
        this.#link(raw.path, raw.bytes.toString('utf8'))
        break
      case 'R':
        this.#rename(raw.path, raw.bytes.toString('utf8'))
        break
      default:
        throw new Error(`a call that cannot be replayed (${raw.op}) on ${raw.path || raw.fd}`)
    }
  }

  #open({ fd, path, flags }: RawRecord): void {
    const syncs = (flags & flag.syncs) !== 0
    if ((flags & flag.isFolder) !== 0) {
      this.#opened.set(fd, { file: null, path, syncs })
      return
    }
    const file = this.#files.get(path) ?? this.#create(path)
    this.#opened.set(fd, { file, path, syncs })
    if ((flags & flag.truncates) !== 0 && (this.#sizes[file] ?? 0) > 0) this.#resize(file, 0)
  }

  #create(path: string): FileId {
    const file = this.firstNames.push(path) - 1
    this.#sizes.push(0)
    this.#files.set(path, file)
    this.records.push({ op: 'name', path, file })
    return file
  }

  #write({ fd, offset, bytes }: RawRecord): void {
    const { file, path, syncs } = this.#openedAs(fd)
    if (file === null) throw new Error(`${path} is a folder`)
    if (path === ACKS) {
      this.#hear(bytes.toString('utf8'))
      return
    }
    this.#sizes[file] = Math.max(this.#sizes[file] ?? 0, offset + bytes.length)
    this.records.push({ op: 'write', file, offset, bytes })
    if (syncs) this.records.push({ op: 'sync', file })
  }

  #hear(text: string): void {
    const lines = (this.#said + text).split('\n')
    this.#said = lines.pop() ?? ''
    for (const line of lines) this.records.push({ op: 'ack', line })
  }

  #resize(file: FileId, size: number): void {
    this.#sizes[file] = size
    this.records.push({ op: 'resize', file, size })
  }

  #sync({ fd }: RawRecord): void {
    const { file, path } = this.#openedAs(fd)
    this.records.push(file === null ? { op: 'sync-folder', folder: path } : { op: 'sync', file })
  }

  #unlink(path: string): void {
    const file = this.#named(path)
    this.#files.delete(path)
    this.records.push({ op: 'unname', path, file })
  }

  #link(from: string, path: string): void {
    const file = this.#named(from)
    this.#files.set(path, file)
    this.records.push({ op: 'name', path, file })
  }

  #rename(from: string, path: string): void {
    const file = this.#files.get(from)
    // A folder that moves takes its files along.
    const moving =
      file === undefined
        ? [...this.#files].filter(([name]) => name.startsWith(`${from}/`))
        : [[from, file] as const]
    for (const [was, moved] of moving) {
      const is = path + was.slice(from.length)
      this.#files.delete(was)
      this.#files.set(is, moved)
      this.records.push({ op: 'rename', from: was, path: is, file: moved })
    }
  }

  #openedAs(fd: number): Opened {
    const opened = this.#opened.get(fd)
    if (opened === undefined) throw new Error(`descriptor ${fd} was never opened`)
    return opened
  }

  #fileOf({ fd }: RawRecord): FileId {
    const { file, path } = this.#openedAs(fd)
    if (file === null) throw new Error(`${path} is a folder`)
    return file
  }

  #named(path: string): FileId {
    const file = this.#files.get(path)
    if (file === undefined) throw new Error(`${path} was never made`)
    return file
  }
}

/** Throws where the log holds a call that cannot be replayed. */
export function readRecording(log: Buffer): Recording {
  const reading = new Reading()
  for (const raw of rawRecords(log)) reading.take(raw)
  return reading
}

export const folderOf = (path: string): string => (path.includes('/') ? dirname(path) : '')

/** The shared-memory index of a WAL is mapped, not written, and is never read after a power cut. */
export const outlivesPower = (path: string): boolean => !path.endsWith('-shm')

/** Without what was done to the outbox's mirror: nothing is there to heal from. */
export const withoutMirror = ({ records, firstNames }: Recording): Recording => ({
  records: records.filter((record) => {
    const path = 'file' in record ? firstNames[record.file] : undefined
    return path?.startsWith('home-journal/') !== true
  }),
  firstNames,
})

/**
 * A disk that answers every fsync of the files of `isLying` and does none of it. Names are kept.
 */
export const lyingDisk = (
  { records, firstNames }: Recording,
  isLying: (path: string) => boolean,
): Recording => ({
  records: records.filter(
    (record) => record.op !== 'sync' || !isLying(firstNames[record.file] ?? ''),
  ),
  firstNames,
})

const WAL_HEADER_BYTES = 32

/**
 * The recording as it would be had the database at `path` run at synchronous=NORMAL: its log is
 * synced when it starts anew (after its header) and before a checkpoint writes the first page, not
 * with each commit. Checked against a run at NORMAL in recording.test.ts.
 */
export function atNormal({ records, firstNames }: Recording, path: string): Recording {
  const isLog = firstNames.map((name) => name === `${path}-wal`)
  const isOfBase = firstNames.map((name) => name === path || name === `${path}-wal`)
  const kept: DiskRecord[] = []
  let isNextPage = false
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const record = records[index]
    if (record === undefined) continue
    const isCommit = record.op === 'sync' && isLog[record.file] === true && !isNextPage
    const dropped = isCommit && !followsHeader(records, index, record.file)
    if (!dropped) kept.push(record)
    if ('file' in record && isOfBase[record.file] === true) {
      isNextPage = record.op === 'write' && isLog[record.file] !== true
    }
  }
  return { records: kept.toReversed(), firstNames }
}

function followsHeader(records: readonly DiskRecord[], index: number, file: FileId): boolean {
  let at = index - 1
  const isOther = (record: DiskRecord | undefined): boolean =>
    record !== undefined && !('file' in record && record.file === file)
  while (isOther(records[at])) at -= 1
  const before = records[at]
  return before?.op === 'write' && before.offset === 0 && before.bytes.length === WAL_HEADER_BYTES
}
