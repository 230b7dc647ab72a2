/** Putting a damaged database aside: it, its log and its index are one. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Enough to look into; a disk that damages a file every minute must not be filled by it. */
const KEPT_MAX = 5

/**
 * Moves `file` of `home` to `quarantine/<stamp>/`; answers `<stamp>`, null where it is not there.
 * The database goes first: a start that finds none and a log knows what happened.
 */
export function putAside(home: string, file: string, at: number): string | null {
  if (!existsSync(join(home, file))) return null
  const folder = join(home, 'quarantine')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = freeStamp(folder, `${new Date(at).toISOString().replaceAll(':', '-')}-${file}`)
  mkdirSync(join(folder, stamp), { mode: 0o700 })
  for (const suffix of ['', '-wal', '-shm']) {
    if (!existsSync(join(home, file + suffix))) continue
    renameSync(join(home, file + suffix), join(folder, stamp, file + suffix))
  }
  const kept = readdirSync(folder).filter((name) => name.includes(file))
  for (const name of kept.toSorted().slice(0, -KEPT_MAX)) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  return stamp
}

function freeStamp(folder: string, stamp: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? stamp : `${stamp}-${n}`
    if (!existsSync(join(folder, name))) return name
  }
}
