/** HTTP: limits, signatures, refusals, health. What is answered is in answers.ts. */
import websocket from '@fastify/websocket'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import {
  PROTOCOL_MIN,
  PROTOCOL_PUSH_MIN,
  UPLOAD_KEPT,
  messages,
} from '../../contract/sync-protocol.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type { Device, LedgerStorage } from '../storage/ledger-storage.ts'
import type { SnapshotKeeper } from '../snapshots/snapshot-keeper.ts'
import { openSnapshotFiles } from '../snapshots/snapshot-files.ts'
import type { Admission, RequestKind } from './admission.ts'
import type { Answers } from './answers.ts'
import type { Live } from './live.ts'
import { placeOf } from './log.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { packedAnswer, unpacked } from './packed-body.ts'
import { parseBody } from './parse-body.ts'
import { helloFor1, isProtocol1, pushFor1 } from './protocol-1.ts'
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
  readonly snapshots: SnapshotKeeper
  readonly admission: Admission
  readonly metrics: Metrics
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
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply))
  app.setNotFoundHandler(async (_request, reply) => {
    await reply.code(404).send({ refusal: 'bad-request', detail: 'no such route' })
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string') return payload
    const packed = await packedAnswer(payload, request.headers)
    if (packed === null) return payload
    reply.header('content-encoding', 'zstd').header('content-length', packed.length)
    return packed
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    parts.metrics.count('citydesk_requests_total', `${route} ${reply.statusCode}`)
    parts.metrics.observe(route, reply.elapsedTime)
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
  addSnapshots(app, parts)
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
    handler: (request) => {
      parts.admission.enter(request.ip, 'enrol')
      return answers.enrol(parseBody(bodyOf(request), messages.enrol.request))
    },
  })
  const signed = <T>(
    path: string,
    schema: z.ZodType<T>,
    answer: (message: T, device: Device) => Promise<unknown>,
    options: SignedOptions<T> = {},
  ) =>
    app.route({
      method: 'POST',
      url: path,
      bodyLimit: options.bodyLimit ?? SMALL_BODY_BYTES_MAX,
      handler: async (request) => {
        const device = await signer(parts, request, options.kind ?? 'read')
        const body = await unpacked(bodyOf(request), request.headers)
        const message = parseBody(body, schema, options.protocolMin ?? PROTOCOL_MIN)
        if (device.revokedAt === null) return await answer(message, device)
        const isKept = (await options.ifRevoked?.(message, device)) ?? false
        throw new Refused('device-revoked', isKept ? UPLOAD_KEPT : 'ask the branch head')
      },
    })
  const { hello, push } = answers
  const helloForAll = async (message: Message<'hello'>, device: Device) => {
    const answer = await hello(message, device)
    return isProtocol1(message) ? helloFor1(answer) : answer
  }
  const pushForAll = async (message: Message<'push'>, device: Device) => {
    const answer = await push(message, device)
    return isProtocol1(message) ? pushFor1(answer) : answer
  }
  signed('/v1/hello', messages.hello.request, helloForAll, { protocolMin: PROTOCOL_PUSH_MIN })
  signed('/v1/recover', messages.recover.request, answers.recover)
  signed('/v1/new-epoch', messages.newEpoch.request, answers.newEpoch)
  signed('/v1/pull', messages.pull.request, answers.pull)
  signed('/v1/sign-in', messages.signIn.request, answers.signIn, { kind: 'sign-in' })
  signed('/v1/push', messages.push.request, pushForAll, {
    kind: 'push',
    bodyLimit: BODY_BYTES_MAX,
    protocolMin: PROTOCOL_PUSH_MIN,
    ifRevoked: answers.quarantine,
  })
}

type Message<N extends keyof typeof messages> = z.infer<(typeof messages)[N]['request']>

interface SignedOptions<T> {
  readonly kind?: RequestKind
  readonly bodyLimit?: number
  readonly protocolMin?: number
  /** Before the device hears that it is revoked; true where what it sent is kept. */
  readonly ifRevoked?: (message: T, device: Device) => Promise<boolean>
}

function addSnapshots(app: FastifyInstance, parts: AppParts): void {
  const send = openSnapshotFiles(parts.snapshots)
  app.get('/v1/snapshot/:name', async (request, reply) => {
    const device = await signer(parts, request, 'read')
    if (device.revokedAt !== null) throw new Refused('device-revoked', 'ask the branch head')
    return await send(request, reply)
  })
}

function addLive(app: FastifyInstance, parts: AppParts): void {
  const options = {
    websocket: true,
    preValidation: async (request: FastifyRequest) => {
      const device = await signer(parts, request, 'read')
      if (device.revokedAt !== null) throw new Refused('device-revoked', 'ask the branch head')
    },
  } as const
  app.get('/v1/live', options, (socket, request) => {
    const device = signers.get(request)
    if (device === undefined) throw new Error('a live channel without a signer')
    parts.live.add(socket, device)
  })
}

async function signer(
  parts: AppParts,
  request: FastifyRequest,
  kind: RequestKind,
): Promise<Device> {
  const { method, url: path, headers } = request
  const signed = { method, path, headers, body: bodyOf(request) }
  const device = await signerOf(parts.storage, signed, parts.now())
  signers.set(request, device)
  parts.admission.enter(device.id, kind)
  return device
}

const bodyOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)

async function refuse(
  { log, metrics }: AppParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const refused = refusedBy(error)
  const what = refused?.refusal ?? placeOf(error)
  metrics.count('citydesk_refused_total', refused?.refusal ?? 'failure')
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
