/** What travels on the line, byte for byte. */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../engine/clock.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'

const CURSORS = 500
const answer = JSON.stringify({
  serverEpoch: 'epoch-1',
  serverMs: 1,
  entries: [],
  heads: Object.fromEntries(
    Array.from({ length: CURSORS }, (_, index) => [`branch:${index}`, index + 1]),
  ),
  restarts: {},
  isComplete: true,
})

let server: Server
let transport: Transport
let cutAt: number | null
let asked: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[]

beforeEach(async () => {
  asked = []
  cutAt = null
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push({ headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'zstd' })
      const packed = zstdCompressSync(answer)
      if (cutAt === null) response.end(packed)
      else response.write(packed.subarray(0, cutAt), () => response.destroy())
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  transport = createTransport({
    serverUrl: `http://127.0.0.1:${port}`,
    deviceId: 'desk-a',
    key: { publicKey: '', sign: () => 'signature' },
    clock: systemClock,
    clockOffsetMs: () => 0,
  })
})
afterEach(() => void server.close())

test('answers are asked for packed, and are unpacked', async () => {
  const { heads } = await transport.send('pull', { cursors: {}, limit: 500 })
  expect(Object.keys(heads)).toHaveLength(CURSORS)
  expect(asked.map(({ headers }) => headers['accept-encoding'])).toEqual(['zstd'])
})

test('a large request travels packed, a small one as it is', async () => {
  await transport.send('pull', { cursors: {}, limit: 500 })
  const cursors = Object.fromEntries(
    Array.from({ length: CURSORS }, (_, index) => [`branch:${index}`, index]),
  )
  await transport.send('pull', { cursors, limit: 500 })
  expect(asked.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'zstd'])
  const body = asked[1]?.body ?? Buffer.alloc(0)
  expect(JSON.parse(zstdDecompressSync(body).toString())).toMatchObject({ cursors })
})

test('an answer that breaks off is a line that went, not somebody else who answers', async () => {
  cutAt = 40
  const asking = transport.send('pull', { cursors: {}, limit: 500 })
  await expect(asking).rejects.toMatchObject({ reason: 'unreachable' })
})
