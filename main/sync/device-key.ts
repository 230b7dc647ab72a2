/** The desk's key pair, kept outside the databases: a copied database cannot speak for the desk. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface DeviceKey {
  /** SPKI DER, base64. */
  readonly publicKey: string
  /** Ed25519 over the UTF-8 text, base64. */
  readonly sign: (text: string) => string
}

/** Reads the key file, or makes one (mode 0600). */
export function openDeviceKey(path: string): DeviceKey {
  const pem = readOrMake(path)
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return {
    publicKey: publicKey.toString('base64'),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64'),
  }
}

function readOrMake(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, pem.toString())
  fsyncSync(file)
  closeSync(file)
  return pem.toString()
}
