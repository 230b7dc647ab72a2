import { createHash, createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { SIGNATURE_SKEW_MAX_MS, signedHeaders, signingText } from '../../contract/sync-protocol.ts'
import type { Device, LedgerStorage } from '../storage/ledger-storage.ts'
import { Refused } from './refused.ts'

export interface SignedRequest {
  readonly method: string
  /** As in the request line, query included. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * The device that signed this request, revoked or not. Throws Refused `bad-signature`; an unknown
 * device, a wrong signature and a used nonce are told apart for nobody but a stale clock, which a
 * desk can set right by the Date header.
 */
export async function signerOf(
  storage: LedgerStorage,
  { method, path, headers, body }: SignedRequest,
  now: number,
): Promise<Device> {
  const device = oneHeader(headers, signedHeaders.device, /^[A-Za-z0-9-]{1,40}$/)
  const at = oneHeader(headers, signedHeaders.at, /^\d{1,15}$/)
  const nonce = oneHeader(headers, signedHeaders.nonce, /^[\w+/=-]{16,64}$/)
  const signature = oneHeader(headers, signedHeaders.signature, /^[A-Za-z0-9+/=]{86,88}$/)
  if (Math.abs(now - Number(at)) > SIGNATURE_SKEW_MAX_MS) {
    throw new Refused('bad-signature', 'stale')
  }
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const text = signingText(method, path, bodyHash, device, at, nonce)
  // Twice the skew: a nonce is kept as long as the time in its request could pass.
  const forgetBefore = now - 2 * SIGNATURE_SKEW_MAX_MS
  const isFresh = () => storage.rememberNonce(device, nonce, now, forgetBefore)
  const met = metKeys.get(device)
  if (met !== undefined && isSignedBy(met, text, signature)) {
    // Nothing is left to find out but what only the store knows: asked for at once.
    const [signer, isNew] = await Promise.all([storage.device(device), isFresh()])
    if (signer?.publicKey === met.publicKey && isNew) return signer
    throw new Refused('bad-signature', 'not valid')
  }
  const signer = await storage.device(device)
  const key = signer === null ? null : keyOf(signer.publicKey)
  // A stranger writes nothing, not even a nonce.
  if (signer === null || key === null || !isSignedBy(key, text, signature) || !(await isFresh())) {
    throw new Refused('bad-signature', 'not valid')
  }
  meet(device, key)
  return signer
}

interface DeviceKey {
  /** As the store has it. */
  readonly publicKey: string
  readonly key: KeyObject
}

/**
 * Keys of devices that signed lately, so that a signature is looked at before the store is asked.
 * Whether the device still has this key, and is not revoked, the store says each time.
 */
const metKeys = new Map<string, DeviceKey>()
const MET_MAX = 20_000

function meet(device: string, key: DeviceKey): void {
  const [oldest] = metKeys.keys()
  if (metKeys.size >= MET_MAX && oldest !== undefined) metKeys.delete(oldest)
  metKeys.set(device, key)
}

function oneHeader(headers: IncomingHttpHeaders, name: string, shape: RegExp): string {
  const value = headers[name]
  if (typeof value !== 'string' || !shape.test(value)) {
    throw new Refused('bad-signature', `no ${name}`)
  }
  return value
}

const isSignedBy = ({ key }: DeviceKey, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))

function keyOf(publicKey: string): DeviceKey {
  const bytes = Buffer.from(publicKey, 'base64')
  return { publicKey, key: createPublicKey({ key: bytes, format: 'der', type: 'spki' }) }
}

/** True for an Ed25519 key in SPKI DER, base64: what a signature will be looked at with later. */
export function isDeviceKey(publicKey: string): boolean {
  try {
    return keyOf(publicKey).key.asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
