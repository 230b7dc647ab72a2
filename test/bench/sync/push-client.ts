/**
 * Many light desks in one program, each with a finished queue: `push-client.ts ORDER-AS-JSON`. Says
 * 'ready', waits for any message, pushes, and answers with its PushFigures.
 */
import { createPrivateKey } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { PULL_ENTRIES_MAX, PUSH_BATCH_MAX } from '../../../contract/sync-protocol.ts'
import type { Cursors, Outcome } from '../../../contract/sync-protocol.ts'
import { branchScope, deviceScope } from '../../../domain/scopes.ts'
import { lightAgent, lightDesk, packedMessage } from './light-desk.ts'
import type { Answered, LightDesk } from './light-desk.ts'
import { deskAt, offlineLog } from './offline-log.ts'
import type { LogSizes } from './offline-log.ts'
import { now } from './shared-clock.ts'

export interface PushOrder {
  readonly urls: readonly string[]
  readonly privateKey: string
  /** Numbers of the desks in this program. */
  readonly desks: readonly number[]
  readonly log: LogSizes
  /** Operations of one request. */
  readonly batch: number
  /** Each desk pulls its own service point when it has sent all. */
  readonly isPulling: boolean
}

export interface PushFigures {
  /** ms of each push that was answered. */
  readonly answerMs: readonly number[]
  readonly outcomes: Readonly<Record<string, number>>
  /** Told to come again. */
  readonly busy: number
  /** Answered with a failure of the server, and sent again. */
  readonly failed: number
  /** Connections that ended under a request, which was sent again. */
  readonly broken: number
  readonly pulledBytes: number
  /** ms of the shared clock. */
  readonly lastPushAt: number
  readonly lastPullAt: number
}

interface Batch {
  readonly body: Buffer
  readonly isPacked: boolean
  readonly count: number
}
interface Queue {
  readonly desk: LightDesk
  readonly branchId: string
  readonly batches: readonly Batch[]
}

const BACKOFF_FIRST_MS = 500
const BACKOFF_MAX_MS = 15_000

const order = JSON.parse(process.argv[2] ?? '') as PushOrder
const figures = {
  answerMs: [] as number[],
  busy: 0,
  failed: 0,
  broken: 0,
  pulledBytes: 0,
  lastPushAt: 0,
  lastPullAt: 0,
}
const outcomes: Record<string, number> = {}

const key = createPrivateKey(order.privateKey)
const agent = lightAgent()
const queues = order.desks.map((number): Queue => {
  const { id, branchId } = deskAt(number, order.log)
  const url = order.urls[number % order.urls.length] ?? ''
  return { desk: lightDesk(url, id, key, agent), branchId, batches: batchesOf(number) }
})

function batchesOf(number: number): Batch[] {
  const operations = offlineLog(number, order.log)
  const size = Math.min(order.batch, PUSH_BATCH_MAX)
  return Array.from({ length: Math.ceil(operations.length / size) }, (_, at) => {
    const part = operations.slice(at * size, (at + 1) * size)
    return { ...packedMessage({ operations: part }), count: part.length }
  })
}

/** As the loop of a desk waits (main/sync/loop.ts): twice as long each time, spread. */
async function untilTaken<T>(work: () => Promise<Answered<T>>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    const answered = await work().catch(brokenOff)
    if (answered?.status === 200) return answered.answer
    note(answered)
    const full = Math.min(BACKOFF_FIRST_MS * 2 ** failures, BACKOFF_MAX_MS)
    await wait(Math.max(full, answered?.retryAfterMs ?? 0) * (0.5 + Math.random() / 2))
  }
}

/** A line that the server closed while it was idle; a desk takes it for a moment offline. */
function brokenOff(error: unknown): null {
  if (error instanceof Error && 'code' in error) return null
  throw error
}

function note(answered: Answered<unknown> | null): void {
  if (answered === null) figures.broken += 1
  else if (answered.status === 503) figures.busy += 1
  else if (answered.status === 500) figures.failed += 1
  else throw new Error(`${answered.status}: ${JSON.stringify(answered.answer)}`)
}

const askOnce = <T>(desk: LightDesk, path: string, message: object) => desk.send<T>(path, message)

async function push({ desk, batches }: Queue): Promise<void> {
  const hello = {
    appVersion: 'bench',
    epoch: 1,
    lastSeq: 0,
    headHash: '0'.repeat(64),
    wallMs: Date.now(),
  }
  await untilTaken(() => askOnce(desk, '/v1/hello', hello))
  for (const { body, isPacked, count } of batches) {
    const answer = await untilTaken(async () => {
      const began = now()
      const taken = await desk.sendPacked<{ outcomes: Outcome[] }>('/v1/push', body, isPacked)
      if (taken.status === 200) figures.answerMs.push(now() - began)
      return taken
    })
    if (answer.outcomes.length !== count) throw new Error(`${answer.outcomes.length} outcomes`)
    for (const { outcome } of answer.outcomes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  figures.lastPushAt = now()
}

interface Page {
  readonly entries: readonly { readonly scope: keyof Cursors; readonly number: number }[]
  readonly heads: Cursors
  readonly isComplete: boolean
}

/** From where it was before the storm: all its service point did meanwhile. */
async function pull({ desk, branchId }: Queue): Promise<void> {
  const cursors: Cursors = { city: 0, [branchScope(branchId)]: 0, [deviceScope(desk.id)]: 0 }
  for (;;) {
    const page = await untilTaken(async () => {
      const answered = await askOnce<Page>(desk, '/v1/pull', { cursors, limit: PULL_ENTRIES_MAX })
      figures.pulledBytes += answered.bytes
      return answered
    })
    for (const { scope, number } of page.entries) cursors[scope] = number
    if (page.isComplete) break
  }
  figures.lastPullAt = now()
}

process.once('message', () => {
  const each = async (queue: Queue): Promise<void> => {
    await push(queue)
    if (order.isPulling) await pull(queue)
  }
  Promise.all(queues.map(each)).then(
    () => process.send?.({ ...figures, outcomes }, () => process.disconnect()),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
process.send?.('ready')
