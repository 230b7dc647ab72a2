/**
 * What a desk of protocol 1 can read: it still hands over what it did, and learns from the refusal
 * of its pull that it is too old. It knows one feed for the whole circulation, which is no more.
 */
import type { z } from 'zod'
import type { messages } from '../../contract/sync-protocol.ts'

type Answer<N extends 'hello' | 'push'> = z.infer<(typeof messages)[N]['response']>

export const isProtocol1 = ({ protocol }: { readonly protocol: number }): boolean => protocol === 1

export const helloFor1 = ({ serverEpoch, serverMs, lastSeq }: Answer<'hello'>) => ({
  protocol: 1,
  serverEpoch,
  serverMs,
  lastSeq,
  heads: { city: 0, catalogue: 0, circulation: 0 },
  snapshots: [],
})

/** Without positions: their scopes would be unknown there, and it waits for none of them. */
export const pushFor1 = (answer: Answer<'push'>): Answer<'push'> => ({
  ...answer,
  outcomes: answer.outcomes.map((outcome) => ({ ...outcome, positions: {} })),
})
