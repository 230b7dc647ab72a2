/** HTTP: limits, signatures, refusals, health. What is answered is in answers.ts. */
import websocket from '@fastify/websocket'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { messages } from '../../contract/sync-protocol.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type { Device, LedgerStorage } from '../storage/ledger-storage.ts'
import type { Answers } from './answers.ts'
import type { Live } from './live.ts'
import { placeOf } from './log.ts'
import type { Log } from './log.ts'
import { parseBody } from './parse-body.ts'
import { Refused } from './refused.ts'
import { signerOf } from './signed-request.ts'

/** 500 operations are about 0.5 MB; an import sends larger ones. */
export const BODY_BYTES_MAX = 8 * 1024 * 1024
const SMALL_BODY_BYTES_MAX = 64 * 1024
const CONNECTIONS_MAX = 4_096

export interface AppParts {
  readonly storage: LedgerStorage
  readonly answers: Answers
  readonly live: Live
  readonly log: Log
  readonly now: () => number
  readonly isStopping: () => boolean
}

export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: SMALL_BODY_BYTES_MAX,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    maxRequestsPerSocket: 1_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    http: { headersTimeout: 10_000, maxHeaderSize: 8_192, connectionsCheckingInterval: 1_000 },
  })
  app.server.maxConnections = CONNECTIONS_MAX
  await app.register(websocket, { options: { maxPayload: 1_024, perMessageDeflate: false } })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.headers['content-encoding'] === undefined) done(null, body)
    else done(new Refused('bad-request', 'content-encoding'))
  })
  app.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply))
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send({ refusal: 'bad-request', detail: 'no such route' })
  })
  app.addHook('onResponse', async (request, reply) => {
    parts.log({
      event: 'request',
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      device: signers.get(request)?.id ?? null,
      requestId: request.id,
    })
  })
  addHealth(app, parts)
  addMessages(app, parts)
  addLive(app, parts)
  return app
}

/** The device behind each request, for the log line after it. */
const signers = new WeakMap<FastifyRequest, Device>()

function addHealth(app: FastifyInstance, { storage, isStopping }: AppParts): void {
  app.get('/livez', async () => ({ isAlive: true }))
  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return await reply.code(503).send({ isReady: false })
    await storage.ping()
    return { isReady: true }
  })
}

function addMessages(app: FastifyInstance, parts: AppParts): void {
  const { answers } = parts
  app.route({
    method: 'POST',
    url: '/v1/enrol',
    handler: (request) => answers.enrol(parseBody(bodyOf(request), messages.enrol.request)),
  })
  const signed = <T>(
    path: string,
    schema: z.ZodType<T>,
    answer: (message: T, device: Device) => Promise<unknown>,
    options: { bodyLimit: number; ifRevoked: (message: T, device: Device) => Promise<void> } = {
      bodyLimit: SMALL_BODY_BYTES_MAX,
      ifRevoked: async () => {},
    },
  ) =>
    app.route({
      method: 'POST',
      url: path,
      bodyLimit: options.bodyLimit,
      handler: async (request) => {
        const device = await signer(parts, request)
        const message = parseBody(bodyOf(request), schema)
        if (device.revokedAt === null) return await answer(message, device)
        await options.ifRevoked(message, device)
        throw new Refused('device-revoked', 'ask the branch head')
      },
    })
  signed('/v1/hello', messages.hello.request, answers.hello)
  signed('/v1/pull', messages.pull.request, answers.pull)
  signed('/v1/sign-in', messages.signIn.request, answers.signIn)
  signed('/v1/push', messages.push.request, answers.push, {
    bodyLimit: BODY_BYTES_MAX,
    ifRevoked: answers.quarantine,
  })
}

function addLive(app: FastifyInstance, parts: AppParts): void {
  const options = {
    websocket: true,
    preValidation: async (request: FastifyRequest) => {
      const device = await signer(parts, request)
      if (device.revokedAt !== null) throw new Refused('device-revoked', 'ask the branch head')
    },
  } as const
  app.get('/v1/live', options, (socket, request) => {
    const device = signers.get(request)
    if (device === undefined) throw new Error('a live channel without a signer')
    parts.live.add(socket, device.id)
  })
}

async function signer(parts: AppParts, request: FastifyRequest): Promise<Device> {
  const { method, url: path, headers } = request
  const signed = { method, path, headers, body: bodyOf(request) }
  const device = await signerOf(parts.storage, signed, parts.now())
  signers.set(request, device)
  return device
}

const bodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)

async function refuse(
  { log }: AppParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const refused = refusedBy(error)
  const what = refused?.refusal ?? placeOf(error)
  log({ event: 'failure', route: request.routeOptions.url ?? null, requestId: request.id, what })
  if (refused === null) {
    await reply.code(500).send({ refusal: 'busy', detail: 'the server failed' })
    return
  }
  // Spread, so that a whole city that heard "busy" does not come back in the same second.
  if (refused.refusal === 'busy')
    reply.header('retry-after', String(1 + Math.floor(Math.random() * 10)))
  await reply
    .code(refused.status)
    .send({ refusal: refused.refusal, detail: refused.message.slice(0, 500) })
}

function refusedBy(error: unknown): Refused | null {
  if (error instanceof Refused) return error
  if (error instanceof LedgerStorageFailure && error.code !== 'rejected') {
    return new Refused('busy', 'the store is busy')
  }
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : null
  if (status === 413) return new Refused('too-large', 'send fewer operations')
  if (status === 503) return new Refused('busy', 'the server stops')
  return typeof status === 'number' && status < 500
    ? new Refused('bad-request', 'not application/json of the stated length')
    : null
}
