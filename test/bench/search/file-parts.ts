/** Where the bytes of a catalogue are. */
import type { Database } from '../../../db/open.ts'

export interface FilePart {
  readonly name: string
  readonly bytes: number
}

/** Tables and indexes by size; `free` is what merging left unused. */
export function filePartsOf(db: Database): FilePart[] {
  const parts = db
    .prepare('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name ORDER BY bytes DESC')
    .all() as FilePart[]
  const free = db.pragma('freelist_count', { simple: true }) as number
  const page = db.pragma('page_size', { simple: true }) as number
  return [...parts, { name: 'free', bytes: free * page }]
}
