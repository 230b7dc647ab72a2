/** Where the browser shell keeps a desk's keys: outside the data folder, readable by its user only. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { keyFileFor, keyPathFor } from '../../db/key-file.ts'

export interface DeskKeys {
  readonly keyHex: string
  readonly keyPath: string
  readonly deviceKeyPath: string
}

/** `CITYDESK_KEYS` moves the folder; by default it is the user's configuration folder. */
export function keysFolder(environment: NodeJS.ProcessEnv): string {
  const named = environment['CITYDESK_KEYS']
  if (named !== undefined && named !== '') return resolve(named)
  if (process.platform === 'win32') {
    return join(environment['APPDATA'] ?? homedir(), 'CityDesk', 'keys')
  }
  return join(environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'citydesk', 'keys')
}

/** Where the two lie, whether or not they are there yet; one pair of files for each data folder. */
export function deskKeyPaths(
  home: string,
  environment: NodeJS.ProcessEnv,
): { readonly keyPath: string; readonly deviceKeyPath: string } {
  const keyPath = keyPathFor(home, keysFolder(environment))
  return { keyPath, deviceKeyPath: keyPath.replace(/\.key$/, '.device.pem') }
}

/** Reads the key, or makes one. */
export function deskKeysFor(home: string, environment: NodeJS.ProcessEnv): DeskKeys {
  const key = keyFileFor(resolve(home), keysFolder(environment))
  return { keyHex: Buffer.from(key).toString('hex'), ...deskKeyPaths(home, environment) }
}
