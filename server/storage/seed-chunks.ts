import { kindOfChange } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'

/** Changes of one feed entry: a page of 500 entries stays a few megabytes of brief records. */
const CHANGES_PER_ENTRY = 200

/** Puts in the order given, cut into entries. Throws on any other change: a seed is rows. */
export async function* seedChunks(
  changes: Iterable<Change> | AsyncIterable<Change>,
): AsyncGenerator<readonly Change[]> {
  let chunk: Change[] = []
  for await (const change of changes) {
    if (!('put' in change))
      throw new Error(`a seed holds puts only, not of ${kindOfChange(change)}`)
    chunk.push(change)
    if (chunk.length < CHANGES_PER_ENTRY) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
