/**
 * Lines of the outbox's mirror: `CDJ1 <bytes> <crc32> <base64>` and a line end. A line stands alone:
 * a damaged one is skipped, and the next is found by its line end.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { jsonOnce } from '../json-once.ts'
import type { LostAnswers } from './log-turns.ts'
import type { DeskIdentity, NewOperation, OutcomeOf } from './outbox.ts'

export type JournalEntry =
  | { readonly line: 'identity'; readonly identity: DeskIdentity }
  | {
      readonly line: 'operation'
      readonly operation: NewOperation
      readonly undoes: string | null
    }
  | {
      readonly line: 'outcomes'
      readonly epoch: number
      readonly at: number
      readonly outcomes: readonly OutcomeOf[]
    }
  | { readonly line: 'settled'; readonly epoch: number; readonly seqs: readonly number[] }
  /** Of a server that was restored: what comes after `afterSeq` is pending again. */
  | { readonly line: 'voided'; readonly lost: readonly LostAnswers[] }
  /** What came after `keptThrough` in that epoch is superseded by the lines that follow. */
  | { readonly line: 'turn'; readonly endedEpoch: number; readonly keptThrough: number }

/** The newest operation in the journal, as of a line. */
export interface JournalHead {
  readonly epoch: number
  readonly seq: number
}

/** With it, the end of a journal can be read without the rest. */
export type WrittenEntry = JournalEntry & { readonly head: JournalHead }

export type ReadLine =
  | { readonly found: 'entry'; readonly entry: WrittenEntry }
  /** Whole, and written under another key. */
  | { readonly found: 'foreign' }
  | { readonly found: 'damaged' }

export interface LineCodec {
  readonly write: (entry: WrittenEntry) => Buffer
  /** `line` without its line end. */
  readonly read: (line: Buffer) => ReadLine
}

const MARK = 'CDJ1'
const PLAIN = 0
const SEALED = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** Under a key of its own, derived from the desk's; plain where the databases are. */
export function lineCodec(deskKey: Uint8Array | null): LineCodec {
  const key = deskKey === null ? null : journalKey(deskKey)
  return {
    write(entry) {
      const payload = seal(key, packed(Buffer.from(jsonOf(entry))))
      const checksum = crc32(payload).toString(16).padStart(8, '0')
      return Buffer.from(
        `${MARK} ${payload.length} ${checksum} ${payload.toString('base64')}\n`,
        'latin1',
      )
    },
    read(line) {
      const payload = unframe(line)
      if (payload === null) return { found: 'damaged' }
      const text = unseal(key, payload)
      if (text === null) return { found: 'foreign' }
      return { found: 'entry', entry: JSON.parse(unpacked(text).toString('utf8')) as WrittenEntry }
    },
  }
}

/** The text of an operation's parts is made once for the outbox and for this. */
function jsonOf(entry: WrittenEntry): string {
  if (entry.line !== 'operation') return JSON.stringify(entry)
  const { operation, ...rest } = entry
  const parts = Object.entries(operation).map(
    ([name, value]) => `${JSON.stringify(name)}:${jsonOnce(value)}`,
  )
  return `${JSON.stringify(rest).slice(0, -1)},"operation":{${parts.join()}}}`
}

/** A lending has 2 KB and is written as it is; an import's batch becomes a tenth of its size. */
const PACKED_FROM_BYTES = 16_384
/** The first bytes of what zstd wrote; JSON begins with a brace. */
const ZSTD_MARK = Buffer.of(0x28, 0xb5, 0x2f, 0xfd)
const QUICKEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const packed = (text: Buffer): Buffer =>
  text.length < PACKED_FROM_BYTES ? text : zstdCompressSync(text, QUICKEST)

const unpacked = (text: Buffer): Buffer =>
  text.subarray(0, ZSTD_MARK.length).equals(ZSTD_MARK) ? zstdDecompressSync(text) : text

/** Made once: a cipher that is given bytes makes such an object of them each time. */
const journalKey = (deskKey: Uint8Array): KeyObject =>
  createSecretKey(
    Buffer.from(hkdfSync('sha256', deskKey, '', 'citydesk outbox journal 1', KEY_BYTES)),
  )

function unframe(line: Buffer): Buffer | null {
  const [mark, bytes, checksum, text] = line.toString('latin1').split(' ')
  if (mark !== MARK || text === undefined) return null
  const payload = Buffer.from(text, 'base64')
  const isWhole =
    payload.length === Number(bytes) &&
    payload.length > 0 &&
    crc32(payload) === Number.parseInt(checksum ?? '', 16)
  return isWhole ? payload : null
}

function seal(key: KeyObject | null, text: Buffer): Buffer {
  if (key === null) return Buffer.concat([Buffer.of(PLAIN), text])
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([Buffer.of(SEALED), nonce, sealed, cipher.getAuthTag()])
}

/** Null where this key did not seal it. */
function unseal(key: KeyObject | null, payload: Buffer): Buffer | null {
  if (payload[0] === PLAIN) return key === null ? payload.subarray(1) : null
  if (key === null || payload[0] !== SEALED) return null
  const nonce = payload.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
  decipher.setAuthTag(payload.subarray(-TAG_BYTES))
  try {
    const sealed = payload.subarray(1 + NONCE_BYTES, -TAG_BYTES)
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    // The only thing that `final` says: the tag does not fit.
    return null
  }
}
