/**
 * One program per data folder. The databases are locked as well; this lock is taken before they are
 * opened, and can say who holds it.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { StorageFailure } from './open.ts'

export interface HomeLock {
  /** The lock of a program that died was in the way: what it had open was not closed. */
  readonly wasLeft: boolean
  readonly release: () => void
}

interface Holder {
  readonly pid: number
  /** Boot and start of the holder, so that a reused pid is not mistaken for it; null off Linux. */
  readonly started: string | null
}

/** Held by this very program: a pid alone could not tell a second call from a reused number. */
const heldHere = new Set<string>()

/** Throws StorageFailure `locked` with the holder's pid. */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const path = join(resolve(home), 'desk.lock')
  const mine = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
  } satisfies Holder)
  // A stale lock is moved away once; whoever is there after that is alive.
  const isFree = place(path, mine)
  if (!isFree) {
    removeStale(path)
    if (!place(path, mine)) throw lockedBy(readHolder(path))
  }
  heldHere.add(path)
  return {
    wasLeft: !isFree,
    release() {
      if (!heldHere.delete(path)) return
      if (readText(path) === mine) unlinkSync(path)
    },
  }
}

/** A link appears with its whole content or not at all. False where the lock is taken. */
function place(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function removeStale(path: string): void {
  const text = readText(path)
  if (text === null) return
  const holder = parseHolder(text)
  if (holder !== null && isAlive(holder, path)) throw lockedBy(holder)
  const aside = `${path}.stale-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  // Another program may have replaced the stale lock between the look and the move: give it back.
  const moved = readText(aside)
  if (moved !== null && moved !== text) place(path, moved)
  unlinkSync(aside)
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.pid === process.pid) return heldHere.has(path)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.started === null || holder.started === startOf(holder.pid)
}

/** `boot id/start ticks` on Linux, null elsewhere or where the program is gone. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return null
  const boot = readText('/proc/sys/kernel/random/boot_id')
  const stat = readText(`/proc/${pid}/stat`)
  if (boot === null || stat === null) return null
  // The name in field 2 may hold blanks and brackets; field 22 is counted from its last bracket.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined ? null : `${boot.trim()}/${ticks}`
}

const readHolder = (path: string): Holder | null => {
  const text = readText(path)
  return text === null ? null : parseHolder(text)
}

function parseHolder(text: string): Holder | null {
  const found = /^\{"pid":(\d+),"started":(?:null|"([^"]*)")\}$/.exec(text)
  return found === null ? null : { pid: Number(found[1]), started: found[2] ?? null }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const lockedBy = (holder: Holder | null): StorageFailure =>
  new StorageFailure(
    'locked',
    holder === null
      ? 'another program is starting in this folder'
      : `program ${holder.pid} works in this folder`,
    { holderPid: holder?.pid ?? null },
  )
