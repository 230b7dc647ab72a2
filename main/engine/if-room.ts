import { StorageFailure } from '../../db/open.ts'
import { isRebuilt } from './storage-healing.ts'

/**
 * Work that a full disk, or a file that was begun anew under it, is no reason to stop for: the desk
 * opens and serves all the same, and says why it takes nothing more.
 */
export function ifRoom(work: () => void): void {
  try {
    work()
  } catch (error) {
    const isFull = error instanceof StorageFailure && error.code === 'disk-full'
    if (!isFull && !isRebuilt(error)) throw error
  }
}
