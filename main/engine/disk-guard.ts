/**
 * Room on the disk of the databases. A full disk lets SQLite neither commit nor clean up (measured,
 * reference/security-reliability.md 4): the desk stops before, and keeps a ballast to give up.
 */
import { closeSync, fsyncSync, openSync, rmSync, statSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DiskLevel } from '../../contract/storage-status.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'

const MIB = 1024 * 1024

export interface DiskLimits {
  /** Below it the screen warns. */
  readonly short: number
  /** Below it imports and the catalogue's feed rest. */
  readonly low: number
  /** Below it no operation begins. */
  readonly full: number
  readonly ballast: number
}

export const diskLimits: DiskLimits = {
  short: 1024 * MIB,
  low: 200 * MIB,
  full: 50 * MIB,
  ballast: 64 * MIB,
}

export interface DiskGuard {
  readonly level: () => DiskLevel
  readonly freeBytes: () => number | null
  /** Throws DeskFailure `disk-full` before an operation that could not be kept. */
  readonly assertRoom: () => void
  /** Throws DeskFailure `disk-full` before what can wait: an import, a catalogue page. */
  readonly assertRoomToSpare: () => void
  /** Writes the next piece of the ballast; false when it is complete or there is no room for it. */
  readonly fillBallast: () => boolean
  /** Makes room for what must still be written. */
  readonly giveUpBallast: () => void
}

export interface DiskGuardOptions {
  readonly home: string
  readonly clock: Pick<Clock, 'monotonic'>
  readonly limits?: DiskLimits
  /** Null where the system does not say. */
  readonly freeBytes?: () => number | null
}

/** Asking costs about 5 µs, but a network drive may take its time. */
const ASK_AGAIN_MS = 500
const PIECE = Buffer.alloc(MIB, 'CityDesk keeps this room for its last commit. ')

export function createDiskGuard(options: DiskGuardOptions): DiskGuard {
  const { home, clock, limits = diskLimits } = options
  const path = join(home, 'ballast')
  const ask = options.freeBytes ?? (() => freeBytesOf(home))
  let asked = { at: Number.NEGATIVE_INFINITY, free: ask() }
  const freeBytes = (): number | null => {
    const at = clock.monotonic()
    if (at - asked.at >= ASK_AGAIN_MS) asked = { at, free: ask() }
    return asked.free
  }
  let isGivenUp = false
  const level = (): DiskLevel => levelOf(freeBytes(), isGivenUp ? limits.ballast : 0, limits)
  return {
    level,
    freeBytes,
    assertRoom() {
      if (level() === 'full') throw new DeskFailure('disk-full', 'no room')
    },
    assertRoomToSpare() {
      if (level() === 'full' || level() === 'low')
        throw new DeskFailure('disk-full', 'no room to spare')
    },
    fillBallast() {
      const size = sizeOf(path)
      if (size >= limits.ballast || level() !== 'ample') return false
      append(path, PIECE.subarray(0, Math.min(PIECE.length, limits.ballast - size)))
      isGivenUp = false
      return true
    },
    giveUpBallast() {
      isGivenUp ||= sizeOf(path) > 0
      rmSync(path, { force: true })
      asked = { at: Number.NEGATIVE_INFINITY, free: null }
    },
  }
}

/**
 * `reserved`: what a ballast that was given up has left. It is not for new work, or giving it up
 * would only put off the end.
 */
export function levelOf(free: number | null, reserved: number, limits: DiskLimits): DiskLevel {
  if (free === null) return 'ample'
  const room = free - reserved
  if (room < limits.full) return 'full'
  if (room < limits.low) return 'low'
  return room < limits.short ? 'short' : 'ample'
}

function append(path: string, piece: Buffer): void {
  const fd = openSync(path, 'a', 0o600)
  try {
    writeSync(fd, piece)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return null
  }
}
