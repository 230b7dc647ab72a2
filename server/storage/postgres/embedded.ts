/**
 * A PostgreSQL of our own, for a server without DATABASE_URL: made at the first start, stopped
 * with `pg_ctl stop -m fast`, adopted again when this program was killed and it was not.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { prepareOwner } from './cluster-owner.ts'
import type { ClusterOwner } from './cluster-owner.ts'
import { connect } from './connect.ts'
import { findServerBinaries } from './server-binaries.ts'
import type { ServerBinaries } from './server-binaries.ts'

export interface EmbeddedPostgres {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Another server of ours is alive on this home. */
export class HomeInUse extends Error {
  readonly pid: number
  constructor(pid: number) {
    super(`another server (process ${pid}) uses this home; share one database by DATABASE_URL`)
    this.name = 'HomeInUse'
    this.pid = pid
  }
}

interface Cluster {
  readonly binaries: ServerBinaries
  readonly owner: ClusterOwner
  readonly files: string
  readonly password: string
}

const USER = 'citydesk'

/**
 * Starts, or adopts, the database of this home. One server at a time: throws HomeInUse.
 * Listens on 127.0.0.1 only, with a scram password that only its owner can read.
 */
export async function startEmbeddedPostgres(home: string): Promise<EmbeddedPostgres> {
  const owner = await prepareOwner(home)
  const claim = join(owner.folder, 'supervisor.pid')
  await claimHome(claim)
  const binaries = await findServerBinaries(owner.isReachable, owner.copyTo)
  const password = await ensurePassword(owner)
  const cluster = { binaries, owner, password, files: join(owner.folder, 'cluster') }
  await ensureCluster(cluster)
  const url = (await adopt(cluster)) ?? (await start(cluster))
  return {
    url,
    async stop() {
      await pgCtl(cluster, ['stop', '-m', 'fast', '-w', '-t', '30'])
      await rm(claim, { force: true })
    },
  }
}

/** The database of a home whose server runs at this moment, or null. */
export async function findRunningPostgres(home: string): Promise<string | null> {
  const owner = await prepareOwner(home)
  const binaries = await findServerBinaries(owner.isReachable, owner.copyTo)
  const password = await textOf(join(owner.folder, 'password'))
  if (password === null) return null
  return await urlIfAnswering({ binaries, owner, password, files: join(owner.folder, 'cluster') })
}

async function claimHome(claim: string): Promise<void> {
  const pid = Number(await textOf(claim))
  if (pid > 0 && pid !== process.pid && (await isServerOfOurs(pid))) throw new HomeInUse(pid)
  await writeFile(claim, String(process.pid), { mode: 0o600 })
}

/** A number of a dead process is given again: where the system tells, its command decides. */
async function isServerOfOurs(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const command = await textOf(`/proc/${pid}/cmdline`)
  return command === null || command.includes('node')
}

async function ensurePassword({ folder, ids }: ClusterOwner): Promise<string> {
  const file = join(folder, 'password')
  const kept = await textOf(file)
  if (kept !== null && kept !== '') return kept
  const made = randomBytes(24).toString('hex')
  await writeFile(file, made, { mode: 0o600 })
  if (ids !== null) await chown(file, ids.uid, ids.gid)
  return made
}

/** Made beside its place and renamed: an initdb that was killed leaves nothing that looks whole. */
async function ensureCluster({ binaries, owner, files }: Cluster): Promise<void> {
  if ((await textOf(join(files, 'PG_VERSION'))) !== null) return
  const unfinished = `${files}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await run(owner, binaries.initdb, [
    `--pgdata=${unfinished}`,
    `--username=${USER}`,
    '--auth=scram-sha-256',
    `--pwfile=${join(owner.folder, 'password')}`,
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ])
  await rename(unfinished, files)
}

async function start(cluster: Cluster): Promise<string> {
  const tries = 3
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      await pgCtl(cluster, [
        'start',
        '-w',
        '-t',
        '60',
        '-l',
        join(cluster.owner.folder, 'postgres.log'),
        '-o',
        settings(port),
      ])
      return urlAt(cluster, port)
    } catch (error) {
      // Another program may have taken the port since it was found free.
      if (attempt === tries) throw error
    }
  }
}

/** The log never quotes statements, parameters or rows: they hold personal data. */
const settings = (port: number): string =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'synchronous_commit=on',
    'fsync=on',
    'max_connections=60',
    'log_min_error_statement=panic',
    'log_parameter_max_length_on_error=0',
    'log_error_verbosity=terse',
  ]
    .map((one) => `-c ${one}`)
    .join(' ')

/** A database left by a killed server: taken over if it answers, stopped if it does not. */
async function adopt(cluster: Cluster): Promise<string | null> {
  const url = await urlIfAnswering(cluster)
  if (url !== null) return url
  if (await isStale(cluster)) await clearStale(cluster)
  else if (await isRunning(cluster)) {
    await pgCtl(cluster, ['stop', '-m', 'immediate', '-w', '-t', '30'])
  }
  return null
}

async function urlIfAnswering(cluster: Cluster): Promise<string | null> {
  const port = Number((await textOf(join(cluster.files, 'postmaster.pid')))?.split('\n')[3])
  if (!(port > 0)) return null
  const url = urlAt(cluster, port)
  const sql = connect(url, 1)
  try {
    const [row] = await sql<{ files: string }[]>`select current_setting('data_directory') as files`
    return row?.files === cluster.files ? url : null
  } catch {
    // Not running, or another program on a number that was given again.
    return null
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function isRunning(cluster: Cluster): Promise<boolean> {
  try {
    await pgCtl(cluster, ['status'])
    return true
  } catch {
    return false
  }
}

/**
 * Linux: the process of the pid file is gone, another program, or dead and never buried (in a
 * container without an init). PostgreSQL takes each of the last two for its living self.
 */
async function isStale({ files }: Cluster): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const pid = Number((await textOf(join(files, 'postmaster.pid')))?.split('\n')[0])
  return pid > 0 && (await folderOf(String(pid))) !== files
}

/** Its workers notice the death of their parent; a new one must not meet them in its files. */
async function clearStale({ files }: Cluster): Promise<void> {
  const deadline = Date.now() + 10_000
  for (let left = await runningIn(files); left.length > 0; left = await runningIn(files)) {
    if (Date.now() > deadline) for (const pid of left) process.kill(pid, 'SIGKILL')
    await wait(50)
  }
  await rm(join(files, 'postmaster.pid'), { force: true })
}

async function runningIn(files: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const folders = await Promise.all(pids.map((pid) => folderOf(pid)))
  return pids.filter((_, index) => folders[index] === files).map(Number)
}

/** Where a process runs, null where it is dead or not ours to see. */
async function folderOf(pid: string): Promise<string | null> {
  try {
    return await readlink(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

const urlAt = ({ password }: Cluster, port: number): string =>
  `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`

const pgCtl = ({ binaries, owner, files }: Cluster, args: readonly string[]): Promise<void> =>
  run(owner, binaries.pgCtl, ['-D', files, ...args])

/** Throws with what the program said. Its child, the database, must not hold our pipes open. */
function run({ ids, folder }: ClusterOwner, file: string, args: readonly string[]): Promise<void> {
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' }
  const options = { cwd: folder, env: environment, windowsHide: true, ...ids }
  return new Promise((done, failed) => {
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      if (error === null) done()
      else failed(new Error(`${stdout}${stderr}`.trim() || error.message, { cause: error }))
    })
    child.on('exit', () => {
      child.stdout?.destroy()
      child.stderr?.destroy()
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => found(port))
    })
  })
}

async function textOf(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
