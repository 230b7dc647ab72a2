/**
 * What was answered for a reader at the desk stands until the card leaves the screen (L28). In memory
 * alone: whatever ends the engine ends the visit, and a rule that stays broken is asked about again.
 */
import type { Finding, Override } from '../../domain/operation.ts'
import { standsForVisit } from '../../domain/policy/visit-overrides.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'

/** A card that was forgotten on the screen must not keep a door open. */
const IDLE_MS_MAX = 30 * 60_000

export interface Visit {
  /** Of the screen's making; another one ends the one before. */
  readonly id: string
  readonly staffId: string
  readonly readerId: string | null
}

export interface Visits {
  /** What stands for this reader, each with the reason and the second person of then. */
  readonly standing: (visit: Visit) => readonly Override[]
  /** Of what was `given`, keeps what is about the reader. */
  readonly keep: (visit: Visit, findings: readonly Finding[], given: readonly Override[]) => void
}

interface Kept extends Visit {
  readonly overrides: readonly Override[]
  readonly usedMs: number
}

export function createVisits(
  clock: Pick<Clock, 'monotonic'>,
  announcer: Pick<Announcer, 'listen'>,
): Visits {
  let kept: Kept | null = null
  announcer.listen((topic) => {
    if (topic === 'session') kept = null
  })
  const standing = (visit: Visit): readonly Override[] => {
    const isSame =
      kept !== null &&
      kept.id === visit.id &&
      kept.staffId === visit.staffId &&
      kept.readerId === visit.readerId
    if (kept === null || !isSame || clock.monotonic() - kept.usedMs > IDLE_MS_MAX) return []
    kept = { ...kept, usedMs: clock.monotonic() }
    return kept.overrides
  }
  return {
    standing,
    keep(visit, findings, given) {
      const added = given.filter(({ code }) =>
        findings.some((finding) => finding.code === code && standsForVisit(finding)),
      )
      const before = standing(visit).filter(({ code }) => added.every((one) => one.code !== code))
      kept = { ...visit, overrides: [...before, ...added], usedMs: clock.monotonic() }
    },
  }
}
