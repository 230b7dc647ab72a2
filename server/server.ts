/**
 * The program. Answers are one JSON object per line on stdout: {"listening": url}, {"code": …},
 * {"revoked": …}, {"serverEpoch": …}.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createEnrolmentCode } from './devices/enrolment-code.ts'
import { changesInFile } from './seed-file.ts'
import { CITY_ID, startServer } from './start-server.ts'
import type { LedgerStorage } from './storage/ledger-storage.ts'
import { findRunningPostgres, startEmbeddedPostgres } from './storage/postgres/embedded.ts'
import { openPostgresStorage } from './storage/postgres/postgres-storage.ts'

const help = `npm run server -- [options]             serves until Ctrl+C
npm run server -- enrol-code --branch ID --desk NAME   a one-time code for a new desk
npm run server -- revoke --device ID                   nothing more to or from this device
npm run server -- restored                             the database came back from a backup: the
                                                       desks send again what it lacks
  --home DIR       data folder (default: CITYDESK_HOME, or ~/.citydesk)
  --port N         default: PORT, or any free one
  --host ADDRESS   default: HOST, or 127.0.0.1
  --seed FILE      takes a first city in, one change a line; for the sample city:
                   npx node cli/sample-city/write-seed.ts --out FILE
  --metrics-port N  what monitoring reads, on loopback; default: nowhere
  --city sample    the seed is a sample city: its desks offer the plug switch
DATABASE_URL replaces the database in the data folder. enrol-code, revoke and restored talk to the
database, so they work on the server's machine only; the server may run or not.`

const say = (answer: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(answer)}\n`)

function readArguments(args: string[], env: NodeJS.ProcessEnv) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      home: { type: 'string', default: env['CITYDESK_HOME'] ?? join(homedir(), '.citydesk') },
      port: { type: 'string', default: env['PORT'] ?? '0' },
      host: { type: 'string', default: env['HOST'] ?? '127.0.0.1' },
      'metrics-port': { type: 'string' },
      city: { type: 'string', default: 'none' },
      seed: { type: 'string' },
      branch: { type: 'string' },
      desk: { type: 'string' },
      device: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const databaseUrl = env['DATABASE_URL'] ?? ''
  return {
    ...values,
    command: positionals[0] ?? 'serve',
    home: resolve(values.home, 'server'),
    databaseUrl: databaseUrl === '' ? null : databaseUrl,
  }
}
type Arguments = ReturnType<typeof readArguments>

async function serve({
  home,
  port,
  host,
  city,
  seed,
  databaseUrl,
  'metrics-port': metricsPort,
}: Arguments): Promise<void> {
  if (city !== 'sample' && city !== 'none') throw new Error('--city sample or none')
  const server = await startServer({
    home,
    port: Number(port),
    host,
    databaseUrl,
    metricsPort: metricsPort === undefined ? null : Number(metricsPort),
    seed:
      seed === undefined ? null : { isSampleCity: city === 'sample', changes: changesInFile(seed) },
  })
  const stop = () => {
    server.stop().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exitCode = 1
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  say({ listening: server.url })
}

/** Over the running server's database, or over one that is started for this and stopped again. */
async function withStorage(
  { home, databaseUrl }: Arguments,
  work: (storage: LedgerStorage) => Promise<void>,
): Promise<void> {
  const running = databaseUrl ?? (await findRunningPostgres(home))
  const started = running === null ? await startEmbeddedPostgres(home) : null
  const url = running ?? started?.url ?? ''
  try {
    const storage = await openPostgresStorage({ url, cityId: CITY_ID, connectionsMax: 1 })
    try {
      await work(storage)
    } finally {
      await storage.close()
    }
  } finally {
    await started?.stop()
  }
}

async function run(given: Arguments): Promise<void> {
  switch (given.command) {
    case 'serve':
      return await serve(given)
    case 'enrol-code': {
      const { branch: branchId, desk: deskName } = given
      if (branchId === undefined || deskName === undefined) {
        throw new Error('enrol-code --branch ID --desk NAME')
      }
      return await withStorage(given, async (storage) => {
        say({ code: await createEnrolmentCode(storage, { branchId, deskName }, Date.now()) })
      })
    }
    case 'revoke': {
      const { device } = given
      if (device === undefined) throw new Error('revoke --device ID')
      return await withStorage(given, async (storage) => {
        if (!(await storage.revokeDevice(device, Date.now())))
          throw new Error(`no device ${device}`)
        say({ revoked: device })
      })
    }
    case 'restored':
      return await withStorage(given, async (storage) => {
        say({ serverEpoch: await storage.renewServerEpoch() })
      })
    default:
      throw new Error(`no command ${given.command}: enrol-code, revoke, restored, or none to serve`)
  }
}

try {
  const given = readArguments(process.argv.slice(2), process.env)
  if (given.help) process.stdout.write(`${help}\n`)
  else await run(given)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
