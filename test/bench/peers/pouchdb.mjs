/** PouchDB 9 on LevelDB, replicating with express-pouchdb in another process. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import PouchDB from 'pouchdb'
import { ask, now, pauseMs, startServer, until, versionOf } from './server-process.mjs'

/** Ten times the default: the larger, the faster here, up to about this. */
const batch = { batch_size: 1_000, batches_limit: 5 }

/** @type {import('../sync/sync-peer.ts').PeerModule['openPeer']} */
export async function openPeer({ folder, row }) {
  await mkdir(join(folder, 'served'))
  const server = await startServer('pouchdb-server.mjs', { folder: join(folder, 'served') })
  const origin = `http://127.0.0.1:${server.port}`
  const remote = new PouchDB(`${origin}/rows`)
  const local = new PouchDB(join(folder, 'local'))
  const replicated = (replication) =>
    new Promise((done, failed) => replication.on('complete', done).on('error', failed))
  return {
    name: 'PouchDB',
    version: versionOf('pouchdb'),
    kind: 'file',
    serverPids: [server.pid],
    async seed(rows) {
      await ask(`${origin}/bench/seed/${rows}`, {})
    },
    async bootstrap() {
      const began = now()
      await replicated(local.replicate.from(remote, batch))
      const { doc_count: rows } = await local.info()
      return { ms: now() - began, rows }
    },
    async propagation(samples) {
      const seenAt = new Map()
      const feed = local.changes({ live: true, since: 'now' })
      feed.on('change', ({ id }) => seenAt.set(id, now()))
      const replication = local.replicate.from(remote, { live: true, retry: true })
      await wait(500)
      const delays = []
      for (let sample = 0; sample < samples; sample += 1) {
        const { id, at } = await ask(`${origin}/bench/write/${sample}`, {})
        await until(() => seenAt.has(id), 1)
        delays.push(Math.max(0, seenAt.get(id) - at))
        await wait(pauseMs(sample))
      }
      replication.cancel()
      feed.cancel()
      return delays
    },
    async localWrites(count) {
      const began = now()
      for (let index = 0; index < count; index += 1) {
        const { id, ...fields } = row(index, 'desk')
        await local.put({ _id: id, ...fields })
      }
      return { ms: now() - began }
    },
    async push() {
      const before = (await remote.info()).doc_count
      const began = now()
      await replicated(local.replicate.to(remote, batch))
      const ms = now() - began
      return { ms, durable: (await remote.info()).doc_count - before }
    },
    async close() {
      await local.close()
      await server.stop()
    },
  }
}
