/**
 * The key of the desk's databases in the browser shell, which has no safe storage: a file that only
 * its owner may read, outside the folder it protects, so that a copied folder is not readable.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

import { StorageFailure } from './open.ts'

const KEY_BYTES = 32

/** Where the key of the data folder `home` lies; one per folder. */
export function keyPathFor(home: string, configDir: string): string {
  const from = relative(resolve(home), resolve(configDir))
  if (from === '' || (from !== '..' && !from.startsWith(`..${sep}`) && !/^[A-Za-z]:/.test(from))) {
    throw new StorageFailure('key-exposed', `${configDir} is inside the folder it protects`)
  }
  const name = createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16)
  return join(resolve(configDir), `desk-${name}.key`)
}

/**
 * The 32-byte key of the data folder `home`, made on first use.
 * Throws StorageFailure: `key-exposed` where others may read it, `damaged` where it is no key.
 */
export function keyFileFor(home: string, configDir: string): Uint8Array {
  const path = keyPathFor(home, configDir)
  mkdirSync(configDir, { recursive: true, mode: 0o700 })
  return readKey(path) ?? makeKey(path, configDir)
}

function readKey(path: string): Uint8Array | null {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (!stat.isFile()) throw new StorageFailure('key-exposed', `${path} is not a plain file`)
  if (process.platform !== 'win32') {
    const mode = (stat.mode & 0o777).toString(8)
    if ((stat.mode & 0o077) !== 0) {
      throw new StorageFailure('key-exposed', `${path} may be read by others (mode ${mode})`)
    }
    if (stat.uid !== process.getuid?.()) {
      throw new StorageFailure('key-exposed', `${path} belongs to another user`)
    }
  }
  const key = readFileSync(path)
  if (key.length !== KEY_BYTES) {
    throw new StorageFailure('damaged', `${path} has ${key.length} bytes, not ${KEY_BYTES}`)
  }
  return new Uint8Array(key)
}

/**
 * Written whole under another name and linked into place, so that neither a crash nor a second
 * program can leave half a key. Of two that make one at once, the first to link wins.
 */
function makeKey(path: string, configDir: string): Uint8Array {
  const key = randomBytes(KEY_BYTES)
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, key)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  syncFolder(configDir)
  const kept = readKey(path)
  if (kept === null) throw new StorageFailure('io', `${path} vanished while it was made`)
  return kept
}

/** A new name is durable only once its folder is; Windows does this by itself and refuses the call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
