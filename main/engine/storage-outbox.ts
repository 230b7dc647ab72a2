/**
 * Opens the desk's own log, whatever happened to it (reference/security-reliability.md 4). A damaged
 * or missing outbox.db is made anew from what can be read of it, from the last backup and from the
 * journal, before the desk goes on.
 */
import { accessSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import { SalvageReport } from '../../contract/storage-status.ts'
import { backupsIn } from '../../db/backup.ts'
import { StorageFailure } from '../../db/open.ts'
import { hasJournal, readJournal, syncFolder } from '../../db/outbox/journal.ts'
import type { JournalReport } from '../../db/outbox/journal.ts'
import { mergeJournal } from '../../db/outbox/merge-journal.ts'
import { mirrored } from '../../db/outbox/mirrored-outbox.ts'
import type { MirroredOutbox } from '../../db/outbox/mirrored-outbox.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { openWreck } from '../../db/outbox/read-wreck.ts'
import type { Wreck } from '../../db/outbox/read-wreck.ts'
import { beginRebuild } from '../../db/outbox/rebuild-outbox.ts'
import { putAside } from '../../db/quarantine.ts'
import { hashOf } from './chain.ts'

const FILE = 'outbox.db'
const DRAFT = 'outbox.rebuilt.db'
/** The draft under this name is complete. */
const READY = 'outbox.ready.db'
export const SALVAGE_SETTING = 'storage-salvage'

export interface OutboxPlace {
  readonly home: string
  readonly journalFolder: string
  readonly key: Uint8Array | null
  /** Its last program died: every page is looked at. */
  readonly wasLeft: boolean
  readonly now: () => number
}

export interface OpenedOutbox {
  readonly outbox: MirroredOutbox
  /** Operations that only the journal had. */
  readonly mergedCount: number
}

/** Throws StorageFailure where neither the file nor its mirror can be read under this key. */
export function openOwnLog(place: OutboxPlace): OpenedOutbox {
  finishRebuild(place)
  let outbox = openWhole(place)
  const { home, journalFolder, key, now } = place
  const merged = mergedOrNot(() => mergeJournal(outbox, journalFolder, key))
  if (merged.hasGap) {
    outbox.close()
    salvage(place, 'damaged')
    outbox = openOutbox(join(home, FILE), key)
  }
  if (merged.operations > 0 || merged.isDiverged) {
    const result = `${merged.operations} back${merged.isDiverged ? ', diverged' : ''}`
    outbox.audit({ at: now(), staffId: null, action: 'journal-merged', subject: null, result })
  }
  return { outbox: mirrored(outbox, journalFolder, key), mergedCount: merged.operations }
}

/** A journal whose disk cannot be read now is no reason not to open. */
function mergedOrNot(
  merge: () => ReturnType<typeof mergeJournal>,
): ReturnType<typeof mergeJournal> {
  try {
    return merge()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return { operations: 0, isDiverged: false, hasGap: false }
  }
}

/** The power went between putting the old file aside and setting the new one in its place. */
function finishRebuild(place: OutboxPlace): void {
  const { home, now } = place
  if (existsSync(join(home, FILE)) || !existsSync(join(home, READY))) return
  for (const suffix of ['-wal', '-shm']) {
    const left = join(home, FILE + suffix)
    if (existsSync(left)) renameSync(left, join(home, 'quarantine', `${now()}-${FILE}${suffix}`))
  }
  renameSync(join(home, READY), join(home, FILE))
  syncFolder(home)
}

function openWhole(place: OutboxPlace): Outbox {
  const { home, journalFolder, key, wasLeft } = place
  const path = join(home, FILE)
  const hasMirror = hasJournal(journalFolder) || backupsIn(journalFolder).length > 0
  if (!existsSync(path)) {
    if (hasMirror && salvage(place, 'missing')) return openOutbox(path, key)
    return openOutbox(path, key)
  }
  try {
    const outbox = openOutbox(path, key)
    if (hasMirror && outbox.identity() === null) {
      // Emptied, not new.
      outbox.close()
      salvage(place, 'missing')
      return openOutbox(path, key)
    }
    if (!wasLeft || isWholeNow(outbox)) return outbox
    outbox.close()
    throw new StorageFailure('damaged', path, { file: path })
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    const reason =
      error.code === 'damaged' ? 'damaged' : error.code === 'wrong-key' ? 'unreadable' : null
    // A wrong key and a broken first page look the same: the mirror knows which it is.
    if (reason === null || !salvage(place, reason)) throw error
    return openOutbox(path, key)
  }
}

function isWholeNow(outbox: Outbox): boolean {
  try {
    return outbox.isWhole()
  } catch (error) {
    outbox.close()
    throw error
  }
}

/** False where not even the desk's name was found: then nothing is touched. */
function salvage(place: OutboxPlace, reason: SalvageReport['reason']): boolean {
  const { home, journalFolder, key, now } = place
  const path = join(home, FILE)
  const rebuild = beginRebuild(
    join(home, DRAFT),
    key,
    (body, hash) => hashOf(body as OperationBody) === hash,
  )
  const add = (from: string, source: 'file' | 'backup'): boolean => {
    const wreck: Wreck | null = existsSync(from) ? openWreck(from, key) : null
    if (wreck === null) return false
    rebuild.addWreck(wreck, source)
    wreck.close()
    return true
  }
  add(path, 'file')
  const hadBackup = backupsIn(journalFolder).some((backup) => add(backup, 'backup'))
  const journal: JournalReport = readJournal(journalFolder, key, rebuild.addJournal)
  if (rebuild.identity() === null) {
    rebuild.abandon()
    return false
  }
  const at = now()
  const found = rebuild.finish(at)
  renameSync(join(home, DRAFT), join(home, READY))
  syncFolder(home)
  const quarantine = putAside(home, FILE, at)
  renameSync(join(home, READY), path)
  syncFolder(home)
  note(place, SalvageReport.parse({ at, reason, ...found, journal, hadBackup, quarantine }))
  return true
}

function note({ home, key }: OutboxPlace, report: SalvageReport): void {
  const outbox = openOutbox(join(home, FILE), key)
  outbox.saveSetting(SALVAGE_SETTING, JSON.stringify(report))
  const { file, backup, journal } = report.operations
  outbox.audit({
    at: report.at,
    staffId: null,
    action: 'outbox-salvaged',
    subject: report.quarantine,
    result: `${file} + ${backup} + ${journal}, ${report.missing.length} gaps`,
  })
  outbox.close()
}

/**
 * Where the journal of `home` lies: beside it, so that what befalls the one spares the other; inside
 * it where nothing may be made beside it. The answer must not change while a journal is there.
 */
export function usableJournalFolder(home: string): string {
  const beside = `${resolve(home)}-journal`
  const inside = join(resolve(home), 'journal')
  if (hasJournal(inside)) return inside
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 })
    accessSync(beside, constants.W_OK)
    return beside
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return inside
  }
}
