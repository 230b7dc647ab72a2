/** The Electron shell, where its binary is at hand. Nothing is downloaded from here. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { root } from './child.ts'

/** Electron's program, or null: `ELECTRON_OVERRIDE_DIST_PATH` first, then the package's own. */
export function electronBinary(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  if (override !== undefined && existsSync(join(override, name))) return join(override, name)
  const packageFolder = join(root, 'node_modules', 'electron')
  const pathFile = join(packageFolder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : null
}

export interface ElectronDesk {
  readonly home: string
  readonly server: string
  readonly code: string | null
  readonly name: string
  readonly scanner: string
  /** JSON list of the sample city's accounts. */
  readonly sampleAccounts: string
}

/** Starts the built shell; its options go by environment, the one-time code included. */
export function startElectron(binary: string, desk: ElectronDesk) {
  const child = spawn(binary, [root], {
    stdio: 'inherit',
    env: {
      ...process.env,
      CITYDESK_DESK_HOME: desk.home,
      CITYDESK_SERVER: desk.server,
      CITYDESK_ENROL_CODE: desk.code ?? '',
      CITYDESK_DESK_NAME: desk.name,
      CITYDESK_SCANNER: desk.scanner,
      CITYDESK_SAMPLE_ACCOUNTS: desk.sampleAccounts,
    },
  })
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
  return {
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
