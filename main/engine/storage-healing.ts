/**
 * The two databases that the city can send again, under a desk that goes on. What uses them holds
 * ports that stay; the file behind a port that turns out damaged is put aside and begun anew, and the
 * call that met the damage throws StorageFailure `rebuilt`: asked once more, it is answered.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import type { OwnChanges } from '../../db/catalogue/own-titles.ts'
import { openSearch } from '../../db/catalogue/search-client.ts'
import type { Search } from '../../db/catalogue/search-client.ts'
import { openSurvey } from '../../db/catalogue/survey-client.ts'
import type { Survey } from '../../db/catalogue/survey-client.ts'
import { StorageFailure } from '../../db/open.ts'
import { putAside } from '../../db/quarantine.ts'
import type { Replica } from '../../db/replica/replica.ts'

export type DisposableFile = 'replica' | 'catalogue'

export interface HealingOptions {
  readonly home: string
  readonly key: Uint8Array | null
  readonly now: () => number
  readonly openReplica: (path: string, catalogue: Catalogue) => Replica
  readonly ownChanges: OwnChanges
  /** A file is empty now. `wasAbsent`: there was none, as at a desk's first start. */
  readonly onRebuilt: (file: DisposableFile, wasAbsent: boolean) => void
}

export interface HealingStores {
  readonly replica: Replica
  readonly catalogue: Catalogue
  readonly search: Search
  readonly survey: Survey
  /** Puts another file in the place of one: `place` moves it to `path` while nothing is open. */
  readonly swapReplica: (place: (path: string) => void) => void
  /** The same for the titles; searches find nothing for the moment it takes. */
  readonly swapCatalogue: (place: (path: string) => void) => Promise<void>
  /**
   * Begins the titles anew: what is there is of another history, and nothing of it is kept.
   * `whenGone` is called once the old file is no more, which waits for the search thread.
   */
  readonly renewCatalogue: (whenGone: () => void) => void
  readonly close: () => Promise<void>
}

/** A disk that breaks every new file needs a person: the program ends, and its next start says so. */
const REBUILDS_MAX = 5

const isDamage = (error: unknown, file: string): error is StorageFailure =>
  error instanceof StorageFailure &&
  error.file === file &&
  (error.code === 'damaged' || error.code === 'wrong-key' || error.code === 'io')

export function openHealing(options: HealingOptions): HealingStores {
  const catalogue = new HealingCatalogue(options)
  const replica = new HealingReplica(options, catalogue.port)
  return {
    replica: replica.port,
    catalogue: catalogue.port,
    search: catalogue.search,
    survey: catalogue.survey,
    swapReplica: (place) => replica.swap(place),
    swapCatalogue: (place) => catalogue.swap(place),
    renewCatalogue: (whenGone) => catalogue.beginRepair(null, whenGone),
    async close() {
      await catalogue.close()
      replica.close()
    },
  }
}

/** Runs it again where a file was begun anew under it; each of the two may be. */
export function askedAgain<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isRebuilt(error)) throw error
    return againOnce(work)
  }
}

function againOnce<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isRebuilt(error)) throw error
    return work()
  }
}

export const isRebuilt = (error: unknown): boolean =>
  error instanceof StorageFailure && error.code === 'rebuilt'

function rebuilt(path: string, cause: unknown): StorageFailure {
  return new StorageFailure('rebuilt', `${path} is begun anew`, { cause, file: path })
}

class HealingReplica {
  readonly port: Replica
  readonly #options: HealingOptions
  readonly #catalogue: Catalogue
  readonly #path: string
  #current: Replica
  #depth = 0
  #damage: StorageFailure | null = null
  #rebuilds = 0

  constructor(options: HealingOptions, catalogue: Catalogue) {
    this.#options = options
    this.#catalogue = catalogue
    this.#path = join(options.home, 'replica.db')
    this.#current = this.#openOrAnew()
    this.port = steadyPort(() => this.#current, this.#guarded)
  }

  /** Inside a transaction nothing can be closed: the outermost call repairs. */
  #guarded = <T>(work: () => T): T => {
    this.#depth += 1
    try {
      return work()
    } catch (error) {
      if (isDamage(error, this.#path)) this.#damage = error
      if (this.#damage === null || this.#depth > 1) throw error
      const cause = this.#damage
      this.#damage = null
      this.#rebuild(cause)
      throw rebuilt(this.#path, cause)
    } finally {
      this.#depth -= 1
    }
  }

  swap(place: (path: string) => void): void {
    if (this.#depth > 0) throw new Error('the replica is in use')
    this.#current.close()
    try {
      place(this.#path)
    } finally {
      this.#current = this.#openOrAnew()
    }
  }

  #rebuild(cause: StorageFailure): void {
    this.#rebuilds += 1
    if (this.#rebuilds > REBUILDS_MAX) throw cause
    closeDamaged(this.#current)
    // A read that failed once may have been the cable.
    if (cause.code !== 'io') putAside(this.#options.home, 'replica.db', this.#options.now())
    this.#current = this.#openOrAnew()
  }

  #openOrAnew(): Replica {
    const { home, now, openReplica, onRebuilt } = this.#options
    const open = (): Replica => openReplica(this.#path, this.#catalogue)
    const openAnew = (): Replica => {
      putAside(home, 'replica.db', now())
      return open()
    }
    const opened = unlessDamaged(this.#path, open) ?? openAnew()
    if (opened.opened !== 'as-it-was') onRebuilt('replica', opened.opened === 'new')
    return opened
  }

  close(): void {
    this.#current.close()
  }
}

/** Moves a file to `path`, where nothing is and nothing is open. */
type Place = (path: string) => void

const NOTHING_FOUND = { rows: [], total: 0, isTotalExact: false, spelledAs: null, ms: 0 }

/** Found nothing, honestly: while the file is replaced there is nothing. */
const emptySearch: Search = {
  search: () => Promise.resolve(NOTHING_FOUND),
  browse: () => Promise.resolve({ titles: [], isWhole: false, spelledAs: null, ms: 0 }),
  close: () => Promise.resolve(),
}

class HealingCatalogue {
  readonly port: Catalogue
  readonly search: Search
  readonly survey: Survey
  readonly #options: HealingOptions
  readonly #path: string
  #current: Catalogue
  #search: Search
  /** None while the file is replaced. */
  #survey: Survey | null
  #repair: Promise<void> = Promise.resolve()
  #isRepairing = false
  #rebuilds = 0
  #generation = 0
  #cursorOf = 0

  constructor(options: HealingOptions) {
    this.#options = options
    this.#path = join(options.home, 'catalogue.db')
    this.#current = this.#openOrAnew()
    this.#search = openSearch(this.#path, options.key)
    this.#survey = openSurvey(this.#path, options.key)
    const steady = steadyPort(() => this.#current, this.#guarded)
    this.port = {
      ...steady,
      cursor: () => {
        const cursor = steady.cursor()
        this.#cursorOf = this.#generation
        return cursor
      },
      // A page pulled for the old file would leave a hole in the new one.
      apply: (changes, progress) => {
        if (progress.cursor !== null && this.#cursorOf !== this.#generation) {
          throw rebuilt(this.#path, null)
        }
        steady.apply(changes, progress)
      },
    }
    this.search = {
      search: (text, limit, lane) => this.#searched((search) => search.search(text, limit, lane)),
      browse: (text, lane) => this.#searched((search) => search.browse(text, lane)),
      close: () => this.#search.close(),
    }
    this.survey = {
      ask: (name, ask) => this.#surveyed((survey) => survey.ask(name, ask)),
      close: async () => this.#survey?.close(),
    }
  }

  async #surveyed<T>(ask: (survey: Survey) => Promise<T>): Promise<T> {
    const asked = this.#survey
    if (asked === null) throw rebuilt(this.#path, null)
    try {
      return await ask(asked)
    } catch (error) {
      if (asked !== this.#survey) throw rebuilt(this.#path, error)
      if (!isDamage(error, this.#path) || error.code === 'io') throw error
      this.beginRepair(error)
      throw rebuilt(this.#path, error)
    }
  }

  async #searched<T>(ask: (search: Search) => Promise<T>): Promise<T> {
    const asked = this.#search
    try {
      return await ask(asked)
    } catch (error) {
      // The damage may have been met, and repaired, by someone else meanwhile.
      if (asked !== this.#search) throw rebuilt(this.#path, error)
      if (!isDamage(error, this.#path) || error.code === 'io') throw error
      this.beginRepair(error)
      throw rebuilt(this.#path, error)
    }
  }

  #guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (!isDamage(error, this.#path)) throw error
      this.beginRepair(error)
      throw rebuilt(this.#path, error)
    }
  }

  /**
   * The search thread has the file open as well and ends in its own time: until then an empty
   * catalogue in memory stands in, so that lending does not wait.
   */
  beginRepair(cause: StorageFailure | null, place: Place = () => undefined): void {
    if (this.#isRepairing) return
    if (cause !== null) {
      this.#rebuilds += 1
      if (this.#rebuilds > REBUILDS_MAX) throw cause
    }
    this.#isRepairing = true
    const readers = [this.#search, this.#survey]
    closeDamaged(this.#current)
    this.#current = openCatalogue(':memory:', null, this.#options.ownChanges, this.#options.now)
    this.#search = emptySearch
    this.#survey = null
    this.#generation += 1
    this.#repair = this.#finishRepair(readers, cause, place)
  }

  async swap(place: Place): Promise<void> {
    await this.#repair
    this.beginRepair(null, place)
    await this.#repair
  }

  async #finishRepair(
    readers: readonly (Search | Survey | null)[],
    cause: StorageFailure | null,
    place: Place,
  ): Promise<void> {
    for (const reader of readers) await reader?.close()
    const { home, key, now, onRebuilt } = this.#options
    const standIn = this.#current
    if (cause === null) {
      discardFile(this.#path)
      place(this.#path)
    } else if (cause.code !== 'io') putAside(home, 'catalogue.db', now())
    this.#current = this.#openOrAnew()
    this.#search = openSearch(this.#path, key)
    this.#survey = openSurvey(this.#path, key)
    this.#generation += 1
    this.#isRepairing = false
    standIn.close()
    onRebuilt('catalogue', false)
  }

  #openOrAnew(): Catalogue {
    const { home, key, now, ownChanges, onRebuilt } = this.#options
    const open = (): Catalogue => openCatalogue(this.#path, key, ownChanges, now)
    const opened = unlessDamaged(this.#path, open)
    if (opened !== null) return opened
    putAside(home, 'catalogue.db', now())
    onRebuilt('catalogue', false)
    return open()
  }

  async close(): Promise<void> {
    await this.#repair
    await this.#search.close()
    await this.#survey?.close()
    this.#current.close()
  }
}

/** Null where the file is damaged; what else the disk says is thrown. */
function unlessDamaged<T>(path: string, open: () => T): T | null {
  try {
    return open()
  } catch (error) {
    if (!isDamage(error, path) || error.code === 'io') throw error
    return null
  }
}

/** What a damaged file says at its own end is known already. */
function closeDamaged(store: { close: () => void }): void {
  try {
    store.close()
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
  }
}

function discardFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}

type Guard = <T>(work: () => T) => T

/** A port that stays while what is behind it is replaced. */
function steadyPort<T extends object>(current: () => T, guard: Guard): T {
  const steady: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(current())) {
    const now = (): unknown => (current() as Record<string, unknown>)[name]
    if (typeof member === 'function') {
      steady[name] = (...given: unknown[]) =>
        guard(() => (now() as (...given: unknown[]) => unknown)(...given))
    } else if (typeof member === 'object' && member !== null) {
      steady[name] = steadyPort(now as () => object, guard)
    } else {
      Object.defineProperty(steady, name, { get: now, enumerable: true })
    }
  }
  return steady as T
}
