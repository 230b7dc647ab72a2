/**
 * TinyBase's WebSocket server, and the authority: a store in the same process that is in the room
 * like any other (the server itself only relays).
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createMergeableStore } from 'tinybase'
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client'
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server'
import { WebSocket, WebSocketServer } from 'ws'
import { benchRow } from '../sync/bench-row.ts'
import { now, order, ready } from './server-process.mjs'

const { rows, requestSeconds } = order()
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 2 ** 30 })
createWsServer(sockets)
await once(sockets, 'listening')
const store = createMergeableStore('authority')
store.transaction(() => {
  for (let index = 0; index < rows; index += 1) {
    const { id, ...cells } = benchRow(index)
    store.setRow('rows', id, cells)
  }
})
const { port } = sockets.address()
const room = new WebSocket(`ws://127.0.0.1:${port}/room`, { maxPayload: 2 ** 30 })
const synchronizer = await createWsSynchronizer(store, room, requestSeconds)
await synchronizer.startSync()

const control = createServer((request, answer) => {
  const [, action, index] = request.url?.split('/') ?? []
  if (action === 'write') {
    const { id, ...cells } = benchRow(Number(index), 'other')
    const at = now()
    store.setRow('rows', id, cells)
    answer.end(JSON.stringify({ id, at }))
  } else {
    answer.end(JSON.stringify({ count: store.getRowCount('rows') }))
  }
})
control.listen(0, '127.0.0.1', () => ready({ port, controlPort: control.address().port }))
