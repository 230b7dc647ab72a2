/**
 * A newc archive (cpio "070701"), the format the kernel unpacks as its first file system: each entry
 * is 13 fields of eight hex digits, the NUL-ended name and the content, both padded to four bytes.
 */
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = 0o040755
const FILE = 0o100644
const PROGRAM = 0o100755

const hex8 = (value: number): string => value.toString(16).padStart(8, '0')

const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4)

export class CpioArchive {
  readonly #fd: number
  readonly #folders = new Set<string>()
  #inode = 1

  constructor(file: string) {
    this.#fd = openSync(file, 'w')
  }

  folder(path: string): void {
    if (path === '' || path === '.' || this.#folders.has(path)) return
    this.folder(path.split('/').slice(0, -1).join('/'))
    this.#folders.add(path)
    this.#entry(path, FOLDER, Buffer.alloc(0))
  }

  file(path: string, content: Buffer | string, isProgram = false): void {
    this.folder(path.split('/').slice(0, -1).join('/'))
    this.#entry(path, isProgram ? PROGRAM : FILE, Buffer.from(content))
  }

  /** A folder with everything below it that `wants` names; `path` is relative to `from`. */
  tree(from: string, to: string, wants: (path: string) => boolean): void {
    for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
      const absolute = join(entry.parentPath, entry.name)
      const path = absolute.slice(from.length + 1)
      if (!wants(path) || !statSync(absolute).isFile()) continue
      this.file(`${to}/${path}`, readFileSync(absolute))
    }
  }

  close(): void {
    this.#entry('TRAILER!!!', 0, Buffer.alloc(0))
    closeSync(this.#fd)
  }

  #entry(name: string, mode: number, content: Buffer): void {
    const nameBytes = Buffer.from(`${name}\0`)
    const links = mode === FOLDER ? 2 : 1
    const fields = [this.#inode, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, nameBytes.length]
    this.#inode += 1
    const head = Buffer.from(`070701${fields.map(hex8).join('')}${hex8(0)}`)
    writeSync(this.#fd, Buffer.concat([head, nameBytes, padding(head.length + nameBytes.length)]))
    for (let at = 0; at < content.length;) at += writeSync(this.#fd, content, at)
    writeSync(this.#fd, padding(content.length))
  }
}
