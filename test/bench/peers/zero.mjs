/** Zero 1.9 in memory on Node, zero-cache beside it, an API server, and PostgreSQL by logical replication. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Zero } from '@rocicorp/zero'
import { ask, freePort, now, pauseMs, startServer, until, versionOf } from './server-process.mjs'
import { mutators, ofBranch, queries, schema } from './zero-rows.mjs'

const program = join(
  import.meta.dirname,
  'node_modules',
  '@rocicorp',
  'zero',
  'out',
  'zero',
  'src',
  'cli.js',
)
/** Local look only: the query is not sent to the server. */
const here = { type: 'unknown' }

/** A process and all below it. */
function family(pid) {
  if (process.platform !== 'linux') return [pid]
  const children = readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/status`, 'utf8').includes(`\nPPid:\t${pid}\n`)
      )
    } catch {
      return false
    }
  })
  return [pid, ...children.flatMap((child) => family(Number(child)))]
}

/** @type {import('../sync/sync-peer.ts').PeerModule['openPeer']} */
export async function openPeer({ folder, postgresUrl, row }) {
  const server = await startServer('zero-server.mjs', { postgresUrl })
  const origin = `http://127.0.0.1:${server.port}`
  const port = await freePort()
  const cacheURL = `http://127.0.0.1:${port}`
  let cache
  let zero
  let writingBegan
  const connect = () =>
    new Zero({
      cacheURL,
      schema,
      mutators,
      userID: null,
      kvStore: 'mem',
      logLevel: 'error',
      context: {},
    })
  return {
    name: 'Zero',
    version: versionOf('@rocicorp/zero'),
    kind: 'memory',
    get serverPids() {
      return [server.pid, ...(cache === undefined ? [] : family(cache.pid))]
    },
    async seed(count) {
      await ask(`${origin}/seed`, { count })
      cache = spawn(process.execPath, [program], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          DO_NOT_TRACK: '1',
          ZERO_ENABLE_TELEMETRY: 'false',
          ZERO_UPSTREAM_DB: postgresUrl,
          ZERO_REPLICA_FILE: join(folder, 'replica.db'),
          ZERO_PORT: String(port),
          ZERO_QUERY_URL: `${origin}/query`,
          ZERO_MUTATE_URL: `${origin}/mutate`,
          ZERO_ADMIN_PASSWORD: 'bench',
          ZERO_NUM_SYNC_WORKERS: '1',
          ZERO_UPSTREAM_MAX_CONNS: '5',
          ZERO_CVR_MAX_CONNS: '10',
          ZERO_CHANGE_MAX_CONNS: '3',
          ZERO_LOG_LEVEL: 'warn',
        },
      })
      // Its own copy of the database is made before it answers: not part of the client's first sync.
      await until(async () => {
        try {
          return (await fetch(`${cacheURL}/keepalive`)).ok
        } catch {
          return false
        }
      }, 50)
    },
    async bootstrap() {
      const began = now()
      zero = connect()
      await zero.preload(queries.all()).complete
      const ms = now() - began
      let rows = 0
      for (let branch = 0; branch < 40; branch += 1)
        rows += (await zero.run(ofBranch(`branch-${branch}`), here)).length
      return { ms, rows }
    },
    async propagation(samples) {
      const seenAt = new Map()
      const view = zero.materialize(queries.ofOthers())
      view.addListener((rows) => {
        for (const { id } of rows) if (!seenAt.has(id)) seenAt.set(id, now())
      })
      await wait(1_000)
      const delays = []
      for (let sample = 0; sample < samples; sample += 1) {
        const { id, at } = await ask(`${origin}/write`, { index: sample })
        await until(() => seenAt.has(id), 1)
        delays.push(Math.max(0, seenAt.get(id) - at))
        await wait(pauseMs(sample))
      }
      view.destroy()
      return delays
    },
    async localWrites(count) {
      writingBegan = now()
      for (let index = 0; index < count; index += 1) {
        const written = await zero.mutate(mutators.add(row(index, 'desk'))).client
        if (written.type === 'error') throw new Error(JSON.stringify(written))
      }
      return { ms: now() - writingBegan }
    },
    /** Counted from the first write, because it sends while it writes. */
    async push(count) {
      const held = async () => (await ask(`${origin}/count`, {})).count
      await until(async () => (await held()) >= count, 50)
      return { ms: now() - writingBegan, durable: await held() }
    },
    async close() {
      await zero.close()
      cache.kill()
      await server.stop()
    },
  }
}
