/** Searches through the search thread while the feed is taken on another: as at a desk. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import { openSearch } from '../../../db/catalogue/search-client.ts'
import type { FeedStart } from './feed-worker.ts'
import type { Sample } from './queries.ts'
import { searchRow } from './search-row.ts'
import type { SearchRow } from './search-row.ts'

const UPDATES_PER_SECOND = 500
const FED_TITLES = 5_000
/** A person types ten letters a second at most. */
const PAUSE_MS = 5

export interface UnderFeed {
  readonly rows: readonly SearchRow[]
  readonly updatesPerSecond: number
}

interface File {
  readonly path: string
  readonly key: Uint8Array
}

/** By kind, the texts. Round trips: asked here, answered by the thread. */
export async function measureUnderFeed(
  { path, key }: File,
  sample: Sample,
  textsByKind: ReadonlyMap<string, readonly string[]>,
): Promise<UnderFeed> {
  const start: FeedStart = {
    path,
    key,
    sample: sample.slice(0, FED_TITLES),
    updatesPerSecond: UPDATES_PER_SECOND,
  }
  const feed = new Worker(new URL('./feed-worker.ts', import.meta.url), { workerData: start })
  const search = openSearch(path, key)
  const rows: SearchRow[] = []
  for (const [kind, texts] of textsByKind) rows.push(await measureThread(search, kind, texts))
  await search.close()
  feed.postMessage('stop')
  const [updatesPerSecond] = (await once(feed, 'message')) as [number]
  return { rows, updatesPerSecond }
}

export async function measureThread(
  search: Pick<ReturnType<typeof openSearch>, 'search'>,
  kind: string,
  texts: readonly string[],
): Promise<SearchRow> {
  const times: number[] = []
  let found = 0
  for (const text of texts) {
    const began = performance.now()
    const { total } = await search.search(text, 50)
    times.push(performance.now() - began)
    if (total > 0) found += 1
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return searchRow(kind, times, { found, first: null })
}
