/**
 * The mirror of outbox.db, in another folder: what the desk did is still there when the database is
 * not. Append-only files `operations-YYYYMMDD[-N].journal`, each line with the disk before it counts.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

import { flushThread } from './flush-thread.ts'
import { lineCodec } from './journal-lines.ts'
import type { JournalEntry, JournalHead, LineCodec, WrittenEntry } from './journal-lines.ts'
import type { DeskIdentity } from './outbox.ts'

/** A day's work is about 3 MB; imports write more. */
const FILE_BYTES_MAX = 8 * 1024 * 1024
const NO_HEAD: JournalHead = { epoch: 0, seq: 0 }
const LINE_END = 0x0a

export interface Journal {
  /** Null before the first operation. */
  readonly head: () => JournalHead | null
  /**
   * `at`: when, epoch ms; the first line of a day opens a file. With the disk when it returns, unless
   * `isDurable` is false. Throws what the file system throws; the line is then not there.
   */
  readonly append: (entries: readonly JournalEntry[], at: number, isDurable?: boolean) => void
  /** The same in two steps, between which the caller waits for another disk. */
  readonly begin: (entries: readonly JournalEntry[], at: number) => BegunLines
  /** Removes files whose day is over since `before` and of which `isPruned` says so of every line. */
  readonly prune: (before: number, isPruned: (head: JournalHead) => boolean) => number
  readonly close: () => void
}

/** Lines that are written and on their way to the disk. One of the two ends them. */
export interface BegunLines {
  /** With the disk when it returns. Throws what the file system throws; the lines are then not there. */
  readonly keep: () => void
  /** They are not there, for good, when it returns; may be tried again where it threw. */
  readonly drop: () => void
}

export interface JournalReport {
  readonly files: number
  readonly lines: number
  /** Unreadable lines before the end of a file. */
  readonly damagedLines: number
  /** Cut-off last lines: what was being written when the power went. */
  readonly tornLines: number
  /** Whole lines under another key. */
  readonly foreignLines: number
}

/** Throws what the file system throws. `identity` is written at the head of each new file. */
export function openJournal(
  folder: string,
  key: Uint8Array | null,
  identity: () => DeskIdentity | null,
): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return new OpenJournal(folder, lineCodec(key), identity)
}

class OpenJournal implements Journal {
  readonly #folder: string
  readonly #codec: LineCodec
  readonly #identity: () => DeskIdentity | null
  readonly #thread = flushThread()
  #file: JournalFile | null
  #fd: number | null = null
  #bytes = 0
  #head: JournalHead

  constructor(folder: string, codec: LineCodec, identity: () => DeskIdentity | null) {
    this.#folder = folder
    this.#codec = codec
    this.#identity = identity
    const files = journalFiles(folder)
    this.#file = files.at(-1) ?? null
    this.#head = lastHead(folder, files, codec)
    if (this.#file !== null) {
      this.#open(this.#file)
      this.#mendEnd(this.#file)
    }
  }

  head = (): JournalHead | null => (this.#head.seq === 0 ? null : this.#head)

  append = (entries: readonly JournalEntry[], at: number, isDurable = true): void => {
    this.#roll(dayOf(at))
    const { lines, head } = this.#encoded(entries)
    this.#write(lines, isDurable)
    this.#head = head
  }

  begin = (entries: readonly JournalEntry[], at: number): BegunLines => {
    this.#roll(dayOf(at))
    const { lines, head } = this.#encoded(entries)
    const before = this.#bytes
    this.#write(lines, false)
    const fd = this.#openFd()
    this.#thread.begin(fd)
    return {
      keep: () => {
        try {
          this.#thread.end(fd)
        } catch (error) {
          this.#cutTo(before)
          throw error
        }
        this.#head = head
      },
      drop: () => {
        this.#cutTo(before)
        fdatasyncSync(fd)
      },
    }
  }

  #encoded(entries: readonly JournalEntry[]): { lines: Buffer; head: JournalHead } {
    let head = this.#head
    const lines = entries.map((entry) => {
      if (entry.line === 'operation') head = entry.operation
      return this.#codec.write(written(entry, head))
    })
    return { lines: Buffer.concat(lines), head: { epoch: head.epoch, seq: head.seq } }
  }

  prune = (before: number, isPruned: (head: JournalHead) => boolean): number => {
    const gone = journalFiles(this.#folder)
      .filter(({ day, name }) => day < dayOf(before) && name !== this.#file?.name)
      .filter(({ name }) => operationsIn(join(this.#folder, name), this.#codec).every(isPruned))
    for (const { name } of gone) rmSync(join(this.#folder, name))
    return gone.length
  }

  close = (): void => {
    this.#thread.close()
    this.#closeFile()
  }

  #closeFile(): void {
    if (this.#fd === null) return
    closeSync(this.#fd)
    this.#fd = null
  }

  /** A clock that went back stays in the file it is in: files are read in the order of their names. */
  #roll(day: string): void {
    const current = this.#file
    if (current !== null && day <= current.day && this.#bytes < FILE_BYTES_MAX) return
    const isNewDay = current === null || day > current.day
    const next = isNewDay ? fileOf(day, 1) : fileOf(current.day, current.part + 1)
    this.#closeFile()
    this.#open(next)
    this.#file = next
    const identity = this.#identity()
    if (identity === null) return
    this.#write(this.#codec.write(written({ line: 'identity', identity }, this.#head)), false)
  }

  #open({ name }: JournalFile): void {
    const path = join(this.#folder, name)
    const isNew = !existsSync(path)
    this.#fd = openSync(path, 'a', 0o600)
    this.#bytes = fstatSync(this.#fd).size
    if (isNew) syncFolder(this.#folder)
  }

  /** What was half written when the power went is dropped; a line that lacks its end only gets it. */
  #mendEnd({ name }: JournalFile): void {
    if (this.#fd === null) return
    const bytes = readFileSync(join(this.#folder, name))
    const ended = bytes.lastIndexOf(LINE_END) + 1
    if (ended === bytes.length) return
    if (this.#codec.read(bytes.subarray(ended)).found === 'damaged') {
      ftruncateSync(this.#fd, ended)
      fdatasyncSync(this.#fd)
      this.#bytes = ended
    } else this.#write(Buffer.of(LINE_END), true)
  }

  #write(lines: Buffer, isDurable: boolean): void {
    const fd = this.#openFd()
    try {
      // A write that a full disk cuts short says so by its length, not by an error.
      for (let at = 0; at < lines.length;) at += writeSync(fd, lines, at)
      if (isDurable) fdatasyncSync(fd)
      this.#bytes += lines.length
    } catch (error) {
      // What is half written would swallow the next line.
      this.#cutTo(this.#bytes)
      throw error
    }
  }

  #cutTo(bytes: number): void {
    ftruncateSync(this.#openFd(), bytes)
    this.#bytes = bytes
  }

  #openFd(): number {
    if (this.#fd === null) throw new Error('the journal is closed')
    return this.#fd
  }
}

const written = (entry: JournalEntry, { epoch, seq }: JournalHead): WrittenEntry => ({
  ...entry,
  head: { epoch, seq },
})

/** Every readable line in the order written. `visit` sees one at a time: a journal may be large. */
export function readJournal(
  folder: string,
  key: Uint8Array | null,
  visit: (entry: JournalEntry) => void,
): JournalReport {
  const codec = lineCodec(key)
  const report = { files: 0, lines: 0, damagedLines: 0, tornLines: 0, foreignLines: 0 }
  for (const { name } of journalFiles(folder)) {
    report.files += 1
    for (const { line, isTorn } of linesOf(join(folder, name))) {
      const read = codec.read(line)
      if (read.found === 'entry') {
        report.lines += 1
        visit(read.entry)
      } else if (read.found === 'foreign') report.foreignLines += 1
      else if (isTorn) report.tornLines += 1
      else report.damagedLines += 1
    }
  }
  return report
}

interface JournalFile {
  readonly name: string
  /** YYYYMMDD. */
  readonly day: string
  /** 1, 2, … within a day. */
  readonly part: number
}

const NAME = /^operations-(\d{8})(?:-(\d+))?\.journal$/

const fileOf = (day: string, part: number): JournalFile => ({
  name: part === 1 ? `operations-${day}.journal` : `operations-${day}-${part}.journal`,
  day,
  part,
})

/** In the order written. None where the folder is missing. */
function journalFiles(folder: string): JournalFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const [, day, part] = NAME.exec(name) ?? []
      return day === undefined ? [] : [{ name, day, part: Number(part ?? 1) }]
    })
    .toSorted((one, other) => one.day.localeCompare(other.day) || one.part - other.part)
}

export const hasJournal = (folder: string): boolean => journalFiles(folder).length > 0

function* linesOf(path: string): Generator<{ line: Buffer; isTorn: boolean }> {
  const bytes = readFileSync(path)
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LINE_END, from)
    yield { line: bytes.subarray(from, end < 0 ? bytes.length : end), isTorn: end < 0 }
    from = end < 0 ? bytes.length : end + 1
  }
}

/** Each line knows it: only the last readable one is opened. */
function lastHead(folder: string, files: readonly JournalFile[], codec: LineCodec): JournalHead {
  for (const { name } of files.toReversed()) {
    for (const { line } of [...linesOf(join(folder, name))].toReversed()) {
      const read = codec.read(line)
      if (read.found === 'entry') return read.entry.head
    }
  }
  return NO_HEAD
}

function operationsIn(path: string, codec: LineCodec): JournalHead[] {
  return [...linesOf(path)].flatMap(({ line }) => {
    const read = codec.read(line)
    return read.found === 'entry' && read.entry.line === 'operation' ? [read.entry.head] : []
  })
}

const dayOf = (at: number): string =>
  new Date(Math.max(0, at)).toISOString().slice(0, 10).replaceAll('-', '')

/** A new name is with the disk only when its folder is. Windows has no such call and no need. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
