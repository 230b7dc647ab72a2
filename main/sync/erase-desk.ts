/**
 * A revoked desk that has handed everything over: its keys first, so that what is left of the
 * databases is noise whatever happens next, then the files. A note stays that says why.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const NOTE = 'revoked.json'

/** `keyPaths`: files outside `home`. The databases must be closed. */
export function eraseDesk(home: string, keyPaths: readonly string[], at: number): void {
  for (const path of keyPaths) overwrite(path)
  writeFileSync(join(home, NOTE), JSON.stringify({ revokedAt: at }), { mode: 0o600 })
  for (const name of readdirSync(home)) {
    if (name !== NOTE) rmSync(join(home, name), { recursive: true, force: true })
  }
}

/** A file that is only unlinked can be read again from the disk. */
function overwrite(path: string): void {
  if (!existsSync(path)) return
  const file = openSync(path, 'r+')
  try {
    writeSync(file, Buffer.alloc(statSync(path).size))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  rmSync(path)
}

/** When this home was erased, epoch ms; null for one that was not. */
export function erasedAt(home: string): number | null {
  const path = join(home, NOTE)
  if (!existsSync(path)) return null
  return (JSON.parse(readFileSync(path, 'utf8')) as { revokedAt: number }).revokedAt
}

/** It was enrolled again. */
export const forgetErasure = (home: string): void => rmSync(join(home, NOTE), { force: true })
