/** The browser shell's loopback server: the pages, the hand-over of the token, and the line. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { pageHeaders } from '../../contract/content-security-policy.ts'
import type { KeptEngine } from '../sync/keep-engine.ts'
import type { PageAssets } from '../sync/page-assets.ts'
import { gate, isJsonBody, isSameSecret, tokenOfUpgrade } from './gate.ts'
import type { Arrival } from './gate.ts'

const CODE_MS_MAX = 60_000
const BODY_BYTES_MAX = 64 * 1024
/** A piece of an import file is the largest call. */
const CALL_BYTES_MAX = 1024 * 1024
/** A page that no longer reads (suspended, stopped in a debugger) comes back and asks anew. */
const BUFFERED_BYTES_MAX = 32 * 1024 * 1024
export const SUB_PROTOCOL = 'citydesk.v1'

export interface ShellServer {
  /** `http://127.0.0.1:<port>/` */
  readonly address: string
  /** A new address that opens the desk once, within a minute. */
  readonly openingAddress: () => string
  readonly close: () => Promise<void>
}

interface Shell {
  readonly assets: PageAssets
  readonly engine: KeptEngine
  readonly token: string
  readonly codes: Map<string, number>
  host: string
}

/** Listens on 127.0.0.1, a free port unless one is named. */
export async function startShellServer(
  assets: PageAssets,
  engine: KeptEngine,
  port: number,
): Promise<ShellServer> {
  const token = randomBytes(32).toString('base64url')
  const shell: Shell = { assets, engine, token, codes: new Map(), host: '' }
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: CALL_BYTES_MAX,
    handleProtocols: () => SUB_PROTOCOL,
  })
  const server = createServer(
    {
      headersTimeout: 2_000,
      requestTimeout: 4_000,
      // The default of 30 s would make the two above meaningless.
      connectionsCheckingInterval: 500,
      maxHeaderSize: 8_192,
      keepAliveTimeout: 3_000,
    },
    (request, response) => void answer(shell, request, response),
  )
  server.maxConnections = 64
  server.on('upgrade', (request, socket, head) => upgrade(shell, sockets, request, socket, head))
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
  })
  await listen(server, port)
  shell.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const address = `http://${shell.host}/`
  return {
    address,
    openingAddress: () => `${address}#code=${newCode(shell)}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })

function newCode(shell: Shell): string {
  const now = performance.now()
  for (const [code, madeAt] of shell.codes) {
    if (now - madeAt > CODE_MS_MAX) shell.codes.delete(code)
  }
  const code = randomBytes(16).toString('base64url')
  shell.codes.set(code, now)
  return code
}

/** Single use: the first to bring it within the minute gets the token. */
function takeCode(shell: Shell, code: string): boolean {
  const madeAt = shell.codes.get(code)
  shell.codes.delete(code)
  return madeAt !== undefined && performance.now() - madeAt <= CODE_MS_MAX
}

const arrivalOf = (request: IncomingMessage): Arrival => ({
  method: request.method ?? '',
  url: request.url ?? '',
  rawHeaders: request.rawHeaders,
  headers: request.headers,
})

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...pageHeaders, connection: 'close' })
  response.end()
}

async function answer(
  shell: Shell,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrival = arrivalOf(request)
  const refusal = gate(arrival, shell)
  if (refusal !== null) return refuse(response, refusal)
  if (arrival.method === 'GET') {
    const asset = shell.assets.get(arrival.url.split('?')[0] ?? '')
    if (asset === undefined) return refuse(response, 404)
    response.writeHead(200, { ...pageHeaders, 'content-type': asset.type })
    response.end(asset.body)
    return
  }
  if (arrival.url !== '/session') return refuse(response, 404)
  if (!isJsonBody(arrival)) return refuse(response, 415)
  const body = await readBody(request, response)
  if (body === null) return
  if (!takeCode(shell, codeIn(body))) return refuse(response, 401)
  response.writeHead(200, { ...pageHeaders, 'content-type': 'application/json' })
  response.end(JSON.stringify({ token: shell.token }))
}

function codeIn(body: string): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : ''
  } catch {
    // Not JSON: no code is in it, and the answer is the same as for a wrong one.
    return ''
  }
}

/** Null where it was too large or broken off; the answer has been given. */
async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > BODY_BYTES_MAX) {
        refuse(response, 413)
        request.destroy()
        return null
      }
      chunks.push(chunk)
    }
  } catch {
    // The sender went away in the middle; there is nobody to answer.
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

function upgrade(
  shell: Shell,
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  // From here on node:http no longer listens: a peer that resets must not end the shell.
  socket.on('error', () => socket.destroy())
  const arrival = arrivalOf(request)
  const isOurs = isSameSecret(tokenOfUpgrade(arrival), shell.token)
  const refusal = gate(arrival, shell, true) ?? (arrival.url !== '/ws' ? 404 : isOurs ? null : 401)
  if (refusal !== null) {
    socket.end(`HTTP/1.1 ${refusal} \r\nconnection: close\r\n\r\n`)
    return
  }
  sockets.handleUpgrade(request, socket, head, (line) => carry(shell.engine, line))
}

/** 1012 "service restart": the page says so and tries again. */
const ENGINE_GONE = 1012

function carry(engine: KeptEngine, socket: WebSocket): void {
  const line = engine.openLine(
    (reply) => {
      if (socket.bufferedAmount > BUFFERED_BYTES_MAX) socket.terminate()
      else socket.send(JSON.stringify(reply))
    },
    () => socket.close(ENGINE_GONE),
  )
  if (line === null) {
    socket.close(ENGINE_GONE)
    return
  }
  socket.on('message', (message, isBinary) => {
    if (!isBinary && Buffer.isBuffer(message)) line.call(parseCall(message.toString('utf8')))
  })
  socket.on('close', () => line.close())
  socket.on('error', () => socket.terminate())
}

/** What is not JSON goes on as null: the engine answers it like any other bad call. */
function parseCall(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
