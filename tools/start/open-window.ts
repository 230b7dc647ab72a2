/** Opens the desk's page in the Chromium, Chrome or Edge that is there. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser, quietArguments } from '../find-browser.ts'

/** False where no browser was found: the address is all we can give. */
export function openWindow(address: string, profileFolder: string): boolean {
  const browser = findBrowser()
  if (browser === null) return false
  mkdirSync(profileFolder, { recursive: true, mode: 0o700 })
  // A program's arguments can be read by other users of the PC; a 0600 file cannot.
  const page = join(profileFolder, 'open.html')
  writeFileSync(page, `<meta http-equiv="refresh" content="0; url=${address}">`, { mode: 0o600 })
  const child = spawn(
    browser.path,
    [
      `--app=${pathToFileURL(page).href}`,
      `--user-data-dir=${profileFolder}`,
      '--disable-extensions',
      '--window-size=1366,768',
      ...quietArguments,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore', detached: true },
  )
  // A browser that cannot start (no display) is as good as none; the address has been printed.
  child.on('error', () => undefined)
  child.unref()
  return true
}
