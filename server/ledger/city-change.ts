/** Changes that no desk made: policy, expiry, leases. */
import { inOrder } from '../storage/in-order.ts'
import type { Change } from '../../domain/change.ts'
import type { Gathering } from '../../domain/gathering.ts'
import type { LedgerStorage } from '../storage/ledger-storage.ts'
import { openBatchEffects } from './batch-effects.ts'
import { openBatchFacts } from './batch-facts.ts'
import type { BatchFacts } from './batch-facts.ts'
import { decideLocked } from './gather-locked.ts'

/**
 * Locks what was gathered, decides, and spreads the changes over the scopes they belong to: one act,
 * one entry in each. Answers the changes. `decide` may run more than once.
 */
export const changeAsCity = (
  storage: LedgerStorage,
  at: number,
  gatherings: () => readonly Gathering<unknown>[],
  decide: (facts: BatchFacts) => readonly Change[],
): Promise<readonly Change[]> =>
  storage.withTurn(async (turn) => {
    const facts = openBatchFacts()
    const { changes, effects } = await decideLocked(turn, facts, gatherings, () => {
      const open = openBatchEffects(facts)
      const decided = decide(facts)
      open.add({ id: '', isOfDesk: false, isKept: false, mayRestore: false }, decided)
      return { changes: decided, effects: open }
    })
    if (changes.length === 0) return []
    const [, entries] = await inOrder([
      turn.writeRecords(effects.records(at)),
      turn.number(effects.entries),
    ])
    await turn.writeFeed(entries, at)
    return changes
  })
