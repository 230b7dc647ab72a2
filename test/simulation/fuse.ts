/** Ends a desk's program at the n-th call to its storage, and fills its disk. */
import { StorageFailure } from '../../db/open.ts'
import type { Stores } from '../../main/engine/stores.ts'

/** The program is gone: whatever it still wanted to do does not happen. */
export class DeskKilled extends Error {
  constructor() {
    super('the desk was killed')
    this.name = 'DeskKilled'
  }
}

export class Fuse {
  isBlown = false
  isDiskFull = false
  #left: number | null = null
  /** The call at which it blows is still done, or is not. */
  #isDone = false

  /** Blows at the `calls`-th call from now. */
  arm(calls: number, isDone: boolean): void {
    this.#left = calls
    this.#isDone = isDone
  }

  disarm(): void {
    this.#left = null
  }

  blow(): void {
    this.isBlown = true
  }

  around<T>(isWrite: boolean, call: () => T): T {
    if (this.isBlown) throw new DeskKilled()
    if (this.isDiskFull && isWrite) throw new StorageFailure('disk-full', 'simulated')
    if (this.#left === null || (this.#left -= 1) > 0) return call()
    this.isBlown = true
    if (this.#isDone) call()
    throw new DeskKilled()
  }
}

/** What may change what a desk shows. */
export const writes: ReadonlySet<string> = new Set([
  'swap',
  'renew',
  'append',
  'saveIdentity',
  'saveOutcomes',
  'settle',
  'audit',
  'saveSetting',
  'prune',
  'turn',
  'voidAnswers',
  'addRecovered',
  'applyLocal',
  'applyPage',
  'apply',
])

export interface Watch {
  /** Told after the call returned; before the program may die of it. */
  readonly onCall: (
    store: 'outbox' | 'replica' | 'catalogue',
    name: string,
    given: unknown[],
  ) => void
}

/** Nobody waits for it who could die of it. */
function unlessKilled(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof DeskKilled)) throw error
  }
}

/** The same stores with the fuse around each call. */
export function fused(stores: Stores, fuse: Fuse, watch: Watch): Stores {
  const around = <T extends object>(store: 'outbox' | 'replica' | 'catalogue', port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver) as unknown
        if (typeof member !== 'function' || typeof name !== 'string' || name === 'close') {
          return member
        }
        return (...given: unknown[]) =>
          fuse.around(writes.has(name), () => {
            const answer = (member as (...all: unknown[]) => unknown)(...given)
            watch.onCall(store, name, given)
            return answer
          })
      },
    })
  const { storage } = stores
  return {
    ...stores,
    storage: {
      ...storage,
      swapReplica: (place) =>
        fuse.around(true, () => {
          storage.swapReplica(place)
          watch.onCall('replica', 'swap', [])
        }),
      renewCatalogue: (whenGone) =>
        fuse.around(true, () => {
          storage.renewCatalogue(() => unlessKilled(whenGone))
          watch.onCall('catalogue', 'renew', [])
        }),
    },
    outbox: around('outbox', stores.outbox),
    replica: around('replica', stores.replica),
    catalogue: around('catalogue', stores.catalogue),
  }
}
