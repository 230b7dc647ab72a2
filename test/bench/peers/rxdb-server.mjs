/**
 * The backend that RxDB's replication protocol asks its user to write: pages after a checkpoint,
 * compare-and-set pushes, a stream of what was written. Rows in PostgreSQL, durable on answer.
 */
import { createServer } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { benchRow } from '../sync/bench-row.ts'
import { bodyOf, now, order, ready } from './server-process.mjs'

const pool = new pg.Pool({ connectionString: order().postgresUrl, max: 8 })
await pool.query(`
  create sequence positions;
  create table rows (id text primary key, body jsonb not null, position bigint not null);
  create unique index on rows (position)`)

/** @type {Set<import('node:http').ServerResponse>} */
const streams = new Set()

async function write(client, documents) {
  const { rows } = await client.query(
    `insert into rows (id, body, position)
     select id, body, nextval('positions') from unnest($1::text[], $2::jsonb[]) as given (id, body)
     on conflict (id) do update set body = excluded.body, position = excluded.position
     returning position`,
    [documents.map(({ id }) => id), documents.map((document) => JSON.stringify(document))],
  )
  return Math.max(...rows.map(({ position }) => Number(position)))
}

function announce(documents, position) {
  const line = `${JSON.stringify({ documents, checkpoint: { position } })}\n`
  for (const stream of streams) stream.write(line)
}

async function transaction(work) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const answer = await work(client)
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const actions = {
  async seed({ count }) {
    for (let from = 0; from < count; from += 5_000) {
      const length = Math.min(5_000, count - from)
      const documents = Array.from({ length }, (_, at) => ({ ...benchRow(from + at), _deleted: false }))
      await write(pool, documents)
    }
    await pool.query('analyze rows')
    return {}
  },
  async write({ index }) {
    const document = { ...benchRow(index, 'other'), _deleted: false }
    const position = await write(pool, [document])
    const at = now()
    announce([document], position)
    return { id: document.id, at }
  },
  async count() {
    const { rows } = await pool.query('select count(*)::int as count from rows')
    return rows[0]
  },
  async pull({ position, size }) {
    const { rows } = await pool.query(
      'select body, position from rows where position > $1 order by position limit $2',
      [position, size],
    )
    const last = rows.at(-1)
    return {
      documents: rows.map(({ body }) => body),
      checkpoint: { position: last === undefined ? position : Number(last.position) },
    }
  },
  async push(changes) {
    const { conflicts, taken, position } = await transaction(async (client) => {
      const ids = changes.map(({ newDocumentState }) => newDocumentState.id)
      const { rows } = await client.query('select id, body from rows where id = any($1) for update', [ids])
      const present = new Map(rows.map(({ id, body }) => [id, body]))
      const isStale = ({ newDocumentState, assumedMasterState }) =>
        !isDeepStrictEqual(present.get(newDocumentState.id), assumedMasterState)
      const taken = changes.filter((change) => !isStale(change)).map((change) => change.newDocumentState)
      const conflicts = changes.filter(isStale).flatMap((change) => present.get(change.newDocumentState.id) ?? [])
      return { conflicts, taken, position: taken.length === 0 ? 0 : await write(client, taken) }
    })
    if (taken.length > 0) announce(taken, position)
    return conflicts
  },
}

const server = createServer(async (request, answer) => {
  const name = request.url?.slice(1) ?? ''
  if (name === 'stream') {
    answer.writeHead(200, { 'content-type': 'application/x-ndjson' })
    answer.flushHeaders()
    streams.add(answer)
    answer.on('close', () => streams.delete(answer))
    return
  }
  try {
    const said = JSON.stringify(await actions[name](JSON.parse(await bodyOf(request))))
    answer.writeHead(200, { 'content-type': 'application/json' }).end(said)
  } catch (error) {
    answer.writeHead(500).end(String(error))
  }
})
server.listen(0, '127.0.0.1', () => ready({ port: server.address().port }))
