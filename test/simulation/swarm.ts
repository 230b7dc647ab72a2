/**
 * Swarm testing: each seed has its own city, its own people and its own few troubles, because a run
 * with all of them at once never gets far enough to see most.
 */
import type { Random } from './random.ts'

/** What befalls a run, once or now and then; done by troubles.ts. */
export const troubles = [
  'offline',
  'one-way',
  'everyone-back',
  'desk-killed',
  'server-killed',
  'disk-full',
  'replica-lost',
  'replica-flipped',
  'catalogue-lost',
  'clock-jumps',
  'clock-steps-back',
  'desk-cloned',
  'desk-rolled-back',
  'server-restored',
  'altered-operation',
  'poison',
  'policy-changed',
  'reader-blocked',
  'desk-revoked',
  'old-desk',
  'store-busy',
  'outbox-lost',
  'same-scan',
] as const
export type Trouble = (typeof troubles)[number]

export interface LineTrouble {
  readonly drop: number
  readonly duplicate: number
  /** Of a reply that was on its way. */
  readonly replyLost: number
  readonly truncate: number
  readonly rewrite: number
  /** Ms; the exponent of the delay is drawn evenly: mostly ms, now and then hours. */
  readonly delayMaxMs: number
}

export interface Swarm {
  readonly desksCount: number
  readonly branchesCount: number
  readonly itemsCount: number
  readonly readersCount: number
  /** Operations that the staff try, over all desks. */
  readonly actsCount: number
  readonly hours: number
  readonly line: LineTrouble
  /** How often each happens in the run; absent where it does not. */
  readonly troubles: ReadonlyMap<Trouble, number>
  /** Entries a page: small ones are cut in the middle. */
  readonly pageMax: number
  readonly batchMax: number
  readonly isNewsLost: boolean
  /** How many of the city's transactions are overtaken by another one. */
  readonly races: number
  readonly takesStale: boolean
  /** The signatures and the limits of the HTTP side are real; dear. */
  readonly isThroughApp: boolean
  readonly driftPpm: number
  readonly skewMaxMs: number
}

export function swarmOf(random: Random, only: ReadonlySet<Trouble> | null): Swarm {
  const some = (probability: number, most: number): number =>
    random.chance(probability) ? random.next() * most : 0
  const chosen = new Map<Trouble, number>()
  for (const trouble of troubles) {
    const isIn = random.chance(0.3)
    const count = random.int(1, 3)
    if (only === null ? isIn : only.has(trouble)) chosen.set(trouble, count)
  }
  return {
    desksCount: random.int(2, 4),
    branchesCount: random.int(2, 3),
    itemsCount: random.pick([1, 2, 4, 8]),
    readersCount: random.int(2, 6),
    actsCount: random.int(20, 70),
    hours: random.pick([4, 24, 24, 72, 72, 72, 45 * 24]),
    line: {
      drop: some(0.5, 0.2),
      duplicate: some(0.5, 0.2),
      replyLost: some(0.5, 0.2),
      truncate: some(0.3, 0.1),
      rewrite: some(0.3, 0.1),
      delayMaxMs: random.pick([50, 5_000, 60_000, 2 * 86_400_000]),
    },
    troubles: chosen,
    pageMax: random.pick([1, 3, 500]),
    batchMax: random.pick([1, 3, 500]),
    isNewsLost: random.chance(0.3),
    races: random.pick([0, 0.2, 0.5]),
    takesStale: random.chance(0.3),
    isThroughApp: random.chance(0.15),
    driftPpm: random.pick([0, 50, 200]),
    skewMaxMs: random.pick([0, 60_000, 3_600_000]),
  }
}
