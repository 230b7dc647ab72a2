/** What a change of the city's rules or of a calendar looks at. */
import { get, getAll, getToChange, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import type { Calendar, LedgerException, Library } from './records.ts'

export interface RulesSubject {
  readonly calendarId: string | null
  /** Named by a line of the policy. */
  readonly libraryIds: readonly string[]
  readonly changesPolicy: boolean
  readonly changedLibraryId: string | null
}

const nothingOfRules: RulesSubject = {
  calendarId: null,
  libraryIds: [],
  changesPolicy: false,
  changedLibraryId: null,
}
export const inRules = (named: Partial<RulesSubject>): RulesSubject => ({
  ...nothingOfRules,
  ...named,
})

export interface RulesFacts {
  readonly calendar: Calendar | null
  readonly libraries: ReadonlyMap<string, Library>
  readonly changedLibrary: Library | null
}

/** An edit conflict may be settled by writing a line of the policy. */
export function* gatherRules(
  { calendarId, libraryIds, changesPolicy, changedLibraryId }: RulesSubject,
  exception: LedgerException | null,
): Gathering<RulesFacts> {
  const writesPolicy = changesPolicy || exception?.kind === 'edit-conflict'
  const [, calendar, libraries, changedLibrary] = yield* together(
    writesPolicy ? getToChange('policy', 'city') : get('policy', null),
    calendarId === null ? get('calendar', null) : getToChange('calendar', calendarId),
    getAll('library', new Map(libraryIds.map((id) => [id, id]))),
    changedLibraryId === null ? get('library', null) : getToChange('library', changedLibraryId),
  )
  return { calendar, libraries, changedLibrary }
}
