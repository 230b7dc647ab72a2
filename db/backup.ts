/** Whole copies of outbox.db, made by SQLite: a copied file without its log is not a database. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { syncFolder } from './outbox/journal.ts'
import type { Outbox } from './outbox/outbox.ts'

const KEPT = 3
const NAME = /^outbox-\d{8}\.backup$/

/**
 * Writes a backup under the outbox's own key; it is there whole or not at all.
 * Throws StorageFailure, or what the file system throws.
 */
export function backUp(outbox: Pick<Outbox, 'copyInto'>, into: string): void {
  const draft = `${into}.draft`
  rmSync(draft, { force: true })
  try {
    outbox.copyInto(draft)
    syncFile(draft)
    renameSync(draft, into)
    syncFolder(dirname(into))
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The backup of the day of `at` in `folder`; older ones beyond three are removed. */
export function backUpDaily(outbox: Pick<Outbox, 'copyInto'>, folder: string, at: number): void {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
  backUp(outbox, join(folder, `outbox-${day}.backup`))
  for (const name of backupsIn(folder).slice(KEPT)) rmSync(name)
}

/** Newest first. */
export function backupsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => NAME.test(name))
  return names
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name))
}

/** When the newest was made: midnight of its day, UTC; null where there is none. */
export function lastBackupDay(folder: string): number | null {
  const [newest] = backupsIn(folder)
  if (newest === undefined) return null
  const day = basename(newest).slice('outbox-'.length, -'.backup'.length)
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`)
}

function syncFile(path: string): void {
  // Windows flushes only what is open for writing.
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
