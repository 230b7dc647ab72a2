/** The desk's three databases, opened together. Only outbox.db is dear; the others can be sent again. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import type { Search } from '../../db/catalogue/search-client.ts'
import type { Survey } from '../../db/catalogue/survey-client.ts'
import { lockHome } from '../../db/home-lock.ts'
import type { HomeLock } from '../../db/home-lock.ts'
import type { MirrorState } from '../../db/outbox/mirrored-outbox.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { openReplica } from '../../db/replica/replica.ts'
import type { Replica } from '../../db/replica/replica.ts'
import { loggedOperation } from './logged-operation.ts'
import { keptEssentials } from './storage-essentials.ts'
import type { KeptEssentials } from './storage-essentials.ts'
import { openHealing } from './storage-healing.ts'
import type { DisposableFile, HealingStores } from './storage-healing.ts'
import { openOwnLog } from './storage-outbox.ts'

/** What operations and synchronisation stand on. */
export interface RecordStores {
  readonly outbox: Outbox
  readonly replica: Replica
  readonly catalogue: Catalogue
}

export interface Stores extends RecordStores {
  readonly search: Search
  readonly survey: Survey
  readonly storage: Storage
  /** Lets another program open this home. */
  readonly unlock: () => void
}

/** The files behind the ports. */
export interface Storage {
  readonly home: string
  readonly journalFolder: string
  readonly essentials: KeptEssentials
  readonly mirror: () => MirrorState
  /** Operations that only the journal had at this start. */
  readonly mergedCount: number
  readonly rebuilt: () => readonly { readonly file: DisposableFile; readonly at: number }[]
  /** After each file that was begun anew; the unsent is not in it yet. */
  readonly onRebuilt: (listener: (file: DisposableFile) => void) => void
  readonly swapReplica: HealingStores['swapReplica']
  readonly swapCatalogue: HealingStores['swapCatalogue']
  readonly renewCatalogue: HealingStores['renewCatalogue']
  readonly close: () => Promise<void>
}

export interface StoresOptions {
  /** Where the outbox is mirrored and backed up; best on another disk. By default in `home`. */
  readonly journalFolder?: string
  /** Epoch ms. */
  readonly now?: () => number
}

/**
 * Opens the databases in `home`. A damaged outbox.db is made anew from its parts and its mirror; a
 * damaged replica or catalogue is put aside and begun anew, to be filled by the next pull.
 * Throws StorageFailure where another program has this home (`locked`) or outbox.db cannot be saved.
 */
export function openStores(
  home: string,
  key: Uint8Array | null,
  options: StoresOptions = {},
): Stores {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const lock = lockHome(home)
  try {
    return openAll(home, key, lock, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

function openAll(
  home: string,
  key: Uint8Array | null,
  lock: HomeLock,
  { journalFolder = join(home, 'journal'), now = Date.now }: StoresOptions,
): Stores {
  const { outbox, mergedCount } = openOwnLog({
    home,
    journalFolder,
    key,
    wasLeft: lock.wasLeft,
    now,
  })
  const essentials = keptEssentials(outbox)
  const rebuilt: { file: DisposableFile; at: number }[] = []
  const listeners: ((file: DisposableFile) => void)[] = []
  const healing: HealingStores = openHealing({
    home,
    key,
    now,
    openReplica: (path, catalogue) => {
      const opened: Replica = openReplica(path, key, {
        catalogue,
        logged: (id) => loggedOperation(outbox, (seq) => opened.pendingChanges(seq), id),
        ownBranchId: () => outbox.identity()?.branchId ?? null,
        essentials,
      })
      return opened
    },
    ownChanges: (seq) => outbox.bySeq(seq)?.changes ?? [],
    onRebuilt(file, wasAbsent) {
      const at = now()
      if (file === 'replica') essentials.standIn(at)
      if (wasAbsent && essentials.since() === null) return
      rebuilt.push({ file, at })
      outbox.audit({ at, staffId: null, action: 'storage-rebuilt', subject: file, result: 'empty' })
      for (const listener of listeners) listener(file)
    },
  })
  const storage: Storage = {
    home,
    journalFolder,
    essentials,
    mirror: outbox.mirror,
    mergedCount,
    rebuilt: () => rebuilt,
    onRebuilt: (listener) => listeners.push(listener),
    swapReplica: healing.swapReplica,
    swapCatalogue: healing.swapCatalogue,
    renewCatalogue: healing.renewCatalogue,
    close: healing.close,
  }
  const { replica, catalogue, search, survey } = healing
  return { outbox, replica, catalogue, search, survey, storage, unlock: () => lock.release() }
}

export async function closeStores(stores: Stores): Promise<void> {
  await stores.storage.close()
  stores.outbox.close()
  stores.unlock()
}
