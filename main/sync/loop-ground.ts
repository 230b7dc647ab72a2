/** The network and real time under the loop, and which of their failures pass. */
import { StorageFailure } from '../../db/open.ts'
import { ReplicaGap } from '../../db/replica/rebase.ts'
import { isRebuilt } from '../engine/storage-healing.ts'
import { TransportFailure, createTransport } from './transport.ts'
import type { Transport, TransportOptions } from './transport.ts'

/** What the loop stands on beside the stores: the network and real time, or a simulated one. */
export interface LoopGround {
  readonly connect: (options: TransportOptions) => Transport
  /** Answers the way to call it off. */
  readonly after: (ms: number, event: () => void) => () => void
  /** Lets a loan at the desk in between. */
  readonly nextTurn: () => Promise<void>
  /** The loop has ended by what nobody can wait out. */
  readonly onDefect: (error: unknown) => void
}

export const systemGround: LoopGround = {
  connect: createTransport,
  after(ms, event) {
    const timer = setTimeout(event, ms)
    return () => clearTimeout(timer)
  },
  nextTurn: () =>
    new Promise((resolve) => {
      setImmediate(resolve)
    }),
  onDefect(error) {
    throw error
  },
}

/** What can be waited out; null for a defect. */
export function waitedOut(error: unknown): TransportFailure | null {
  if (error instanceof TransportFailure) return error
  if (error instanceof ReplicaGap) return new TransportFailure('not-our-server', error.message)
  // Begun anew under this very page: the next one is asked for from its own cursors.
  if (isRebuilt(error)) return new TransportFailure('starting', '')
  const isFull = error instanceof StorageFailure && error.code === 'disk-full'
  return isFull ? new TransportFailure('disk-full', '') : null
}
