/** Minidumps hold what was in memory, readers' names included: they are never sent, and not kept. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const KEPT_DAYS = 7
const DAY_MS = 24 * 60 * 60_000

/** Removes dumps older than a week; answers how many. */
export function ageOutDumps(folder: string, now: number): number {
  // Electron makes the folder with the first crash.
  if (!existsSync(folder)) return 0
  const dumps = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dmp'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => now - statSync(file).mtimeMs > KEPT_DAYS * DAY_MS)
  for (const file of dumps) rmSync(file)
  return dumps.length
}
