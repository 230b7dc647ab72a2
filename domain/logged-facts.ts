/** What taking an operation back looks at: how the log has it, and what became of its records. */
import type { Authority } from './authority-records.ts'
import { keyOfChange } from './change.ts'
import type { Change, RecordKey } from './change.ts'
import { find, get, getToChange, known, together } from './gathering.ts'
import type { Gathering, LoggedOperation } from './gathering.ts'
import type { Item, RecordKind, Records } from './records.ts'

export interface LoggedFacts {
  readonly operation: LoggedOperation | null
  /** Rows as they are now, for each key the logged operation touched. */
  readonly rowsNow: ReadonlyMap<RecordKey, Records[RecordKind] | null>
  /** Items that others gave since to a title which the logged operation brought. */
  readonly itemsGivenSince: readonly Item[]
  /** Headings of the city that read as one which would come back. */
  readonly headingsKeptSince: readonly Authority[]
  /** Titles that would be hidden again, and are there no more. */
  readonly hiddenTitlesGone: readonly string[]
}

const noOperation = known<LoggedFacts>({
  operation: null,
  rowsNow: new Map(),
  itemsGivenSince: [],
  headingsKeptSince: [],
  hiddenTitlesGone: [],
})

export const gatherOperation = (operationId: string | null): Gathering<LoggedFacts> =>
  operationId === null ? noOperation : gatherLogged(operationId)

function* gatherLogged(id: string): Gathering<LoggedFacts> {
  const rowsNow = new Map<RecordKey, Records[RecordKind] | null>()
  const operation = (yield { lookup: 'operation', id }) as LoggedOperation | null
  const keys = [...new Set(operation?.changes.map(keyOfChange))]
  const [rows, itemsGivenSince, headingsKeptSince, hiddenTitlesGone] = yield* together(
    together(
      ...keys.map((key) => {
        const [kind, ...rest] = key.split(':')
        return getToChange(kind as RecordKind, rest.join(':'))
      }),
    ),
    gatherItemsSince(operation),
    gatherHeadingsSince(operation),
    gatherHiddenGone(operation),
  )
  for (const [index, key] of keys.entries()) rowsNow.set(key, rows[index] ?? null)
  return { operation, rowsNow, itemsGivenSince, headingsKeptSince, hiddenTitlesGone }
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

/** One is kept once (A1): two desks may have put the same one in the place of what was taken out. */
function* gatherHeadingsSince(operation: LoggedOperation | null): Gathering<readonly Authority[]> {
  const back = (operation?.inverse ?? []).flatMap((change) =>
    'put' in change && change.put === 'authority' ? [change.row] : [],
  )
  const found = yield* together(
    ...back.map(({ headingKey }) => find('authoritiesByHeading', [headingKey])),
  )
  return back.flatMap((one, index) =>
    (found[index] ?? []).filter(({ id, kind }) => id !== one.id && kind === one.kind),
  )
}

/** Merged meanwhile (Q14); what comes back together with its title is not gone. */
function* gatherHiddenGone(operation: LoggedOperation | null): Gathering<readonly string[]> {
  const inverse = operation?.inverse ?? []
  const back = inverse.flatMap((change) =>
    'put' in change && change.put === 'title-suppression' ? [change.row.id] : [],
  )
  const alone = back.filter(
    (id) => !inverse.some((one) => 'put' in one && one.put === 'title' && one.row.id === id),
  )
  const titles = yield* together(...alone.map((id) => get('title', id)))
  return alone.filter((_, index) => titles[index] === null)
}

const itemIdOf = (change: Change): string[] =>
  'put' in change && change.put === 'item' ? [change.row.id] : []
