/** The city's own key pair: desks know snapshots by it, from whatever machine they come. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { LedgerStorage } from '../storage/ledger-storage.ts'

export interface CityKey {
  /** Ed25519, PKCS8 DER, base64. */
  readonly privateKey: string
  /** SPKI DER, base64. */
  readonly publicKey: string
}

export async function cityKey(storage: Pick<LedgerStorage, 'signingKey'>): Promise<CityKey> {
  const made = generateKeyPairSync('ed25519').privateKey
  const candidate = made.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const privateKey = await storage.signingKey(candidate)
  const key = createPrivateKey({
    key: Buffer.from(privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
  return { privateKey, publicKey }
}
