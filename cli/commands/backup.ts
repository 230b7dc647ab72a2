/** `citydesk backup`: a whole, encrypted copy of what this desk did. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { backUp } from '../../db/backup.ts'
import { UnusableInput, requiredOption } from '../command.ts'
import type { Command } from '../command.ts'
import { withDesk } from '../with-desk.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'Writes a whole copy of the outbox, under the same key, to a file.',
  help: `--out FILE

What this desk did and the city may not have yet. Records and titles are not in it: the city sends
them again. A running desk makes such copies by itself each day, beside its journal.
JSON: { out, operations, unsent }`,
  options: { out: { type: 'string' } },
  run: async (_words, values, environment) => {
    const out = resolve(requiredOption(values, 'out'))
    if (existsSync(out)) throw new UnusableInput(`--out ${out} is there already`)
    return withDesk(environment, ({ stores: { outbox } }) => {
      backUp(outbox, out)
      const json = { out, operations: outbox.lastSeq(), unsent: outbox.pendingCount() }
      const text = `${json.operations} operations, ${json.unsent} of them unsent, in ${out}`
      return Promise.resolve({ exit: 0 as const, json, text })
    })
  },
}
