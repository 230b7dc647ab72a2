import { createHash, createPublicKey, verify } from 'node:crypto'
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
  const signer = await storage.device(device)
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const text = signingText(method, path, bodyHash, device, at, nonce)
  if (signer === null || !isSignedBy(signer.publicKey, text, signature)) {
    throw new Refused('bad-signature', 'not valid')
  }
  // Twice the skew: a nonce is kept as long as the time in its request could pass.
  const forgetBefore = now - 2 * SIGNATURE_SKEW_MAX_MS
  if (!(await storage.rememberNonce(device, nonce, now, forgetBefore))) {
    throw new Refused('bad-signature', 'not valid')
  }
  return signer
}

function oneHeader(headers: IncomingHttpHeaders, name: string, shape: RegExp): string {
  const value = headers[name]
  if (typeof value !== 'string' || !shape.test(value)) {
    throw new Refused('bad-signature', `no ${name}`)
  }
  return value
}

function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}

/** True for an Ed25519 key in SPKI DER, base64: what `isSignedBy` will be given later. */
export function isDeviceKey(publicKey: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    })
    return key.asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
