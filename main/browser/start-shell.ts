/**
 * The browser shell: `node main/browser/start-shell.ts --home DIR …`. For development, tests, and
 * where Electron's binary is not to be had. Packaged builds do not contain it.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { deskKeysFor } from '../sync/desk-keys.ts'
import { DeskOptions } from '../sync/desk-messages.ts'
import { readPageAssets } from '../sync/page-assets.ts'
import { StartFailed, superviseEngine } from './engine-supervisor.ts'
import { startShellServer } from './shell-server.ts'

const root = resolve(import.meta.dirname, '..', '..')

const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    port: { type: 'string', default: '0' },
    scanner: { type: 'string', default: 'hid' },
    server: { type: 'string' },
    'enrol-code': { type: 'string' },
    'desk-name': { type: 'string', default: 'Desk 1' },
    /** JSON list of the sample city's accounts. */
    'sample-accounts': { type: 'string', default: '[]' },
  },
})

/** One JSON line on standard output for whoever started us. */
const tell = (line: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function main(): Promise<void> {
  const home = resolve(values.home ?? '.')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const server = values.server ?? null
  const code = values['enrol-code'] ?? null
  const engine = superviseEngine(
    DeskOptions.parse({
      home,
      ...deskKeysFor(home, process.env),
      keyProtection: 'file',
      enrolment:
        server === null || code === null
          ? null
          : { serverUrl: server, code, deskName: values['desk-name'] },
      serverUrl: server,
      scanner: values.scanner,
      shellId: randomUUID(),
      version,
      sampleAccounts: JSON.parse(values['sample-accounts']),
    }),
  )
  try {
    await engine.started
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error
    tell({ failed: error.failure, detail: error.message })
    process.exitCode = 3
    return
  }
  const assets = readPageAssets(join(root, 'dist', 'renderer'))
  const shell = await startShellServer(assets, engine, Number(values.port))
  tell({ address: shell.address, open: shell.openingAddress(), enginePid: engine.pid() })

  const stop = async (): Promise<void> => {
    await shell.close()
    await engine.stop()
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
  // Each line on standard input asks for a new address that opens the desk once.
  process.stdin.on('data', () => tell({ open: shell.openingAddress(), enginePid: engine.pid() }))
  process.stdin.on('end', () => void stop())
}

await main()
