/** A desk's side of the wire: enrols, signs, asks. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import WebSocket from 'ws'
import { PROTOCOL_VERSION, signedHeaders, signingText } from '../../contract/sync-protocol.ts'

export interface SignedDesk {
  readonly id: string
  readonly headers: (
    method: string,
    path: string,
    body: string,
    at?: number,
  ) => Record<string, string>
  /** POSTs `{protocol, ...message}` signed. */
  ask(path: string, message: object): Promise<{ status: number; answer: unknown }>
  live(): WebSocket
  /** The same device, talking to another server of its city. */
  elsewhere(url: string): SignedDesk
}

export function deskKey(): { privateKey: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  }
}

export async function post(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { status: response.status, answer: await response.json() }
}

export function signedDesk(url: string, id: string, privateKey: KeyObject): SignedDesk {
  const headers: SignedDesk['headers'] = (method, path, body, at = Date.now()) => {
    const nonce = randomBytes(16).toString('base64url')
    const bodyHash = createHash('sha256').update(body).digest('hex')
    const text = signingText(method, path, bodyHash, id, String(at), nonce)
    return {
      [signedHeaders.device]: id,
      [signedHeaders.at]: String(at),
      [signedHeaders.nonce]: nonce,
      [signedHeaders.signature]: sign(null, Buffer.from(text), privateKey).toString('base64'),
    }
  }
  return {
    id,
    headers,
    ask: (path, message) => {
      const body = JSON.stringify({ protocol: PROTOCOL_VERSION, ...message })
      return post(`${url}${path}`, body, headers('POST', path, body))
    },
    live: () =>
      new WebSocket(`${url.replace('http', 'ws')}/v1/live`, {
        headers: headers('GET', '/v1/live', ''),
      }),
    elsewhere: (other) => signedDesk(other, id, privateKey),
  }
}

/** Enrols with the code and answers the desk. */
export async function enrolledDesk(url: string, code: string): Promise<SignedDesk> {
  const { privateKey, publicKey } = deskKey()
  const request = { protocol: PROTOCOL_VERSION, code, publicKey, deskName: '一号台' }
  const { status, answer } = await post(`${url}/v1/enrol`, JSON.stringify(request))
  if (status !== 200) throw new Error(`not enrolled: ${JSON.stringify(answer)}`)
  return signedDesk(url, (answer as { deviceId: string }).deviceId, privateKey)
}

/** News off the socket, one after another, none lost between. */
export function newsOf(socket: WebSocket): () => Promise<unknown> {
  const came: unknown[] = []
  const waiting: ((news: unknown) => void)[] = []
  socket.on('message', (bytes: Buffer) => {
    const news: unknown = JSON.parse(bytes.toString('utf8'))
    const next = waiting.shift()
    if (next === undefined) came.push(news)
    else next(news)
  })
  return () => {
    const kept = came.shift()
    return kept === undefined ? new Promise((give) => waiting.push(give)) : Promise.resolve(kept)
  }
}
