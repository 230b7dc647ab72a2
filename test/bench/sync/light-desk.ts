/** A desk's side of the wire and nothing else: hundreds of them fit into one program. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { Agent, request } from 'node:http'
import { zstdCompressSync } from 'node:zlib'
import WebSocket from 'ws'
import { PROTOCOL_VERSION, signedHeaders, signingText } from '../../../contract/sync-protocol.ts'
import { openPostgresStorage } from '../../../server/storage/postgres/postgres-storage.ts'
import { CITY_ID } from '../../../server/start-server.ts'
import { enrolDevice } from '../../conformance/enrolled-device.ts'

export interface LightKey {
  /** PEM: it travels to other programs. */
  readonly privateKey: string
  readonly publicKey: string
}

/** One key for all desks of a bench: signing costs what it costs. */
export function lightKey(): LightKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  }
}

export interface DeskPlace {
  readonly id: string
  readonly branchId: string
}

/** Straight into the database: codes are not what is measured. */
export async function enrolAll(
  databaseUrl: string,
  desks: readonly DeskPlace[],
  publicKey: string,
): Promise<void> {
  const storage = await openPostgresStorage({
    url: databaseUrl,
    cityId: CITY_ID,
    connectionsMax: 4,
  })
  try {
    for (const { id, branchId } of desks) await enrolDevice(storage, id, publicKey, branchId)
  } finally {
    await storage.close()
  }
}

export interface Answered<T> {
  readonly status: number
  readonly answer: T
  /** Of the answer on the wire. */
  readonly bytes: number
  readonly retryAfterMs: number | null
}

export interface LightDesk {
  readonly id: string
  /** `{protocol, …message}`, packed as the transport of a desk packs it. */
  readonly send: <T>(path: string, message: object) => Promise<Answered<T>>
  readonly sendPacked: <T>(path: string, body: Buffer, isPacked: boolean) => Promise<Answered<T>>
  readonly live: () => WebSocket
}

export const packedMessage = (message: object): { body: Buffer; isPacked: boolean } => {
  const raw = Buffer.from(JSON.stringify({ protocol: PROTOCOL_VERSION, ...message }))
  return raw.length < 2_000
    ? { body: raw, isPacked: false }
    : { body: zstdCompressSync(raw), isPacked: true }
}

export function lightDesk(serverUrl: string, id: string, key: KeyObject, agent: Agent): LightDesk {
  const signed = (method: string, path: string, body: Buffer | string): Record<string, string> => {
    const at = String(Date.now())
    const nonce = randomBytes(16).toString('hex')
    const bodyHash = createHash('sha256').update(body).digest('hex')
    const text = signingText(method, path, bodyHash, id, at, nonce)
    return {
      [signedHeaders.device]: id,
      [signedHeaders.at]: at,
      [signedHeaders.nonce]: nonce,
      [signedHeaders.signature]: sign(null, Buffer.from(text), key).toString('base64'),
    }
  }
  const sendPacked: LightDesk['sendPacked'] = (path, body, isPacked) =>
    answered(new URL(path, serverUrl), agent, body, {
      'content-type': 'application/json',
      'content-length': String(body.length),
      // What the fetch of Node 24 says, and so what a desk says.
      'accept-encoding': 'gzip, deflate',
      ...(isPacked ? { 'content-encoding': 'zstd' } : {}),
      ...signed('POST', path, body),
    })
  return {
    id,
    sendPacked,
    send: (path, message) => {
      const { body, isPacked } = packedMessage(message)
      return sendPacked(path, body, isPacked)
    },
    live: () => {
      const headers = signed('GET', '/v1/live', '')
      return new WebSocket(`${serverUrl.replace('http', 'ws')}/v1/live`, { headers })
    },
  }
}

function answered<T>(
  url: URL,
  agent: Agent,
  body: Buffer,
  headers: Record<string, string>,
): Promise<Answered<T>> {
  return new Promise((done, failed) => {
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', failed)
      response.on('end', () => {
        const text = Buffer.concat(chunks)
        const seconds = Number(response.headers['retry-after'] ?? 'none')
        done({
          status: response.statusCode ?? 0,
          answer: JSON.parse(text.toString('utf8')) as T,
          bytes: text.length,
          retryAfterMs: Number.isNaN(seconds) ? null : seconds * 1_000,
        })
      })
    })
    asked.on('error', failed)
    asked.end(body)
  })
}

export const lightAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: Infinity })
