/** What a change of the city's rules or of a calendar looks at. */
import { get, getAll, getToChange, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Branch, Calendar, LedgerException, Library } from './records.ts'

export interface RulesSubject {
  readonly calendarId: string | null
  /** Named by a line of the policy, or to be changed itself. */
  readonly libraryIds: readonly string[]
  readonly changesPolicy: boolean
  readonly changesLibrary: boolean
  readonly branchIds: readonly string[]
}

const nothingOfRules: RulesSubject = {
  calendarId: null,
  libraryIds: [],
  changesPolicy: false,
  changesLibrary: false,
  branchIds: [],
}
export const inRules = (named: Partial<RulesSubject>): RulesSubject => ({
  ...nothingOfRules,
  ...named,
})

export interface RulesFacts {
  readonly calendar: Calendar | null
  readonly libraries: ReadonlyMap<string, Library>
  readonly branches: ReadonlyMap<string, Branch>
}

/** An edit conflict may be settled by writing a line of the policy. */
export function* gatherRules(
  { calendarId, libraryIds, changesPolicy, changesLibrary, branchIds }: RulesSubject,
  exception: LedgerException | null,
): Gathering<RulesFacts> {
  const writesPolicy = changesPolicy || exception?.kind === 'edit-conflict'
  const [, calendar, libraries, branches] = yield* together(
    writesPolicy ? getToChange('policy', 'city') : get('policy', null),
    calendarId === null ? get('calendar', null) : getToChange('calendar', calendarId),
    gatherLibraries(libraryIds, changesLibrary),
    getAll('branch', new Map(branchIds.map((id) => [id, id]))),
  )
  return { calendar, libraries, branches }
}

function* gatherLibraries(
  ids: readonly string[],
  toChange: boolean,
): Gathering<ReadonlyMap<string, Library>> {
  if (!toChange) return yield* getAll('library', new Map(ids.map((id) => [id, id])))
  const rows = yield* together(...ids.map((id) => getToChange('library', id)))
  return new Map(rows.flatMap((row) => (row === null ? [] : [[row.id as string, row] as const])))
}
