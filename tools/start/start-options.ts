/** What `npm start` and `npm run dev` understand. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface StartOptions {
  /** Data folder of everything: the server's, and one for each desk. */
  readonly home: string
  /** `A`, `B`, … : a second desk on one machine. */
  readonly desk: string
  readonly scanner: 'hid' | 'demo' | 'none'
  readonly size: 'sample' | 'city'
  readonly isDev: boolean
  /** False prints the address and opens nothing. */
  readonly opensWindow: boolean
  /** Fixed port of the desk's page; 0 for any. */
  readonly port: number
}

export const startHelp = `npm start -- [options]
  --home DIR        data folder (default: CITYDESK_HOME, or the user's data folder)
  --desk NAME       which desk to open: A (default), B, C …
  --scanner WHICH   hid (default) | demo (virtual scanner) | none
  --size SIZE       sample (default) | city (a million generated titles, at first start only)
  --port N          port of the desk's page (default: any free one)
BROWSER=none prints the desk's address instead of opening a window.`

export function readStartOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      home: { type: 'string' },
      desk: { type: 'string', default: 'A' },
      scanner: { type: 'string', default: 'hid' },
      size: { type: 'string', default: 'sample' },
      port: { type: 'string', default: '0' },
      dev: { type: 'boolean', default: false },
    },
  })
  return {
    home: resolve(values.home ?? env['CITYDESK_HOME'] ?? userFolder(env)),
    desk: oneOf('--desk', values.desk.toUpperCase(), /^[A-Z]$/),
    scanner: oneOf('--scanner', values.scanner, /^(?:hid|demo|none)$/) as StartOptions['scanner'],
    size: oneOf('--size', values.size, /^(?:sample|city)$/) as StartOptions['size'],
    port: Number(oneOf('--port', values.port, /^\d{1,5}$/)),
    isDev: values.dev,
    opensWindow: env['BROWSER'] !== 'none',
  }
}

function oneOf(option: string, value: string, allowed: RegExp): string {
  if (!allowed.test(value)) throw new Error(`${option} ${value}: see npm start -- --help`)
  return value
}

function userFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'CityDesk')
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Application Support', 'CityDesk')
  }
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'citydesk')
}
