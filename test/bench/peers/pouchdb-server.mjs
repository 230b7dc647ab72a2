/** PouchDB on LevelDB behind the CouchDB protocol, and a door for the writer beside the client. */
import { join } from 'node:path'
import express from 'express'
import expressPouchDb from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { benchRow } from '../sync/bench-row.ts'
import { now, order, ready } from './server-process.mjs'

const { folder } = order()
const Served = PouchDB.defaults({ prefix: `${folder}/` })
const rows = new Served('rows')
const document = (row) => ({ _id: row.id, ...row, id: undefined })

const app = express()
app.post('/bench/seed/:count', async (request, answer) => {
  const count = Number(request.params.count)
  for (let from = 0; from < count; from += 5_000) {
    const length = Math.min(5_000, count - from)
    await rows.bulkDocs(Array.from({ length }, (_, at) => document(benchRow(from + at))))
  }
  answer.json({})
})
app.post('/bench/write/:index', async (request, answer) => {
  const row = benchRow(Number(request.params.index), 'other')
  await rows.put(document(row))
  answer.json({ id: row.id, at: now() })
})
app.use(
  '/',
  expressPouchDb(Served, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: join(folder, 'log.txt'),
  }),
)
const server = app.listen(0, '127.0.0.1', () => ready({ port: server.address().port }))
