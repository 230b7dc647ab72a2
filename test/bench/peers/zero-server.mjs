/** The API server that Zero asks its user to write, and the writer beside the client. */
import { createServer } from 'node:http'
import { mustGetMutator, mustGetQuery } from '@rocicorp/zero'
import { handleMutateRequest, handleQueryRequest } from '@rocicorp/zero/server'
import { zeroNodePg } from '@rocicorp/zero/server/adapters/pg'
import pg from 'pg'
import { benchRow } from '../sync/bench-row.ts'
import { bodyOf, now, order, ready } from './server-process.mjs'
import { mutators, queries, schema } from './zero-rows.mjs'

const pool = new pg.Pool({ connectionString: order().postgresUrl, max: 8 })
await pool.query(`create table rows (id text primary key, barcode text not null, branch text not null,
  state text not null, title text not null, note text not null, at double precision not null)`)
const dbProvider = zeroNodePg(schema, pool)

const insert = (rows) =>
  pool.query('insert into rows select * from json_populate_recordset(null::rows, $1)', [
    JSON.stringify(rows),
  ])

const actions = {
  async seed({ count }) {
    for (let from = 0; from < count; from += 5_000) {
      const length = Math.min(5_000, count - from)
      await insert(Array.from({ length }, (_, at) => benchRow(from + at)))
    }
    await pool.query('analyze rows')
    return {}
  },
  async write({ index }) {
    const row = benchRow(index, 'other')
    await insert([row])
    return { id: row.id, at: now() }
  },
  async count() {
    const { rows } = await pool.query(
      "select count(*)::int as count from rows where id like 'desk-%'",
    )
    return rows[0]
  },
  query: (body, query) =>
    handleQueryRequest({
      handler: (name, args) => mustGetQuery(queries, name).fn({ args, ctx: {} }),
      schema,
      userID: null,
      query,
      body,
    }),
  mutate: (body, query) =>
    handleMutateRequest({
      dbProvider,
      handler: (transact) =>
        transact((tx, name, args) => mustGetMutator(mutators, name).fn({ tx, args, ctx: {} })),
      userID: null,
      query,
      body,
    }),
}

const server = createServer(async (request, answer) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  try {
    const body = JSON.parse(await bodyOf(request))
    const said = await actions[url.pathname.slice(1)](body, Object.fromEntries(url.searchParams))
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  } catch (error) {
    console.error(error)
    answer.writeHead(500).end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => ready({ port: server.address().port }))
