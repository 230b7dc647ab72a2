import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { put } from '../domain/change.ts'
import type { Change } from '../domain/change.ts'
import { recordSchemas } from '../domain/records.ts'
import type { RecordKind } from '../domain/records.ts'

/** Records that fill a city that has none. */
export interface SeedRecords {
  readonly isSampleCity: boolean
  /** Puts only. */
  readonly changes: Iterable<Change> | AsyncIterable<Change>
}

/** One `{"put": kind, "row": …}` a line, read as it is loaded. Throws with the line's number. */
export async function* changesInFile(path: string): AsyncGenerator<Change> {
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    number += 1
    if (line.trim() !== '') yield changeIn(line, number)
  }
}

function changeIn(line: string, number: number): Change {
  try {
    const { put: kind, row } = JSON.parse(line) as { put: RecordKind; row: unknown }
    if (!Object.hasOwn(recordSchemas, kind)) throw new Error('not a put of a record')
    return put(kind, recordSchemas[kind].parse(row) as never)
  } catch (cause) {
    throw new Error(`line ${number} of the seed is not a record`, { cause })
  }
}
