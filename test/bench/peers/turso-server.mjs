/** Another Turso client, in a process of its own: it fills the authority and writes beside the client. */
import { createServer } from 'node:http'
import { join } from 'node:path'
import { connect } from '@tursodatabase/sync'
import { benchRow } from '../sync/bench-row.ts'
import { now, order, ready } from './server-process.mjs'
import { createRows, insertRow, rowValues } from './turso-rows.mjs'

const { folder, url } = order()
const database = await connect({ path: join(folder, 'other.db'), url, clientName: 'other' })

const actions = {
  async seed(count) {
    await database.exec(createRows)
    for (let from = 0; from < count; from += 10_000) {
      const length = Math.min(10_000, count - from)
      await database.transactionAsync(async (transaction) => {
        const add = await transaction.prepare(insertRow)
        for (let at = 0; at < length; at += 1) await add.run(rowValues(benchRow(from + at)))
      })()
      await database.push()
    }
    return {}
  },
  async write(index) {
    const row = benchRow(index, 'other')
    const add = await database.prepare(insertRow)
    await add.run(rowValues(row))
    const at = now()
    await database.push()
    return { id: row.id, at }
  },
}
const server = createServer(async (request, answer) => {
  const [, action, number] = request.url?.split('/') ?? []
  try {
    answer.end(JSON.stringify(await actions[action](Number(number))))
  } catch (error) {
    answer.writeHead(500).end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => ready({ port: server.address().port }))
