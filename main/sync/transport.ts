/**
 * Requests to the central server: signed, timed, and suspicious. An answer that is not the
 * server's own JSON (a captive portal, a proxy's page) counts as offline.
 */
import { createHash, randomBytes } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import WebSocket from 'ws'
import type { z } from 'zod'
import {
  LiveNews,
  PROTOCOL_VERSION,
  ServerRefusal,
  messages,
  signedHeaders,
  signingText,
} from '../../contract/sync-protocol.ts'
import type { SyncReason } from '../../contract/topics.ts'
import type { Clock } from '../engine/clock.ts'
import type { DeviceKey } from './device-key.ts'
import { openSilence } from './silence.ts'
import type { Silence } from './silence.ts'

/** Nothing came for so long: neither an answer nor more of it. */
const SILENT_MS_MAX = 20_000
/** Going out, nobody tells how much has gone: 32 kbit/s are waited for. */
const BYTES_PER_MS_MIN = 4
const ANSWER_BYTES_MAX = 64 * 1024 * 1024
const HEARTBEAT_MS = 15_000
/** A server that asks for more is not believed: a day's work would wait. */
const WAIT_MS_MAX = 120_000
/** Below this, packing saves less than the frame it travels in. */
const PACKED_FROM_BYTES = 2_000

export type TransportReason = SyncReason

/** The city cannot be used now, and why. */
export class TransportFailure extends Error {
  readonly reason: TransportReason
  /** The server's clock, epoch ms to the second, where a refusal told it. */
  readonly serverMs: number | null
  /** How long the server asked to be left alone, where it did. */
  readonly waitMs: number | null

  constructor(
    reason: TransportReason,
    detail: string,
    { serverMs = null, waitMs = null }: { serverMs?: number | null; waitMs?: number | null } = {},
  ) {
    super(detail)
    this.name = 'TransportFailure'
    this.reason = reason
    this.serverMs = serverMs
    this.waitMs = waitMs
  }
}

type MessageName = keyof typeof messages
type RequestOf<M extends MessageName> = Omit<z.infer<(typeof messages)[M]['request']>, 'protocol'>
type ResponseOf<M extends MessageName> = z.infer<(typeof messages)[M]['response']>

export interface Transport {
  readonly send: <M extends MessageName>(
    message: M,
    request: RequestOf<M>,
  ) => Promise<ResponseOf<M>>
  /** Bytes `from` to `to`, both included, of a file of the server. */
  readonly range: (path: string, from: number, to: number) => Promise<Uint8Array>
  /** Opens the live channel; `onNews` for each head that moved, `onEnd` once. */
  readonly live: (onNews: (news: LiveNews) => void, onEnd: () => void) => { close: () => void }
}

export interface TransportOptions {
  readonly serverUrl: string
  /** Null before enrolment. */
  readonly deviceId: string | null
  readonly key: DeviceKey
  readonly clock: Clock
  /** Added to the desk's clock when signing. */
  readonly clockOffsetMs: () => number
}

const paths: Record<MessageName, string> = {
  enrol: '/v1/enrol',
  hello: '/v1/hello',
  push: '/v1/push',
  pull: '/v1/pull',
  recover: '/v1/recover',
  newEpoch: '/v1/new-epoch',
  signIn: '/v1/sign-in',
}

interface Wire {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Record<string, string>
}

/** JSON of operations packs to a sixth. */
function wireOf(json: string): Wire {
  // Node unpacks zstd, and asks for no more than gzip by itself.
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'zstd' }
  const bytes = Buffer.from(json)
  if (bytes.length < PACKED_FROM_BYTES) return { bytes, headers }
  return { bytes: zstdCompressSync(bytes), headers: { ...headers, 'content-encoding': 'zstd' } }
}

export function createTransport(options: TransportOptions): Transport {
  const signed = (
    method: string,
    path: string,
    body: string | Uint8Array,
  ): Record<string, string> => {
    if (options.deviceId === null) return {}
    const at = String(Math.round(options.clock.now() + options.clockOffsetMs()))
    const nonce = randomBytes(16).toString('hex')
    const bodyHash = createHash('sha256').update(body).digest('hex')
    const text = signingText(method, path, bodyHash, options.deviceId, at, nonce)
    return {
      [signedHeaders.device]: options.deviceId,
      [signedHeaders.at]: at,
      [signedHeaders.nonce]: nonce,
      [signedHeaders.signature]: options.key.sign(text),
    }
  }

  return {
    async send(message, request) {
      const path = paths[message]
      const wire = wireOf(JSON.stringify({ protocol: PROTOCOL_VERSION, ...request }))
      const headers = { ...wire.headers, ...signed('POST', path, wire.bytes) }
      const url = new URL(path, options.serverUrl)
      const posted = { method: 'POST', headers, body: wire.bytes }
      const answer = await heard(wire.bytes.length, async (silence) => {
        const response = await fetch(url, { ...posted, redirect: 'error', signal: silence.signal })
        const said = await jsonOf(response, silence)
        if (response.status !== 200) throw refusalOf(said, response)
        return said
      })
      const parsed = messages[message].response.safeParse(answer)
      if (!parsed.success) throw new TransportFailure('not-our-server', `answer to ${message}`)
      return parsed.data as never
    },
    async range(path, from, to) {
      const headers = { range: `bytes=${from}-${to}`, ...signed('GET', path, '') }
      const url = new URL(path, options.serverUrl)
      return await heard(0, async (silence) => {
        const response = await fetch(url, { headers, redirect: 'error', signal: silence.signal })
        if (response.status !== 206) throw refusalOf(await jsonOf(response, silence), response)
        return await bytesOf(response, to - from + 1, silence)
      })
    },
    live(onNews, onEnd) {
      const url = new URL('/v1/live', options.serverUrl)
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
      const socket = new WebSocket(url, { headers: signed('GET', '/v1/live', '') })
      return watchSocket(socket, onNews, onEnd)
    },
  }
}

/** Whatever the line does to a request is a TransportFailure. */
async function heard<T>(sentBytes: number, request: (silence: Silence) => Promise<T>): Promise<T> {
  const silence = openSilence(SILENT_MS_MAX + sentBytes / BYTES_PER_MS_MIN, SILENT_MS_MAX)
  try {
    return await request(silence)
  } catch (error) {
    if (error instanceof TransportFailure) throw error
    const reason = silence.signal.aborted ? 'timed-out' : 'unreachable'
    throw new TransportFailure(reason, String(error))
  } finally {
    silence.end()
  }
}

async function jsonOf(response: Response, silence: Silence): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.startsWith('application/json')) {
    await response.body?.cancel()
    throw new TransportFailure('not-our-server', `content type ${type}`)
  }
  const text = Buffer.from(await bytesOf(response, ANSWER_BYTES_MAX, silence)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new TransportFailure('not-our-server', 'answer is no JSON')
  }
}

/** Unpacked bytes are counted: a bomb is stopped here. */
async function bytesOf(
  response: Response,
  bytesMax: number,
  { broken }: Silence,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    broken()
    size += chunk.length
    if (size > bytesMax) throw new TransportFailure('not-our-server', 'answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function refusalOf(answer: unknown, { headers }: Response): TransportFailure {
  const parsed = ServerRefusal.safeParse(answer)
  if (!parsed.success) return new TransportFailure('not-our-server', 'refusal')
  const serverMs = Date.parse(headers.get('date') ?? '')
  const waitMs = Number(headers.get('retry-after') ?? 'none') * 1_000
  const { refusal, detail } = parsed.data
  return new TransportFailure(refusal, detail, {
    serverMs: Number.isNaN(serverMs) ? null : serverMs,
    waitMs: Number.isNaN(waitMs) ? null : Math.min(waitMs, WAIT_MS_MAX),
  })
}

/** A line that says nothing for two heartbeats is half-open and is ended here. */
function watchSocket(
  socket: WebSocket,
  onNews: (news: LiveNews) => void,
  onEnd: () => void,
): { close: () => void } {
  let isAlive = true
  const heartbeat = setInterval(() => {
    if (!isAlive) socket.terminate()
    isAlive = false
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, HEARTBEAT_MS)
  heartbeat.unref()
  socket.on('open', () => {
    isAlive = true
  })
  socket.on('pong', () => {
    isAlive = true
  })
  socket.on('message', (message) => {
    isAlive = true
    const parsed = LiveNews.safeParse(parseJson(textOf(message)))
    if (parsed.success) onNews(parsed.data)
  })
  // 'close' follows every error; the reason shows in the next request.
  socket.on('error', () => {
    isAlive = false
  })
  socket.on('close', () => {
    clearInterval(heartbeat)
    onEnd()
  })
  return { close: () => socket.terminate() }
}

/** Text frames arrive as one Buffer: `ws` is left at its default. */
const textOf = (message: WebSocket.RawData): string =>
  Buffer.isBuffer(message) ? message.toString('utf8') : ''

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
