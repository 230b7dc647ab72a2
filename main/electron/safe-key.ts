/**
 * The key of the databases, wrapped by the desktop's own keychain (DPAPI, Keychain, libsecret,
 * KWallet). It protects from other users and from a stolen disk, not from programs of the same user.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import type { SafeStorage } from 'electron'
import { z } from 'zod'

const KEY_HEX_LENGTH = 64
/** A keychain that is still being unlocked after sign-in answers a moment later. */
const TRIES_MAX = 5
const PAUSE_MS = 1_000

/** Why the key cannot be had; the shell has the words. None of them may be answered by a new key. */
export type KeyTrouble =
  /** Wrapped by another keychain: the user signed in to another desktop. */
  | 'other-keychain'
  | 'keychain-unavailable'
  /** The keychain no longer has what it wrapped the key with. */
  | 'keychain-changed'
  | 'key-damaged'
  /** There are databases, and no key anywhere. */
  | 'key-lost'

export type DeskKey =
  | { readonly keyHex: string; readonly protection: 'keychain' | 'file' }
  | { readonly trouble: KeyTrouble; readonly detail: string }

/** The wrapped key, and by what, so that a change of desktop can be named. */
const KeyRecord = z.strictObject({
  version: z.literal(1),
  backend: z.string().min(1),
  wrapped: z.base64().min(1),
})
type KeyRecord = z.infer<typeof KeyRecord>

export interface KeyParts {
  readonly safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
  >
  readonly platform: NodeJS.Platform
  /** File of the wrapped key. */
  readonly recordFile: string
  /** The unprotected key file of the browser shell: the same databases need the same key. */
  readonly keyFile: { readonly isThere: () => boolean; readonly readOrMake: () => string }
  readonly hasDatabases: boolean
  readonly pause: (ms: number) => Promise<void>
}

/** The desk's key; made where there is nothing yet that one could have been used for. */
export async function loadDeskKey(parts: KeyParts): Promise<DeskKey> {
  const record = readRecord(parts.recordFile)
  if (record === 'damaged') return { trouble: 'key-damaged', detail: parts.recordFile }
  if (record !== null) return unwrap(parts, record)
  if (parts.keyFile.isThere()) return fromKeyFile(parts)
  if (parts.hasDatabases) return { trouble: 'key-lost', detail: parts.recordFile }
  if (keychainOf(parts) === null) return fromKeyFile(parts)
  if (!(await parts.safeStorage.isAsyncEncryptionAvailable())) return fromKeyFile(parts)
  const keyHex = randomBytes(KEY_HEX_LENGTH / 2).toString('hex')
  await wrap(parts, keyHex)
  return { keyHex, protection: 'keychain' }
}

const fromKeyFile = ({ keyFile }: KeyParts): DeskKey => ({
  keyHex: keyFile.readOrMake(),
  protection: 'file',
})

/** Null where there is none: `basic_text` encrypts with a password that is in Chromium's source. */
function keychainOf({ safeStorage, platform }: KeyParts): string | null {
  if (platform === 'win32') return 'dpapi'
  if (platform === 'darwin') return 'keychain'
  const backend = safeStorage.getSelectedStorageBackend()
  return backend === 'basic_text' || backend === 'unknown' ? null : backend
}

async function unwrap(parts: KeyParts, record: KeyRecord): Promise<DeskKey> {
  const { safeStorage } = parts
  const backend = keychainOf(parts)
  if (backend !== record.backend) {
    return { trouble: 'other-keychain', detail: `${record.backend} → ${backend ?? 'none'}` }
  }
  if (!(await isAvailable(parts))) return { trouble: 'keychain-unavailable', detail: backend }
  const wrapped = Buffer.from(record.wrapped, 'base64')
  try {
    const opened = await safeStorage.decryptStringAsync(wrapped)
    if (!new RegExp(`^[0-9a-f]{${KEY_HEX_LENGTH}}$`).test(opened.result)) {
      return { trouble: 'key-damaged', detail: parts.recordFile }
    }
    if (opened.shouldReEncrypt) await wrap(parts, opened.result)
    return { keyHex: opened.result, protection: 'keychain' }
  } catch (error) {
    return { trouble: 'keychain-changed', detail: `${backend}: ${String(error)}` }
  }
}

async function isAvailable({ safeStorage, pause }: KeyParts): Promise<boolean> {
  for (let tries = 1; tries < TRIES_MAX; tries += 1) {
    if (await safeStorage.isAsyncEncryptionAvailable()) return true
    await pause(PAUSE_MS)
  }
  return safeStorage.isAsyncEncryptionAvailable()
}

async function wrap(parts: KeyParts, keyHex: string): Promise<void> {
  const wrapped = await parts.safeStorage.encryptStringAsync(keyHex)
  const backend = keychainOf(parts) ?? 'unknown'
  writeRecord(parts.recordFile, { version: 1, backend, wrapped: wrapped.toString('base64') })
}

function readRecord(file: string): KeyRecord | 'damaged' | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return KeyRecord.parse(JSON.parse(text))
  } catch {
    // Whatever is in it, it is not a key we wrote; the caller says so to the person at the desk.
    return 'damaged'
  }
}

/** Whole or not at all: half a record would be a lost key. */
function writeRecord(path: string, record: KeyRecord): void {
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeSync(file, JSON.stringify(record))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}
