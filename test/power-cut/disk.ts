/**
 * What a disk may hold after the power went.
 *
 * A file: all that was written before its last fsync. Of what came after, each write and each change
 * of size may be there, be missing, or be there in some of its 512-byte sectors; later ones do not
 * need earlier ones. A write past the end that is missing may still have moved the end (zeros).
 * A name: all changes before the last fsync of its folder. Of those after, any may be missing; half
 * of the time only the last ones are, as on a disk that keeps a journal of its names.
 * Taken as kept: folders themselves, and that a rename is whole or not at all.
 */
import type { Random } from '../simulation/random.ts'
import { folderOf, outlivesPower } from './recording.ts'
import type { DiskRecord, FileId } from './recording.ts'

const SECTOR_BYTES = 512

type Change = Extract<DiskRecord, { op: 'write' | 'resize' }>
type NameChange = Extract<DiskRecord, { op: 'name' | 'rename' | 'unname' }>

/** Bytes that grow without a copy for each write. */
class Content {
  #bytes: Buffer
  #size: number

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#bytes = bytes
    this.#size = bytes.length
  }

  write(offset: number, bytes: Buffer): void {
    if (offset + bytes.length > this.#size) this.resize(offset + bytes.length)
    bytes.copy(this.#bytes, offset)
  }

  resize(size: number): void {
    if (size > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(size, this.#bytes.length * 2))
      this.#bytes.copy(grown, 0, 0, this.#size)
      this.#bytes = grown
    }
    // What is cut off reads as zeros when the file grows again.
    if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    this.#size = size
  }

  get size(): number {
    return this.#size
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size)
  }

  copy(): Content {
    return new Content(Buffer.from(this.bytes))
  }
}

interface File {
  readonly durable: Content
  readonly pending: Change[]
}

export class Disk {
  readonly #files = new Map<FileId, File>()
  readonly #names = new Map<string, FileId>()
  #pendingNames: NameChange[] = []

  apply(record: DiskRecord): void {
    switch (record.op) {
      case 'write':
      case 'resize':
        this.#fileOf(record.file).pending.push(record)
        break
      case 'sync': {
        const { durable, pending } = this.#fileOf(record.file)
        for (const change of pending.splice(0)) applyWhole(durable, change)
        break
      }
      case 'sync-folder':
        this.#syncFolder(record.folder)
        break
      case 'name':
      case 'rename':
      case 'unname':
        if (outlivesPower(record.path)) this.#pendingNames.push(record)
        break
      case 'ack':
        break
    }
  }

  /** The files that are found when the power is back, by their path. */
  cut(random: Random): Map<string, Buffer> {
    const mood = moodOf(random)
    const names = new Map(this.#names)
    for (const change of survivingNames(this.#pendingNames, random, mood)) rename(names, change)
    const contents = new Map<FileId, Buffer>()
    const found = new Map<string, Buffer>()
    for (const [path, id] of names) {
      const known = contents.get(id) ?? survivor(this.#fileOf(id), random, mood)
      contents.set(id, known)
      found.set(path, known)
    }
    return found
  }

  #fileOf(id: FileId): File {
    const known = this.#files.get(id)
    if (known !== undefined) return known
    const made: File = { durable: new Content(), pending: [] }
    this.#files.set(id, made)
    return made
  }

  #syncFolder(folder: string): void {
    const waiting: NameChange[] = []
    for (const change of this.#pendingNames) {
      if (folderOf(change.path) === folder) rename(this.#names, change)
      else waiting.push(change)
    }
    this.#pendingNames = waiting
  }
}

/** How much of what was not synced survives: nothing and everything are states of their own. */
const moodOf = (random: Random): number => random.pick([0, 0.1, 0.5, 0.5, 0.9, 1])

function survivingNames(
  pending: readonly NameChange[],
  random: Random,
  mood: number,
): readonly NameChange[] {
  if (random.chance(0.5)) return pending.slice(0, Math.floor(random.next() * (pending.length + 1)))
  return pending.filter(() => random.chance(mood))
}

function rename(names: Map<string, FileId>, change: NameChange): void {
  if (change.op === 'unname') {
    if (names.get(change.path) === change.file) names.delete(change.path)
    return
  }
  if (change.op === 'rename' && names.get(change.from) === change.file) names.delete(change.from)
  names.set(change.path, change.file)
}

function survivor({ durable, pending }: File, random: Random, mood: number): Buffer {
  const content = durable.copy()
  for (const change of pending) {
    if (random.chance(mood)) {
      if (change.op === 'write' && random.chance(0.3)) applyTorn(content, change, random)
      else applyWhole(content, change)
    } else if (change.op === 'write' && random.chance(0.1)) {
      content.resize(Math.max(content.size, change.offset + change.bytes.length))
    }
  }
  return content.bytes
}

function applyWhole(content: Content, change: Change): void {
  if (change.op === 'write') content.write(change.offset, change.bytes)
  else content.resize(change.size)
}

/** Sectors are counted from the start of the disk's blocks, so a write may begin within one. */
function applyTorn(
  content: Content,
  { offset, bytes }: { readonly offset: number; readonly bytes: Buffer },
  random: Random,
): void {
  for (let at = 0; at < bytes.length;) {
    const ends = Math.min(bytes.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES))
    if (random.chance(0.5)) content.write(offset + at, bytes.subarray(at, ends))
    at = ends
  }
}
