/**
 * Where this desk keeps its files and whom it talks to. A checkout is told by the environment
 * (`npm start`); a packaged desk reads `desk.json`, which IT staff put into its folder.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { DeskOptions } from '../sync/desk-messages.ts'

const Settings = z.strictObject({
  serverUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  /** One-time code of the enrolment; without meaning once the desk is enrolled. */
  enrolCode: z.string().min(1).nullable().default(null),
  deskName: z.string().min(1).default('Desk 1'),
  scanner: DeskOptions.shape.scanner.default('hid'),
  sampleAccounts: DeskOptions.shape.sampleAccounts.default([]),
})

export type DeskSettings = Pick<
  DeskOptions,
  'home' | 'enrolment' | 'serverUrl' | 'scanner' | 'sampleAccounts'
> & {
  /** Folder of the shell's own files: the wrapped key, Chromium's profile. */
  readonly shellFolder: string
}

/** Throws a ZodError that names the setting. `userFolder` is Electron's `userData`. */
export function readDeskSettings(
  isPackaged: boolean,
  userFolder: string,
  environment: NodeJS.ProcessEnv,
): DeskSettings {
  const named = isPackaged ? undefined : environment['CITYDESK_DESK_HOME']
  const settings = Settings.parse(isPackaged ? fromFile(userFolder) : fromEnvironment(environment))
  const { serverUrl, enrolCode, deskName, scanner, sampleAccounts } = settings
  const home = named === undefined ? join(userFolder, 'desk') : resolve(named)
  return {
    home,
    shellFolder: named === undefined ? userFolder : join(home, 'electron'),
    enrolment:
      serverUrl === null || enrolCode === null ? null : { serverUrl, code: enrolCode, deskName },
    serverUrl,
    scanner,
    sampleAccounts,
  }
}

function fromFile(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'desk.json'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

function fromEnvironment(environment: NodeJS.ProcessEnv): unknown {
  const named = {
    serverUrl: environment['CITYDESK_SERVER'],
    enrolCode: environment['CITYDESK_ENROL_CODE'],
    deskName: environment['CITYDESK_DESK_NAME'],
    scanner: environment['CITYDESK_SCANNER'],
  }
  const set = Object.entries(named).filter(([, value]) => value !== undefined && value !== '')
  const accounts = environment['CITYDESK_SAMPLE_ACCOUNTS'] ?? '[]'
  return { ...Object.fromEntries(set), sampleAccounts: JSON.parse(accounts) as unknown }
}
