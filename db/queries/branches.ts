/** The service points of the city, the libraries they belong to and when they open. */
import type { Branch, Calendar, Library } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface Branches {
  readonly branches: readonly Branch[]
  readonly libraries: readonly Library[]
  readonly calendars: readonly Calendar[]
}

export const branches = (
  { replica: { rows } }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): Branches => ({
  branches: rows.select('branch', 'ORDER BY libraryId, id'),
  libraries: rows.select('library', 'ORDER BY id'),
  calendars: rows.select('calendar', 'ORDER BY id'),
})
