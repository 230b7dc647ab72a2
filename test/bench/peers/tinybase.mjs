/** TinyBase's MergeableStore in memory, over its WebSocket synchronizer. */
import { setTimeout as wait } from 'node:timers/promises'
import { createMergeableStore } from 'tinybase'
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client'
import { WebSocket } from 'ws'
import { ask, now, pauseMs, startServer, until, versionOf } from './server-process.mjs'

/** Its requests give up after so many seconds; the default of 1 is too short for the first one. */
const REQUEST_SECONDS = 100

/** @type {import('../sync/sync-peer.ts').PeerModule['openPeer']} */
export async function openPeer({ row }) {
  let server
  let store
  let synchronizer
  const serverPids = []
  const count = async () => (await ask(`http://127.0.0.1:${server.controlPort}/count`, {})).count
  const join = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/room`, { maxPayload: 2 ** 30 })
    synchronizer = await createWsSynchronizer(store, socket, REQUEST_SECONDS)
    await synchronizer.startSync()
  }
  return {
    name: 'TinyBase',
    version: versionOf('tinybase'),
    kind: 'memory',
    serverPids,
    async seed(rows) {
      server = await startServer('tinybase-server.mjs', {
        rows,
        requestSeconds: REQUEST_SECONDS,
      })
      serverPids.push(server.pid)
    },
    async bootstrap(rows) {
      store = createMergeableStore('desk')
      const began = now()
      await join()
      await until(() => store.getRowCount('rows') >= rows)
      return { ms: now() - began, rows: store.getRowCount('rows') }
    },
    async propagation(samples) {
      const seenAt = new Map()
      const listener = store.addRowListener('rows', null, (_store, _table, id) => {
        if (!seenAt.has(id)) seenAt.set(id, now())
      })
      const delays = []
      for (let sample = 0; sample < samples; sample += 1) {
        const { id, at } = await ask(`http://127.0.0.1:${server.controlPort}/write/${sample}`, {})
        await until(() => seenAt.has(id), 1)
        delays.push(Math.max(0, seenAt.get(id) - at))
        await wait(pauseMs(sample))
      }
      store.delListener(listener)
      return delays
    },
    async localWrites(writes) {
      await synchronizer.destroy()
      const began = now()
      for (let index = 0; index < writes; index += 1) {
        const { id, ...cells } = row(index, 'desk')
        store.setRow('rows', id, cells)
      }
      return { ms: now() - began }
    },
    async push(writes) {
      const before = await count()
      const began = now()
      await join()
      await until(async () => (await count()) - before >= writes)
      return { ms: now() - began, durable: (await count()) - before }
    },
    async close() {
      await synchronizer.destroy()
      await server.stop()
    },
  }
}
