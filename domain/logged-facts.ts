/** What taking an operation back looks at: how the log has it, and what became of its records. */
import { keyOfChange } from './change.ts'
import type { Change, RecordKey } from './change.ts'
import { find, getToChange, known, together } from './gathering.ts'
import type { Gathering, LoggedOperation } from './gathering.ts'
import type { Item, RecordKind, Records } from './records.ts'

export interface LoggedFacts {
  readonly operation: LoggedOperation | null
  /** Rows as they are now, for each key the logged operation touched. */
  readonly rowsNow: ReadonlyMap<RecordKey, Records[RecordKind] | null>
  /** Items that others gave since to a title which the logged operation brought. */
  readonly itemsGivenSince: readonly Item[]
}

const noOperation = known<LoggedFacts>({
  operation: null,
  rowsNow: new Map(),
  itemsGivenSince: [],
})

export const gatherOperation = (operationId: string | null): Gathering<LoggedFacts> =>
  operationId === null ? noOperation : gatherLogged(operationId)

function* gatherLogged(id: string): Gathering<LoggedFacts> {
  const rowsNow = new Map<RecordKey, Records[RecordKind] | null>()
  const operation = (yield { lookup: 'operation', id }) as LoggedOperation | null
  const keys = [...new Set(operation?.changes.map(keyOfChange))]
  const [rows, itemsGivenSince] = yield* together(
    together(
      ...keys.map((key) => {
        const [kind, ...rest] = key.split(':')
        return getToChange(kind as RecordKind, rest.join(':'))
      }),
    ),
    gatherItemsSince(operation),
  )
  for (const [index, key] of keys.entries()) rowsNow.set(key, rows[index] ?? null)
  return { operation, rowsNow, itemsGivenSince }
}

/** Of titles that would be gone: what the operation itself put beside them goes with them. */
function* gatherItemsSince(operation: LoggedOperation | null): Gathering<readonly Item[]> {
  const titleIds = (operation?.inverse ?? []).flatMap((change) =>
    'remove' in change && change.remove === 'title' ? [change.id] : [],
  )
  const own = new Set((operation?.changes ?? []).flatMap(itemIdOf))
  const found = yield* together(...titleIds.map((id) => find('itemsOfTitle', [id])))
  return found.flat().filter(({ id }) => !own.has(id))
}

const itemIdOf = (change: Change): string[] =>
  'put' in change && change.put === 'item' ? [change.row.id] : []
