/** The service points of the city and the libraries they belong to. */
import type { Branch, Library } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface Branches {
  readonly branches: readonly Branch[]
  readonly libraries: readonly Library[]
}

export const branches = (
  { replica: { rows } }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): Branches => ({
  branches: rows.select('branch', 'ORDER BY libraryId, id'),
  libraries: rows.select('library', 'ORDER BY id'),
})
