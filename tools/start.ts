/**
 * `npm start`: the whole city on one machine. The embedded central server, a desk enrolled to it
 * with the sample city, and a window. `npm run dev` is the same and rebuilds the pages on change.
 */
import { existsSync, statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { buildElectron } from './build-electron.ts'
import { runScript, root } from './start/child.ts'
import { enrolmentCode, findServer, startServer } from './start/central-server.ts'
import type { CentralServer } from './start/central-server.ts'
import { electronBinary, startElectron } from './start/electron-shell.ts'
import { openWindow } from './start/open-window.ts'
import { readStartOptions, startHelp } from './start/start-options.ts'
import type { StartOptions } from './start/start-options.ts'
import { npmRun, program, succeeds } from './steps.ts'

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** Where each desk of the sample city stands: A in the city library, B in Nanshan, and so on. */
const branchByDesk: Record<string, string> = { A: '044005-01', B: '044006-01', C: '044008-01' }
const placeOf = (desk: string) => ({
  branch: branchByDesk[desk] ?? '044005-01',
  // A letter reads the same in both languages of the screens.
  name: desk,
})

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return say(startHelp)
  const options = readStartOptions(process.argv.slice(2), process.env)
  await buildPages(options)
  const server = (await findServer(options.home)) ?? (await startServer(options.home, options.size))
  say(`Central server: ${server.url}`)
  const desk = await startDesk(options, server).catch(async (error: unknown) => {
    await server.child?.stop()
    throw error
  })
  const stopAll = async (): Promise<void> => {
    await desk.stop()
    await server.child?.stop()
    process.exit(0)
  }
  process.once('SIGINT', () => void stopAll())
  process.once('SIGTERM', () => void stopAll())
  if (options.isDev) watchPages()
  process.exitCode = await desk.ended
  await server.child?.stop()
  process.exit()
}

async function startDesk(options: StartOptions, server: CentralServer) {
  const home = join(options.home, `desk-${options.desk}`)
  const isKnown = existsSync(join(home, 'outbox.db'))
  const place = placeOf(options.desk)
  const code = isKnown ? null : await enrolmentCode(options.home, place)
  const electron = electronBinary()
  const { sampleAccounts: accounts } = await sampleAccountsLine()
  const sampleAccounts = JSON.stringify(accounts)
  if (electron !== null) {
    if (!(await buildElectron())) throw new Error('the Electron shell could not be built')
    const { scanner } = options
    return startElectron(electron, {
      home,
      server: server.url,
      code,
      ...place,
      scanner,
      sampleAccounts,
    })
  }
  say('Electron is not installed here: opening the browser shell.')
  const desk = runScript('main/browser/start-shell.ts', [
    '--home',
    home,
    '--server',
    server.url,
    '--scanner',
    options.scanner,
    '--port',
    String(options.port),
    '--desk-name',
    place.name,
    ...(code === null ? [] : ['--enrol-code', code]),
    '--sample-accounts',
    sampleAccounts,
  ])
  const line = await desk.line()
  const { failed, detail } = line
  if (typeof failed === 'string') {
    say(failureText(failed, String(detail)))
    await server.child?.stop()
    process.exit(3)
  }
  say(`Desk ${options.desk}: ${String(line['open'])}`)
  say('The address opens the desk once, within a minute. Enter: a new one. Ctrl+C: stop.')
  if (options.opensWindow && !openWindow(String(line['open']), join(home, 'browser'))) {
    say('No Chromium, Chrome or Edge was found: open the address in one.')
  }
  offerNewAddresses(desk)
  return desk
}

function offerNewAddresses(desk: ReturnType<typeof runScript>): void {
  process.stdin.on('data', (typed) => {
    desk.write('\n')
    void desk.line().then(({ open, enginePid }) => {
      say(String(typed).trim() === 'pid' ? `engine ${String(enginePid)}` : String(open))
    })
  })
}

/** The sample city's accounts, so that the sign-in screen can offer them. */
async function sampleAccountsLine(): Promise<Record<string, unknown>> {
  const child = runScript('cli/sample-city/write-seed.ts', ['--accounts'])
  return child.line()
}

const failureText = (failure: string, detail: string): string =>
  failure === 'home-in-use'
    ? `This desk is already open in another program (${detail}). Close it, or choose another --home.`
    : `The desk could not start: ${failure} (${detail}).`

/** Builds dist/renderer where it is missing or older than its sources. */
async function buildPages({ isDev }: StartOptions): Promise<void> {
  const built = join(root, 'dist', 'renderer', 'index.html')
  const sources = ['renderer', 'contract', 'domain'].map((folder) =>
    newestBelow(join(root, folder)),
  )
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources) && !isDev) return
  say('Building the pages …')
  if (!(await succeeds(npmRun('build')))) throw new Error('the pages could not be built')
}

function newestBelow(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Math.max(
    ...entries
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
}

/** Its end is ours: with npm or a shell between, it would outlive us. */
function watchPages(): void {
  const [file = '', ...args] = program('vite', 'build', '--config', 'renderer/vite.config.ts')
  const watcher = spawn(file, [...args, '--watch'], { cwd: root, stdio: 'inherit' })
  process.once('exit', () => void watcher.kill())
}

await main()
