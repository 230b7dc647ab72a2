/** When the city last told this desk all it had, for each class of facts. */
import type { Cursors } from '../../contract/sync-protocol.ts'
import type { FactsClass } from '../../contract/topics.ts'
import type { Scope } from '../../domain/scopes.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'

/** A power cut makes facts look this much older, never younger; each saving is a disk's flush. */
const SAVED_EVERY_MS = 30_000

const classOf = (scope: Scope): FactsClass =>
  scope === 'brief' || scope === 'catalogue' ? scope : 'branch'

const classes: readonly FactsClass[] = ['branch', 'brief', 'catalogue']
const settingOf = (of: FactsClass): string => `told-at-${of}`

export interface ToldAt {
  /** Epoch ms, by the city's clock; null before the first complete telling. */
  readonly at: (of: FactsClass) => number | null
  /** `cursors` reached `heads` in some scopes, perhaps in all. */
  readonly note: (cursors: Cursors, heads: Cursors, now: number) => void
}

export function openToldAt(outbox: Outbox): ToldAt {
  const saved = new Map<FactsClass, number>()
  for (const of of classes) {
    const text = outbox.setting(settingOf(of))
    if (text !== null) saved.set(of, Number(text))
  }
  const known = new Map(saved)
  return {
    at: (of) => known.get(of) ?? null,
    note(cursors, heads, now) {
      const scopes = Object.keys(cursors) as Scope[]
      for (const of of classes) {
        const isBehind = scopes.some(
          (scope) => classOf(scope) === of && (cursors[scope] ?? 0) < (heads[scope] ?? 0),
        )
        if (isBehind) continue
        known.set(of, now)
        const before = saved.get(of)
        if (before !== undefined && now - before < SAVED_EVERY_MS && now >= before) continue
        saved.set(of, now)
        outbox.saveSetting(settingOf(of), String(now))
      }
    },
  }
}
