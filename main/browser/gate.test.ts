/** The attack table of the loopback shell: every row is spoken raw to a real listening shell. */
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { KeptEngine } from '../sync/keep-engine.ts'
import { startShellServer } from './shell-server.ts'
import type { ShellServer } from './shell-server.ts'

/** An engine that echoes what it is called with: the gate is what is tested here. */
const echo: KeptEngine = {
  openLine: (onReply) => ({ call: (call) => onReply({ echo: call }), close: () => undefined }),
  onReady: () => undefined,
  pid: () => null,
  stop: () => Promise.resolve(),
}

const page = { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>ui') }
let shell: ShellServer
let host = ''
let origin = ''
let token = ''

beforeAll(async () => {
  shell = await startShellServer(new Map([['/', page]]), echo, 0)
  host = new URL(shell.address).host
  origin = `http://${host}`
  token = await takeToken(codeOf(shell.openingAddress()))
})
afterAll(() => shell.close())

const codeOf = (address: string): string => new URL(address).hash.replace('#code=', '')

async function takeToken(code: string): Promise<string> {
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code }),
  })
  if (!response.ok) return String(response.status)
  return ((await response.json()) as { token: string }).token
}

/** Sends bytes as they stand and answers the status of the first line, 0 for a closed line. */
function speak(text: string, waitMs = 400): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    let heard = ''
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      socket.end()
    })
    // A reset is one way of saying no; the status heard until then counts.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0)))
    socket.write(text)
    if (waitMs > 0) setTimeout(() => socket.end(), waitMs)
  })
}

const json = 'Content-Type: application/json\r\nContent-Length: 2\r\n'
const upgrade =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
const ws = () => `Sec-WebSocket-Protocol: citydesk.v1, ${token}\r\n`

const attacks: readonly (readonly [string, () => string, number])[] = [
  ['the page itself', () => `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 200],
  [
    'the page opened from the private file',
    () =>
      `GET / HTTP/1.1\r\nHost: ${host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n\r\n`,
    200,
  ],
  [
    'DNS rebinding: foreign Host',
    () =>
      `POST /session HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n${json}\r\n{}`,
    421,
  ],
  [
    'Host localhost',
    () => `GET / HTTP/1.1\r\nHost: ${host.replace('127.0.0.1', 'localhost')}\r\n\r\n`,
    421,
  ],
  [
    'Host with a trick suffix',
    () => `GET / HTTP/1.1\r\nHost: ${host.replace(':', '.evil.example:')}\r\n\r\n`,
    421,
  ],
  ['two Host headers', () => `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`, 421],
  ['HTTP/1.0 without Host', () => 'GET / HTTP/1.0\r\n\r\n', 421],
  ['absolute-form target', () => `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 400],
  [
    'OPTIONS (no CORS at all)',
    () => `OPTIONS /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n\r\n`,
    405,
  ],
  [
    'Origin null',
    () => `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: null\r\n${json}\r\n{}`,
    403,
  ],
  ['no Origin on a POST', () => `POST /session HTTP/1.1\r\nHost: ${host}\r\n${json}\r\n{}`, 403],
  [
    'a form on a foreign site',
    () =>
      `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
    403,
  ],
  [
    'a page on another loopback port',
    () =>
      `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://127.0.0.1:9\r\nSec-Fetch-Site: same-site\r\n${json}\r\n{}`,
    403,
  ],
  [
    'a script asking for the page across sites',
    () =>
      `GET / HTTP/1.1\r\nHost: ${host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n`,
    403,
  ],
  [
    'a frame on a foreign site',
    () =>
      `GET / HTTP/1.1\r\nHost: ${host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n\r\n`,
    403,
  ],
  [
    'a body that is not JSON',
    () =>
      `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}`,
    415,
  ],
  [
    'a wrong one-time code',
    () => `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${json}\r\n{}`,
    401,
  ],
  [
    'WebSocket without Origin',
    () => `GET /ws HTTP/1.1\r\nHost: ${host}\r\n${upgrade}${ws()}\r\n`,
    403,
  ],
  [
    'WebSocket from a foreign page with the right token',
    () =>
      `GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://evil.example\r\n${upgrade}${ws()}\r\n`,
    403,
  ],
  [
    'WebSocket with a wrong token',
    () =>
      `GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${upgrade}Sec-WebSocket-Protocol: citydesk.v1, x\r\n\r\n`,
    401,
  ],
  [
    'WebSocket with the token only in the address',
    () => `GET /ws?token=${token} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${upgrade}\r\n`,
    404,
  ],
  [
    'WebSocket of our own page',
    () => `GET /ws HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n${upgrade}${ws()}\r\n`,
    101,
  ],
  [
    'Content-Length beside Transfer-Encoding',
    () =>
      `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  [
    'a 9 KB header',
    () => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'a'.repeat(9_000)}\r\n\r\n`,
    400,
  ],
  [
    'a 100 KB body',
    () =>
      `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n${'a'.repeat(100_000)}`,
    413,
  ],
  ['path traversal', () => `GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 404],
  [
    'path traversal in the clear',
    () => `GET /../../etc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    404,
  ],
]

describe('the loopback gate', () => {
  it.each(attacks)('%s', async (_name, request, status) => {
    expect(await speak(request())).toBe(status)
  })

  it.each([
    ['headers that never end', () => `GET / HTTP/1.1\r\nHost: ${host}\r\nX-a: `],
    [
      'a body that never ends',
      () =>
        `POST /session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    ],
  ])('cuts %s', { timeout: 15_000 }, async (_name, request) => {
    // 0 or 408: the line is closed by the shell, not by us.
    expect([0, 400, 408]).toContain(await speak(request(), 0))
  })

  it('outlives a peer that resets in the middle of an upgrade', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
          socket.write(`GET /ws HTTP/1.1\r\nHost: evil.example\r\n${upgrade}\r\n`)
          socket.resetAndDestroy()
        })
        socket.on('error', () => undefined)
        socket.on('close', () => resolve())
      })
    }
    expect((await fetch(shell.address)).status).toBe(200)
  })

  it('gives the token for a code once only', async () => {
    const code = codeOf(shell.openingAddress())
    expect(await takeToken(code)).toBe(token)
    expect(await takeToken(code)).toBe('401')
  })

  it('answers every page with the policy and without any CORS header', async () => {
    const response = await fetch(shell.address)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('carries calls and answers over the line, and cuts one that is too long', async () => {
    const socket = new WebSocket(`ws://${host}/ws`, ['citydesk.v1', token], { origin })
    const replies: string[] = []
    socket.on('message', (message) => replies.push((message as Buffer).toString()))
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send('{"verb":"ask"}')
    socket.send('not json')
    await expect.poll(() => replies).toEqual(['{"echo":{"verb":"ask"}}', '{"echo":null}'])
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.send('x'.repeat(1024 * 1024 + 1))
    expect(await closed).toBe(1009)
  })
})
