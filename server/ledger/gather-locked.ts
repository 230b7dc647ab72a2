/**
 * Deciding upon rows that nobody else can change: gather without locks, lock what was gathered,
 * gather again where it was no longer true, until the set is locked and stands.
 */
import type { RecordKey } from '../../domain/change.ts'
import type { Gathering, Lookup } from '../../domain/gathering.ts'
import { LedgerStorageFailure } from '../storage/ledger-storage.ts'
import type { LedgerTurn, Search } from '../storage/ledger-storage.ts'
import { NotFetched } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import { followGatherings } from './follow-gatherings.ts'

/** A batch that meets others on every round is sent away: the desk comes again. */
const ROUNDS_MAX = 12

/** What a gathering came to by what the store holds, and all that it asked. */
export interface Gathered<T> {
  readonly result: T
  readonly asked: readonly Lookup[]
}

/**
 * `gatherings` ask for what `decide` will ask for, and it is given what each came to, undefined
 * where it threw; what they left out is fetched, and `decide` runs again from its start. Throws
 * LedgerStorageFailure `busy`.
 */
export async function decideLocked<G, T>(
  turn: LedgerTurn,
  facts: BatchFacts,
  gatherings: () => readonly Gathering<G>[],
  decide: (gathered: readonly (Gathered<G> | undefined)[]) => T,
): Promise<T> {
  const held = openHeld(turn)
  let isGathered = false
  let gathered: readonly (Gathered<G> | undefined)[] = []
  // What was left out and fetched is no meeting: a long batch has many, and each brings it further.
  for (let met = 0; met < ROUNDS_MAX;) {
    if (!isGathered) gathered = await gatherAll(turn, facts, gatherings())
    isGathered = await held.hold(facts)
    if (!isGathered) {
      met += 1
      facts.forget()
      continue
    }
    try {
      facts.restart()
      const decided = decide(gathered)
      // What only deciding claimed is locked before it counts.
      isGathered = await held.hold(facts)
      if (isGathered) return decided
      met += 1
      facts.forget()
    } catch (error) {
      if (!(error instanceof NotFetched)) throw error
      await facts.fetch(turn)
    }
  }
  throw new LedgerStorageFailure('busy', null)
}

/** All side by side: one question to the store for what all of them ask next. */
export async function gatherAll<G>(
  turn: LedgerTurn,
  facts: BatchFacts,
  gatherings: readonly Gathering<G>[],
): Promise<(Gathered<G> | undefined)[]> {
  const gathered: (Gathered<G> | undefined)[] = gatherings.map(() => undefined)
  const following = followGatherings((lookup) => facts.known(lookup))
  for (const [at, gathering] of gatherings.entries()) {
    following.begin(gathering, (result, asked) => {
      gathered[at] = { result, asked }
    })
  }
  do await facts.fetch(turn)
  while (following.goOn())
  return gathered
}

/** What this transaction holds already. */
function openHeld(turn: LedgerTurn) {
  const versions = new Map<RecordKey, number>()
  const guarded = new Set<string>()

  async function guard(facts: BatchFacts): Promise<boolean> {
    const fresh = facts.absences().filter((one) => !guarded.has(nameOf(one)))
    if (fresh.length === 0) return true
    await turn.guard(fresh)
    for (const one of fresh) guarded.add(nameOf(one))
    const now = await turn.search(fresh)
    return fresh.every((one, index) => isSame(facts, one, now[index] ?? []))
  }

  async function lock(facts: BatchFacts): Promise<boolean> {
    const fresh = new Map(
      [...facts.versions()].filter(([key, version]) => versions.get(key) !== version),
    )
    if (fresh.size === 0) return true
    const others = await turn.lock(fresh)
    for (const [key, version] of fresh) versions.set(key, others.get(key)?.version ?? version)
    return others.size === 0
  }

  return {
    /** False where something is no longer as it was gathered. */
    hold: async (facts: BatchFacts): Promise<boolean> =>
      (await guard(facts)) && (await lock(facts)),
  }
}

const nameOf = ({ finder, values }: Search): string => JSON.stringify([finder, values])

function isSame(
  facts: BatchFacts,
  { finder, values }: Search,
  now: readonly { readonly row: { readonly id: string } }[],
): boolean {
  const before = facts.known({ lookup: 'find', finder, values }) as readonly { id: string }[]
  return before.length === now.length && before.every(({ id }, index) => id === now[index]?.row.id)
}
