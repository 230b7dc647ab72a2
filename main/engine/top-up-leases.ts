/**
 * What a desk asks for and gives back by itself while it is online, so that it is not empty when the
 * line goes: the next block of a series in use, the points of readers who redeem here, the end of
 * what has ended (design/sync.md, Leases).
 */
import { randomUUID } from 'node:crypto'
import type { SyncStatus } from '../../contract/topics.ts'
import { classesInUse } from '../../db/queries/numbering.ts'
import type { ClassInUse } from '../../db/queries/numbering.ts'
import { operationOf } from '../../domain/operations/index.ts'
import type { PayloadOf } from '../../domain/operations/index.ts'
import { isOwn, isUsable, leftIn, usableUntil } from '../../domain/policy/points-leases.ts'
import type { DeskNow } from '../../domain/policy/points-leases.ts'
import type { PointsPolicy } from '../../domain/policy/points-shapes.ts'
import { mayDo } from '../../domain/policy/roles.ts'
import type { Lease } from '../../domain/ledger-records.ts'
import { bookSeries, readBookSeries } from '../../domain/words/book-number.ts'
import { eventTime } from '../../contract/sync-protocol.ts'
import type { Announcer } from './announce.ts'
import { perform } from './perform.ts'
import type { PerformDeps, Performer } from './perform.ts'

export interface LeaseView {
  /** Open ones of this device. */
  readonly leases: readonly Lease[]
  readonly policy: PointsPolicy
  readonly desk: DeskNow
  /** Free points of a reader, as far as this desk knows. */
  readonly pointsFree: (readerId: string) => number
  /** Classes in which this room numbers titles. */
  readonly bookClasses: readonly ClassInUse[]
}

export type Tending =
  | { readonly kind: 'lease.request'; readonly payload: PayloadOf<'lease.request'> }
  | { readonly kind: 'lease.return'; readonly payload: PayloadOf<'lease.return'> }
  | {
      readonly kind: 'number.request-block'
      readonly payload: PayloadOf<'number.request-block'>
    }
  | {
      readonly kind: 'number.return-block'
      readonly payload: PayloadOf<'number.return-block'>
    }

/** Pure. Of a series or a reader that this desk holds nothing of, nothing is asked for. */
export function tendingOf(view: LeaseView): readonly Tending[] {
  const own = view.leases.filter((lease) => isOwn(lease, view.desk))
  return [
    ...blocksWanted(own, view),
    ...bookBlocksWanted(own, view),
    ...pointsWanted(own, view),
    ...endings(own, view),
  ]
}

function blocksWanted(own: readonly Lease[], { policy, desk }: LeaseView): Tending[] {
  return policy.series.flatMap(({ id, askBelow }): Tending[] => {
    const blocks = own.filter(({ series }) => series === id)
    const left = blocks
      .filter((lease) => isUsable(lease, desk, policy))
      .reduce((sum, lease) => sum + leftIn(lease), 0)
    if (blocks.length === 0 || left >= askBelow) return []
    return [{ kind: 'lease.request', payload: { kind: 'numbers', series: id } }]
  })
}

/** One is at hand for the next title of the class, whatever becomes of the line. */
const BOOK_NUMBERS_LEAST = 2

function bookBlocksWanted(own: readonly Lease[], { policy, desk, bookClasses }: LeaseView) {
  return bookClasses.flatMap(({ schemeId, classNumber, above }): Tending[] => {
    const series = bookSeries(schemeId, classNumber)
    const left = own
      .filter((lease) => lease.series === series && isUsable(lease, desk, policy))
      .reduce((sum, lease) => sum + leftIn(lease), 0)
    const payload = { scheme: schemeId, classNumber, above }
    return left < BOOK_NUMBERS_LEAST ? [{ kind: 'number.request-block', payload }] : []
  })
}

/** Whoever has redeemed half of it here will redeem again; the city gives what is free. */
function pointsWanted(own: readonly Lease[], { desk, policy, pointsFree }: LeaseView): Tending[] {
  const byReader = Map.groupBy(
    own.filter((lease) => lease.kind === 'points' && lease.spent > 0),
    ({ readerId }) => readerId,
  )
  return [...byReader].flatMap(([reader, leases]): Tending[] => {
    if (reader === null) return []
    const spent = leases.reduce((sum, lease) => sum + lease.spent, 0)
    const left = own
      .filter(({ readerId }) => readerId === reader)
      .filter((lease) => isUsable(lease, desk, policy))
      .reduce((sum, lease) => sum + leftIn(lease), 0)
    const amount = Math.min(spent, pointsFree(reader))
    if (left >= spent || amount < 1) return []
    return [{ kind: 'lease.request', payload: { kind: 'points', reader, amount } }]
  })
}

/** Used up, or too near its end: what is left does more good in the city. */
function endings(own: readonly Lease[], { desk, policy }: LeaseView): Tending[] {
  return own
    .filter((lease) => leftIn(lease) === 0 || desk.at > usableUntil(lease, policy))
    .map(({ id, series }) => ({
      kind: readBookSeries(series) === null ? 'lease.return' : 'number.return-block',
      payload: { lease: id },
    }))
}

/** What was asked for is not asked again before the city had time to answer; a refusal stands as long. */
const AGAIN_MS = 30 * 60_000
/** The city tells its news in bursts. */
const LOOK_EVERY_MS = 2_000

export interface LeaseTender {
  /** Called with every news of synchronisation. */
  readonly look: (status: SyncStatus) => void
}

export interface TenderDeps {
  readonly performDeps: PerformDeps
  /** Whoever is signed in: every operation has a person. */
  readonly performer: () => Performer | null
}

export function createLeaseTender({ performDeps, performer }: TenderDeps): LeaseTender {
  const { stores, clock } = performDeps
  const askedAt = new Map<string, number>()
  let lookedAt: number | null = null
  return {
    look({ connection, pendingCount, isFilling }) {
      const now = clock.monotonic()
      if (connection !== 'online' || pendingCount > 0 || isFilling) return
      if (lookedAt !== null && now - lookedAt < LOOK_EVERY_MS) return
      const who = performer()
      if (who === null) return
      lookedAt = now
      const view = viewOf(performDeps)
      for (const { kind, payload } of view === null ? [] : tendingOf(view)) {
        if (!mayDo(who.role, operationOf(kind).permission)) continue
        const subject = JSON.stringify([kind, { ...payload, amount: null }])
        const before = askedAt.get(subject)
        if (before !== undefined && now - before < AGAIN_MS) continue
        askedAt.set(subject, now)
        const requestId = randomUUID()
        perform(performDeps, who, { requestId, kind, payload, overrides: [], isDryRun: false }, [])
      }
    },
  }

  function viewOf({ clockOffsetMs }: PerformDeps): LeaseView | null {
    const { replica, outbox } = stores
    const identity = outbox.identity()
    const policy = replica.row('policy', 'city')
    if (identity === null || policy === null) return null
    const at = eventTime({ wallMs: clock.now(), clockOffsetMs: clockOffsetMs() })
    return {
      leases: replica.find('openLeasesOfDevice', [identity.deviceId, null]),
      policy: policy.points,
      desk: { deviceId: identity.deviceId, epoch: identity.epoch, at },
      pointsFree: (readerId) => replica.row('reader', readerId)?.pointsFree ?? 0,
      bookClasses: classesInUse(replica.rows, identity.branchId, at),
    }
  }
}

/** Not within the announcement: what is performed announces as well. */
export function tendOn(
  announcer: Announcer,
  status: () => SyncStatus,
  tender: LeaseTender,
  guarded: (work: () => void) => void,
): void {
  let isWaiting = false
  announcer.listen((topic) => {
    if (topic !== 'sync-status' || isWaiting) return
    isWaiting = true
    setImmediate(() => {
      isWaiting = false
      guarded(() => tender.look(status()))
    })
  })
}
