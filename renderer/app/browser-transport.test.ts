import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { WebSocket as ServerSocket } from 'ws'
import { Call } from '../../contract/desk-api.ts'
import type { Reply } from '../../contract/desk-api.ts'
import { connectLine } from './browser-transport.ts'
import type { Line, LineState } from './browser-transport.ts'
import { DeskFailure } from './desk-failure.ts'

/** A gate that a test can take away and bring back on the same port. */
class Gate {
  readonly calls: Call[] = []
  readonly protocols: string[] = []
  answer: (call: Call, socket: ServerSocket) => void = () => undefined
  port = 0
  #server: Server | null = null
  #sockets: WebSocketServer | null = null

  async open(): Promise<void> {
    const server = createServer()
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'citydesk.v1' })
    sockets.on('connection', (socket, request) => {
      this.protocols.push(String(request.headers['sec-websocket-protocol']))
      socket.on('message', (bytes: Buffer) => {
        const call = Call.parse(JSON.parse(bytes.toString('utf8')))
        this.calls.push(call)
        this.answer(call, socket)
      })
    })
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', () => done()))
    this.port = (server.address() as AddressInfo).port
    this.#server = server
    this.#sockets = sockets
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate()
    this.#sockets?.close()
    const server = this.#server
    if (server !== null) await new Promise((done) => server.close(done))
    this.#server = null
  }
}

const reply = (socket: ServerSocket, message: Reply): void => socket.send(JSON.stringify(message))
const request = {
  requestId: 'request-0001',
  kind: 'loan.check-in',
  payload: {},
  overrides: [],
  isDryRun: false,
}

let gate: Gate
let line: Line
afterEach(async () => {
  line.close()
  await gate.close()
})

async function start(answer: Gate['answer']): Promise<void> {
  gate = new Gate()
  gate.answer = answer
  await gate.open()
  line = connectLine({ address: `ws://127.0.0.1:${gate.port}/ws`, token: 'a-token' })
}

const reached = (wanted: LineState): Promise<void> =>
  new Promise((done) => {
    line.onState((state) => {
      if (state === wanted) done()
    })
  })

test('the token is the second sub-protocol, and an answer finds its question', async () => {
  await start((call, socket) => {
    if (call.verb === 'ask') reply(socket, { reply: 'answer', id: call.id, answer: call.query })
  })
  const answers = await Promise.all([line.desk.ask('session', {}), line.desk.ask('today', {})])
  expect(answers).toEqual(['session', 'today'])
  expect(gate.protocols.map((text) => text.split(/, ?/))).toEqual([['citydesk.v1', 'a-token']])
})

test('a failure rejects with its name and place', async () => {
  await start((call, socket) => {
    if (call.verb === 'ask') {
      reply(socket, { reply: 'failure', id: call.id, failure: 'not-allowed', detail: 'ask' })
    }
  })
  const failed = line.desk.ask('today', {})
  await expect(failed).rejects.toBeInstanceOf(DeskFailure)
  await expect(failed).rejects.toMatchObject({ failure: 'not-allowed', detail: 'ask' })
})

test('calls made before the line is there wait for it', async () => {
  gate = new Gate()
  await gate.open()
  await gate.close()
  line = connectLine({ address: `ws://127.0.0.1:${gate.port}/ws`, token: 'a-token' })
  const asked = line.desk.ask('session', {})
  gate.answer = (call, socket) => {
    if (call.verb === 'ask') reply(socket, { reply: 'answer', id: call.id, answer: 1 })
  }
  await reached('reconnecting')
  await gate.open()
  expect(await asked).toBe(1)
})

test('after a break: perform again under its request id, topics watched again, before the calls', async () => {
  await start((_call, socket) => {
    // The first engine hears everything, answers nothing and dies of the perform.
    if (gate.calls.some(({ verb }) => verb === 'perform')) socket.terminate()
  })
  const news: unknown[] = []
  line.desk.watch('changed', (piece) => news.push(piece))
  const stop = line.desk.watch('scan', () => expect.fail('nobody watches this any more'))
  stop()
  await reached('connected')
  const performed = line.desk.perform(request)
  await reached('reconnecting')
  await gate.close()
  const callsBefore = gate.calls.length
  gate.answer = (call, socket) => {
    if (call.verb === 'watch') {
      reply(socket, { reply: 'news', topic: 'changed', news: 'fresh' })
      reply(socket, { reply: 'news', topic: 'scan', news: 'nobody' })
    }
    if (call.verb === 'perform') {
      reply(socket, { reply: 'answer', id: call.id, answer: call.request.requestId })
    }
  }
  await gate.open()
  expect(await performed).toBe('request-0001')
  expect(news).toEqual(['fresh'])
  const again = gate.calls.slice(callsBefore)
  expect(again.map(({ verb }) => verb)).toEqual(['watch', 'perform'])
  expect(again[0]).toMatchObject({ topics: ['changed', 'scan'] })
})

test('a closed line rejects what still waits', async () => {
  await start(() => undefined)
  const asked = line.desk.ask('session', {})
  line.close()
  await expect(asked).rejects.toMatchObject({ failure: 'engine-stopped' })
})
