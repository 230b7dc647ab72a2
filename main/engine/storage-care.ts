/**
 * What the desk does for its own files when nobody waits: the ballast, the copy of the essentials,
 * the daily backup, forgetting what is 90 days old, a look at the clock.
 */
import type { StorageStatus } from '../../contract/storage-status.ts'
import { SalvageReport } from '../../contract/storage-status.ts'
import { backUpDaily, lastBackupDay } from '../../db/backup.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import type { ClockWatch } from './clock-watch.ts'
import type { DiskGuard } from './disk-guard.ts'
import { SALVAGE_SETTING } from './storage-outbox.ts'
import type { Stores } from './stores.ts'
import type { SyncPort } from './sync-port.ts'

const DAY_MS = 86_400_000
const KEPT_MS = 90 * DAY_MS
/** A few ms of work: the rest goes with the next turn. */
const PRUNED_AT_ONCE = 200
/** The first turns belong to whoever opened the desk. */
const SETTLED_IN_MS = 30_000
const CLOCK_EVERY_MS = 60_000
/** A backup copies the whole outbox and nothing else is done meanwhile: better with nobody there. */
const QUIET_MS = 5 * 60_000
/** … but a desk that is never quiet gets one too. */
const BACKUP_LATEST_MS = 36 * 3_600_000

export interface StorageCare {
  readonly status: () => StorageStatus
  /** A little work; to be called every second or so. */
  readonly tick: () => void
  /** An operation was done just now. */
  readonly wasBusy: () => void
  readonly close: () => void
}

export interface CareDeps {
  readonly stores: Stores
  readonly disk: DiskGuard
  readonly clockWatch: ClockWatch
  readonly clock: Clock
  readonly announcer: Announcer
  readonly sync: SyncPort
}

export function createStorageCare(deps: CareDeps): StorageCare {
  return new Care(deps)
}

class Care implements StorageCare {
  readonly #deps: CareDeps
  readonly #startedAt: number
  #busyAt: number
  #clockSeenAt: number
  #said = ''
  #lastBackupAt: number | null
  #isPruned = false
  #arePeopleNew = true
  readonly #stop: () => void

  constructor(deps: CareDeps) {
    this.#deps = deps
    this.#startedAt = deps.clock.monotonic()
    this.#busyAt = this.#startedAt
    this.#clockSeenAt = this.#startedAt
    this.#lastBackupAt = lastBackupDay(deps.stores.storage.journalFolder)
    this.#stop = deps.announcer.listen((topic, news) => {
      if (topic !== 'changed') return
      const { kinds } = news as { kinds: readonly string[] }
      if (kinds.some((kind) => cityKinds.has(kind))) this.#arePeopleNew = true
    })
  }

  status = (): StorageStatus => {
    const { stores, disk, clockWatch } = this.#deps
    const { storage, outbox } = stores
    const salvage = outbox.setting(SALVAGE_SETTING)
    return {
      disk: disk.level(),
      freeBytes: disk.freeBytes(),
      mirror: storage.mirror(),
      isWithoutRecords: storage.essentials.since() !== null,
      rebuilt: storage
        .rebuilt()
        .slice(-10)
        .map((one) => ({ ...one })),
      mergedCount: storage.mergedCount,
      salvage: salvage === null ? null : SalvageReport.parse(JSON.parse(salvage)),
      lastBackupAt: this.#lastBackupAt,
      isClockSuspect: clockWatch.reading().isSuspect,
    }
  }

  wasBusy = (): void => {
    this.#busyAt = this.#deps.clock.monotonic()
  }

  tick = (): void => {
    const { clock, clockWatch } = this.#deps
    const now = clock.monotonic()
    withRoom(() => this.#careForRecords())
    if (now - this.#clockSeenAt >= CLOCK_EVERY_MS) {
      this.#clockSeenAt = now
      withRoom(() => clockWatch.reading())
    }
    if (now - this.#startedAt >= SETTLED_IN_MS) withRoom(() => this.#careForDisk(now))
    this.#say()
  }

  /** The essentials follow the records where those are complete, and step back for them. */
  #careForRecords(): void {
    const { stores, sync, clock } = this.#deps
    const { essentials } = stores.storage
    const { agesMs, isFilling } = sync.status()
    const lostAt = essentials.since()
    if (lostAt !== null) {
      const toldAt = agesMs.branch === null ? null : clock.now() - agesMs.branch
      // The clock may have jumped between the two: rows that are not there are not stepped back for.
      const hasCity = (stores.replica.cursors().city ?? 0) > 0
      if (toldAt === null || toldAt <= lostAt || !hasCity) return
      essentials.stepBack()
    }
    if (!this.#arePeopleNew || isFilling) return
    this.#arePeopleNew = false
    essentials.keep(stores)
  }

  #careForDisk(now: number): void {
    const { disk, stores, clock } = this.#deps
    if (disk.fillBallast()) return
    if (!this.#isPruned) {
      this.#isPruned = this.#pruneSome()
      return
    }
    const age = clock.now() - (this.#lastBackupAt ?? 0)
    const isQuiet = now - this.#busyAt >= QUIET_MS
    if (age < DAY_MS || !(isQuiet || age >= BACKUP_LATEST_MS)) return
    if (disk.level() === 'low' || disk.level() === 'full') return
    if (stores.outbox.identity() === null) return
    this.#lastBackupAt = clock.now()
    // A new day: what became 90 days old meanwhile goes with the next turns.
    this.#isPruned = false
    backUpDaily(stores.outbox, stores.storage.journalFolder, clock.now())
  }

  /**
   * True where nothing is left to forget. A clock that is a year ahead would forget what was answered
   * yesterday: the earlier of the machine's time and the city's counts, and none that is doubted.
   */
  #pruneSome(): boolean {
    const { stores, clock, clockWatch, sync } = this.#deps
    if (clockWatch.reading().isSuspect) return false
    const now = clock.now() + Math.min(0, sync.clockOffsetMs() ?? 0)
    return stores.outbox.prune(now - KEPT_MS, PRUNED_AT_ONCE) < PRUNED_AT_ONCE
  }

  #say(): void {
    const status = this.status()
    // Free bytes move all the time; the level is what matters.
    const said = JSON.stringify({ ...status, freeBytes: null })
    if (said === this.#said) return
    this.#said = said
    this.#deps.announcer.announce('storage-status', status)
  }

  close = (): void => {
    this.#stop()
    const { disk } = this.#deps
    if (disk.level() === 'full') disk.giveUpBallast()
  }
}

const cityKinds: ReadonlySet<string> = new Set(['policy', 'library', 'branch', 'calendar', 'staff'])

/** Care can wait: a full disk, or a folder that is not there just now, stops none of the day's work. */
function withRoom(work: () => void): void {
  try {
    work()
  } catch (error) {
    const isOfTheDisk = (error as NodeJS.ErrnoException).syscall !== undefined
    const isFull = error instanceof StorageFailure && error.code === 'disk-full'
    const isRebuilt = error instanceof StorageFailure && error.code === 'rebuilt'
    if (!isOfTheDisk && !isFull && !isRebuilt) throw error
  }
}
