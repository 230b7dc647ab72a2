/** Turso Sync: a local Turso file, pages pulled and statements pushed to `tursodb --sync-server`. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { connect as dial } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from '@tursodatabase/sync'
import { ask, freePort, now, pauseMs, startServer, until, versionOf } from './server-process.mjs'
import { insertRow, rowValues } from './turso-rows.mjs'

/** The program that the package `turso` brings for this platform; its own script only starts it. */
function program() {
  const require = createRequire(import.meta.url)
  const platform = { linux: `linux-${process.arch}-gnu`, win32: 'win32-x64-msvc' }[process.platform]
  const name = `@tursodatabase/cli-${platform ?? `${process.platform}-${process.arch}`}`
  const file = process.platform === 'win32' ? 'tursodb.exe' : 'tursodb'
  return join(dirname(require.resolve(`${name}/package.json`)), file)
}

const answers = (port) =>
  new Promise((done) => {
    const socket = dial(port, '127.0.0.1')
    socket.on('connect', () => done(true)).on('error', () => done(false))
    socket.on('connect', () => socket.destroy())
  })

/** @type {import('../sync/sync-peer.ts').PeerModule['openPeer']} */
export async function openPeer({ folder, row }) {
  const port = await freePort()
  const server = spawn(program(), [join(folder, 'served.db'), '--sync-server', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await until(() => answers(port), 20)
  const url = `http://127.0.0.1:${port}`
  const open = (name) => connect({ path: join(folder, name), url, clientName: name })
  const countOf = async (database, where) =>
    (await (await database.prepare(`select count(*) as count from rows where ${where}`)).get()).count
  const other = await startServer('turso-server.mjs', { folder, url })
  const door = `http://127.0.0.1:${other.port}`
  let local
  return {
    name: 'Turso Sync',
    version: versionOf('@tursodatabase/sync'),
    kind: 'file',
    serverPids: [server.pid],
    async seed(count) {
      await ask(`${door}/seed/${count}`, {})
    },
    async bootstrap() {
      const began = now()
      local = await open('local.db')
      const rows = await countOf(local, '1 = 1')
      return { ms: now() - began, rows }
    },
    async propagation(samples) {
      const look = await local.prepare('select 1 as found from rows where id = ?')
      const delays = []
      for (let sample = 0; sample < samples; sample += 1) {
        const { id, at } = await ask(`${door}/write/${sample}`, {})
        await until(async () => {
          await local.pull()
          return (await look.get(id)) !== undefined
        }, 1)
        delays.push(now() - at)
        await wait(pauseMs(sample))
      }
      return delays
    },
    async localWrites(count) {
      const add = await local.prepare(insertRow)
      const began = now()
      for (let index = 0; index < count; index += 1) await add.run(rowValues(row(index, 'desk')))
      return { ms: now() - began }
    },
    async push() {
      const began = now()
      await local.push()
      const ms = now() - began
      const judge = await open('judge.db')
      const durable = await countOf(judge, "id like 'desk-%'")
      await judge.close()
      return { ms, durable }
    },
    async close() {
      await local.close()
      await other.stop()
      server.kill()
    },
  }
}
