import { spawn } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from './connect.ts'
import { HomeInUse, findRunningPostgres, startEmbeddedPostgres } from './embedded.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'citydesk-embedded-'))
})
afterEach(async () => {
  await rm(home, { recursive: true })
})

const postmasterPid = () =>
  Number(readFileSync(join(home, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])

/** Starts the database of this home in another program and ends that program without a word. */
function killedSupervisor(): Promise<string> {
  const source = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    console.log((await startEmbeddedPostgres(${JSON.stringify(home)})).url)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((done) => {
    child.stdout.once('data', (url: Buffer) => {
      child.once('exit', () => done(url.toString().trim()))
      child.kill('SIGKILL')
    })
  })
}

test('keeps what it holds from one start to the next, durably, for us alone', async () => {
  const first = await startEmbeddedPostgres(home)
  const sql = connect(first.url, 1)
  await sql`create table kept (n int)`
  await sql`insert into kept values (7)`
  const [settings] = await sql`
    select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
      current_setting('listen_addresses') as listens, current_setting('data_checksums') as sums`
  expect(settings).toEqual({ commit: 'on', fsync: 'on', listens: '127.0.0.1', sums: 'on' })
  await sql.end()
  expect(statSync(join(home, 'postgres')).mode & 0o777).toBe(0o700)
  expect(statSync(join(home, 'postgres/password')).mode & 0o777).toBe(0o600)
  const stranger = connect(first.url.replace(/:[^:@]*@/, ':guess@'), 1)
  await expect(stranger`select 1`).rejects.toThrow('password authentication failed')
  await stranger.end()
  expect(await findRunningPostgres(home)).toBe(first.url)
  await first.stop()
  expect(await findRunningPostgres(home)).toBeNull()

  const second = await startEmbeddedPostgres(home)
  const again = connect(second.url, 1)
  expect(await again`select n from kept`).toMatchObject([{ n: 7 }])
  await again.end()
  await second.stop()
})

test('a database whose server was killed is adopted, and stopped in the end', async () => {
  const url = await killedSupervisor()
  const pid = postmasterPid()
  const adopted = await startEmbeddedPostgres(home)
  expect(adopted.url).toBe(url)
  expect(postmasterPid()).toBe(pid)
  await adopted.stop()
  expect(() => postmasterPid()).toThrow('ENOENT')
})

test('a database that was killed itself starts again over its stale files', async () => {
  await killedSupervisor()
  process.kill(postmasterPid(), 'SIGKILL')
  const started = await startEmbeddedPostgres(home)
  const sql = connect(started.url, 1)
  expect(await sql`select 1 as one`).toMatchObject([{ one: 1 }])
  await sql.end()
  await started.stop()
})

test('a second server on the same home is refused', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'])
  const first = await startEmbeddedPostgres(home)
  writeFileSync(join(home, 'postgres/supervisor.pid'), String(child.pid))
  await expect(startEmbeddedPostgres(home)).rejects.toThrow(HomeInUse)
  child.kill('SIGKILL')
  await first.stop()
})
