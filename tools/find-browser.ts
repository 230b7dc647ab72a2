import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export type Browser = { name: string; path: string }

/** Where to look. The real ones are `process.env` and `process.platform`. */
export type Surroundings = { env: Readonly<Record<string, string | undefined>>; platform: string }

/** Keeps Chromium quiet where there is no network: no updates, no first-run page, no sync. */
export const quietArguments: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
]

/** For tests only: Chromium refuses to run as root within its sandbox, as on a build machine. */
export function testArguments(): string[] {
  return process.getuid?.() === 0 ? [...quietArguments, '--no-sandbox'] : [...quietArguments]
}

/**
 * An installed browser of the Chromium family, or null. `CITYDESK_BROWSER` names one and ends the search;
 * then the programs on PATH, the usual folders of Windows and macOS, and a Chromium that Playwright fetched.
 */
export function findBrowser(
  { env, platform }: Surroundings = { env: process.env, platform: process.platform },
): Browser | null {
  const chosen = env['CITYDESK_BROWSER']
  if (chosen !== undefined && chosen !== '')
    return isProgram(chosen) ? { name: 'CITYDESK_BROWSER', path: chosen } : null
  return (
    firstProgram(onPath(env['PATH'] ?? '')) ??
    firstProgram(inUsualFolders(env, platform)) ??
    firstProgram(fetchedByPlaywright(env, platform))
  )
}

function onPath(path: string): Browser[] {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return programNames.flatMap(({ name, files }) =>
    files.flatMap((file) => folders.map((folder) => ({ name, path: join(folder, file) }))),
  )
}

function inUsualFolders(env: Surroundings['env'], platform: string): Browser[] {
  if (platform === 'darwin')
    return macNames.map((name) => ({
      name,
      path: `/Applications/${name}.app/Contents/MacOS/${name}`,
    }))
  if (platform !== 'win32') return []
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
    (variable) => env[variable] ?? [],
  )
  return folders.flatMap((folder) => [
    { name: 'Microsoft Edge', path: join(folder, 'Microsoft/Edge/Application/msedge.exe') },
    { name: 'Google Chrome', path: join(folder, 'Google/Chrome/Application/chrome.exe') },
    { name: 'Chromium', path: join(folder, 'Chromium/Application/chrome.exe') },
  ])
}

function fetchedByPlaywright(env: Surroundings['env'], platform: string): Browser[] {
  const home = env['HOME'] ?? homedir()
  const folder =
    env['PLAYWRIGHT_BROWSERS_PATH'] ??
    (platform === 'win32'
      ? join(env['LOCALAPPDATA'] ?? home, 'ms-playwright')
      : join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'ms-playwright'))
  return listed(folder)
    .filter((each) => /^chromium-\d+$/.test(each))
    .flatMap((each) => playwrightFiles.map((file) => join(folder, each, file)))
    .map((path) => ({ name: "Playwright's Chromium", path }))
}

function firstProgram(candidates: readonly Browser[]): Browser | null {
  return candidates.find(({ path }) => isProgram(path)) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch (error) {
    // Absent or not ours to run: the next candidate may do.
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

const programNames = [
  { name: 'Chromium', files: ['chromium', 'chromium-browser'] },
  { name: 'Google Chrome', files: ['google-chrome', 'google-chrome-stable'] },
  { name: 'Microsoft Edge', files: ['microsoft-edge', 'microsoft-edge-stable'] },
]

const macNames = ['Google Chrome', 'Microsoft Edge', 'Chromium']

const playwrightFiles = [
  'chrome-linux/chrome',
  'chrome-linux64/chrome',
  'chrome-win/chrome.exe',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
]
