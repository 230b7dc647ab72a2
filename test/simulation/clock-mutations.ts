/** Safeguards against wrong clocks, and of what a log tells anew (docs/decisions/0016, 0011). */
import type { Mutation } from './mutation.ts'

export const ofClocks: readonly Mutation[] = [
  {
    name: 'what the desk knew comes before',
    only: 'clock-jumps,offline',
    file: 'domain/item-history.ts',
    replaces: `  Math.max(at, knewAt)`,
    by: `  Math.max(at, Math.min(0, knewAt))`,
  },
  {
    name: 'an order that is doubtful is told',
    only: 'clock-jumps,offline',
    patience: 4,
    file: 'domain/verdict.ts',
    replaces: `...dateDoubts(timed, server), ...orderDoubts(timed, server)`,
    by: `...dateDoubts(timed, server)`,
  },
  {
    name: 'every answer measures the clock',
    only: 'clock-jumps',
    file: 'main/sync/measuring.ts',
    replaces: `    if ('serverMs' in answer) `,
    by: `    if ('serverMs' in answer && message === 'hello') `,
  },
  {
    name: 'what a slip names is told anew with its log',
    only: 'desk-rolled-back,desk-cloned',
    patience: 4,
    file: 'main/sync/reissue.ts',
    replaces: `    if (old.promised !== undefined) body.promised = withNewIds(old.promised, newIds)`,
    by: ``,
  },
]
