/** RxDB 17 in memory, its own replication protocol over HTTP to a backend on PostgreSQL. */
import { setTimeout as wait } from 'node:timers/promises'
import { createRxDatabase } from 'rxdb/plugins/core'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { Subject } from 'rxjs'
import { ask, now, pauseMs, startServer, until, versionOf } from './server-process.mjs'

const text = { type: 'string' }
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    barcode: text,
    branch: text,
    state: text,
    title: text,
    note: text,
    at: { type: 'number' },
  },
  required: ['id', 'barcode', 'branch', 'state', 'title', 'note', 'at'],
}
const PULL_SIZE = 5_000
const PUSH_SIZE = 1_000

/** @type {import('../sync/sync-peer.ts').PeerModule['openPeer']} */
export async function openPeer({ postgresUrl, row }) {
  const server = await startServer('rxdb-server.mjs', { postgresUrl })
  const origin = `http://127.0.0.1:${server.port}`
  const database = await createRxDatabase({
    name: 'bench',
    storage: getRxStorageMemory(),
    multiInstance: false,
    eventReduce: true,
  })
  const { rows: collection } = await database.addCollections({ rows: { schema } })

  const replicate = (live, stream$) =>
    replicateRxCollection({
      collection,
      replicationIdentifier: 'bench',
      live,
      waitForLeadership: false,
      pull: {
        batchSize: PULL_SIZE,
        ...(stream$ === undefined ? {} : { stream$ }),
        handler: (checkpoint, size) => ask(`${origin}/pull`, { position: checkpoint?.position ?? 0, size }),
      },
      push: { batchSize: PUSH_SIZE, handler: (changes) => ask(`${origin}/push`, changes) },
    })

  return {
    name: 'RxDB',
    version: versionOf('rxdb'),
    kind: 'memory',
    serverPids: [server.pid],
    async seed(count) {
      await ask(`${origin}/seed`, { count })
    },
    async bootstrap() {
      const began = now()
      const replication = replicate(false)
      await replication.awaitInitialReplication()
      const rows = await collection.count().exec()
      const ms = now() - began
      await replication.cancel()
      return { ms, rows }
    },
    async propagation(samples) {
      const seenAt = new Map()
      const watching = collection.$.subscribe(({ documentId }) => seenAt.set(documentId, now()))
      const stream = new Subject()
      const hangUp = await listen(`${origin}/stream`, (news) => stream.next(news))
      const replication = replicate(true, stream)
      await replication.awaitInitialReplication()
      const delays = []
      for (let sample = 0; sample < samples; sample += 1) {
        const { id, at } = await ask(`${origin}/write`, { index: sample })
        await until(() => seenAt.has(id), 1)
        delays.push(Math.max(0, seenAt.get(id) - at))
        await wait(pauseMs(sample))
      }
      watching.unsubscribe()
      await replication.cancel()
      hangUp()
      return delays
    },
    async localWrites(count) {
      const began = now()
      for (let index = 0; index < count; index += 1) await collection.insert(row(index, 'desk'))
      return { ms: now() - began }
    },
    async push() {
      const before = (await ask(`${origin}/count`, {})).count
      const began = now()
      const replication = replicate(false)
      await replication.awaitInSync()
      const ms = now() - began
      await replication.cancel()
      return { ms, durable: (await ask(`${origin}/count`, {})).count - before }
    },
    async close() {
      await database.close()
      await server.stop()
    },
  }
}

/** Lines of a long answer, until it is hung up. */
async function listen(url, heard) {
  const hangUp = new AbortController()
  const { body } = await fetch(url, { signal: hangUp.signal })
  const read = async () => {
    let rest = ''
    for await (const piece of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) heard(JSON.parse(line))
    }
  }
  read().catch((error) => {
    if (!hangUp.signal.aborted) throw error
  })
  return () => hangUp.abort()
}
