/**
 * Which tags lie on a pad, told from inventories that miss some: tags shield one another, and a
 * stack is never still. Pure; times in ms of one clock.
 */
import type { TagUid } from './pad-driver.ts'

/** A tag counts when it was seen this often: noise makes identifiers that come once. */
const SIGHTINGS_UNTIL_STABLE = 2
const MISSES_UNTIL_GONE = 4
const GONE_AFTER_MS = 600
/** Back within this, it is the same visit: it was shifted, not brought anew. */
const SAME_VISIT_MS = 2_000
const EQUAL_UNTIL_SETTLED = 3
const SETTLED_AFTER_MS = 700

interface Presence {
  readonly seenCount: number
  readonly missedCount: number
  readonly lastSeenAt: number
  readonly stage: 'new' | 'here' | 'gone'
}

export interface PresenceState {
  readonly presencesByUid: ReadonlyMap<TagUid, Presence>
  readonly lastUids: string
  readonly equalCount: number
  readonly changedAt: number
  readonly isSettled: boolean
}

export type PresenceEvent =
  | { readonly kind: 'arrived' | 'returned' | 'left'; readonly uid: TagUid }
  /** Nothing moved for a while: what is here is the whole stack. */
  | { readonly kind: 'settled'; readonly uids: readonly TagUid[] }

export const emptyPad: PresenceState = {
  presencesByUid: new Map(),
  lastUids: '',
  equalCount: 0,
  changedAt: 0,
  isSettled: true,
}

export const uidsHere = (state: PresenceState): readonly TagUid[] =>
  [...state.presencesByUid].filter(([, { stage }]) => stage === 'here').map(([uid]) => uid)

type Step = readonly [Presence | null, PresenceEvent | null]

const seen = (uid: TagUid, before: Presence | undefined, at: number): Step => {
  const fresh: Presence = { seenCount: 1, missedCount: 0, lastSeenAt: at, stage: 'new' }
  if (before === undefined) return [fresh, null]
  const now = { ...before, seenCount: before.seenCount + 1, missedCount: 0, lastSeenAt: at }
  if (before.stage === 'gone')
    return [
      { ...now, stage: 'here' },
      { kind: 'returned', uid },
    ]
  if (before.stage === 'new' && now.seenCount >= SIGHTINGS_UNTIL_STABLE) {
    return [
      { ...now, stage: 'here' },
      { kind: 'arrived', uid },
    ]
  }
  return [now, null]
}

const missed = (uid: TagUid, before: Presence, at: number): Step => {
  const now = { ...before, missedCount: before.missedCount + 1 }
  const awayMs = at - before.lastSeenAt
  if (before.stage === 'gone') return [awayMs > SAME_VISIT_MS ? null : now, null]
  if (now.missedCount < MISSES_UNTIL_GONE || awayMs < GONE_AFTER_MS) return [now, null]
  return before.stage === 'new'
    ? [null, null]
    : [
        { ...now, stage: 'gone' },
        { kind: 'left', uid },
      ]
}

/** One inventory. */
export const observe = (
  state: PresenceState,
  uids: readonly TagUid[],
  at: number,
): readonly [PresenceState, readonly PresenceEvent[]] => {
  const present = new Set(uids)
  const presencesByUid = new Map<TagUid, Presence>()
  const events: PresenceEvent[] = []
  for (const uid of new Set([...state.presencesByUid.keys(), ...present])) {
    const before = state.presencesByUid.get(uid)
    const [after, event] =
      present.has(uid) || before === undefined ? seen(uid, before, at) : missed(uid, before, at)
    if (after !== null) presencesByUid.set(uid, after)
    if (event !== null) events.push(event)
  }
  const lastUids = uids.toSorted().join()
  const isSame = lastUids === state.lastUids
  const changedAt = isSame ? state.changedAt : at
  const equalCount = isSame ? state.equalCount + 1 : 1
  const moved = events.length > 0
  const next = { presencesByUid, lastUids, equalCount, changedAt, isSettled: state.isSettled }
  const wasSettled = state.isSettled && !moved
  const isQuiet = equalCount >= EQUAL_UNTIL_SETTLED || at - changedAt >= SETTLED_AFTER_MS
  if (wasSettled || !isQuiet) return [{ ...next, isSettled: wasSettled }, events]
  const settled = { ...next, isSettled: true }
  return [settled, [...events, { kind: 'settled', uids: uidsHere(settled) }]]
}
