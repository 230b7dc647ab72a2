/** The desk's three databases, opened together. Only outbox.db is dear; the others can be sent again. */
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import { openSearch } from '../../db/catalogue/search-client.ts'
import type { Search } from '../../db/catalogue/search-client.ts'
import { lockHome } from '../../db/home-lock.ts'
import type { HomeLock } from '../../db/home-lock.ts'
import { StorageFailure } from '../../db/open.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { openReplica } from '../../db/replica/replica.ts'
import type { Replica } from '../../db/replica/replica.ts'
import { loggedOperation } from './logged-operation.ts'

/** What operations and synchronisation stand on. */
export interface RecordStores {
  readonly outbox: Outbox
  readonly replica: Replica
  readonly catalogue: Catalogue
}

export interface Stores extends RecordStores {
  readonly search: Search
  /** Lets another program open this home. */
  readonly unlock: () => void
}

/**
 * Opens the databases in `home`.
 * Throws StorageFailure where another program has this home (`locked`) or outbox.db cannot be opened; a damaged replica or catalogue is moved
 * to `quarantine/` and begun anew, to be filled by the next pull.
 */
export function openStores(home: string, key: Uint8Array | null): Stores {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const lock = lockHome(home)
  try {
    return openAll(home, key, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function openAll(home: string, key: Uint8Array | null, lock: HomeLock): Stores {
  const outbox = openOutbox(join(home, 'outbox.db'), key)
  const catalogue = openDisposable(home, 'catalogue.db', (path) => openCatalogue(path, key))
  const replica: Replica = openDisposable(home, 'replica.db', (path) =>
    openReplica(path, key, {
      catalogue,
      logged: (id) => loggedOperation(outbox, (seq) => replica.pendingChanges(seq), id),
    }),
  )
  const search = openSearch(join(home, 'catalogue.db'), key)
  return { outbox, replica, catalogue, search, unlock: () => lock.release() }
}

export async function closeStores(stores: Stores): Promise<void> {
  await stores.search.close()
  stores.catalogue.close()
  stores.replica.close()
  stores.outbox.close()
  stores.unlock()
}

function openDisposable<T>(home: string, file: string, open: (path: string) => T): T {
  const path = join(home, file)
  try {
    return open(path)
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    if (error.code !== 'damaged' && error.code !== 'wrong-key') throw error
    quarantine(home, file)
    return open(path)
  }
}

/** A database, its WAL and its index move together: one without the other is a different database. */
function quarantine(home: string, file: string): void {
  const folder = join(home, 'quarantine', file)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const suffix of ['', '-wal', '-shm']) {
    try {
      renameSync(join(home, file + suffix), join(folder, file + suffix))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}
