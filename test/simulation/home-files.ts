/** The files of one desk, on a disk that is really memory. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import type { Random } from './random.ts'

const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Making the tables anew for every desk would cost more than its day. */
let template: string | null = null

function templateUnder(key: Uint8Array): string {
  if (template !== null) return template
  const made = mkdtempSync(join(ROOT, 'citydesk-sim-'))
  void closeStores(openStores(made, key, { now: () => 0 }))
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
  template = made
  return made
}

type File = 'replica.db' | 'catalogue.db' | 'outbox.db'

export class HomeFiles {
  home: string
  readonly #name: string
  readonly #folders: string[] = []

  constructor(name: string, key: Uint8Array) {
    this.#name = name
    this.home = this.#copyOf(templateUnder(key))
  }

  #copyOf(folder: string): string {
    const copy = mkdtempSync(join(ROOT, `citydesk-sim-${this.#name}-`))
    cpSync(folder, copy, { recursive: true })
    this.#folders.push(copy)
    return copy
  }

  /** As they are at this moment, write-ahead logs and all. */
  copy(): string {
    return this.#copyOf(this.home)
  }

  moveTo(folder: string): void {
    this.home = folder
  }

  putBack(folder: string): void {
    rmSync(this.home, { recursive: true })
    cpSync(folder, this.home, { recursive: true })
  }

  remove(file: File): void {
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(this.home, file + suffix), { force: true })
  }

  flipBit(file: File, random: Random): void {
    const path = join(this.home, file)
    if (!existsSync(path)) return
    const bytes = readFileSync(path)
    const at = random.int(0, bytes.length - 1)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7))
    writeFileSync(path, bytes)
  }

  clear(): void {
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}
