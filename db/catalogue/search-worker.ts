/**
 * The thread that searches: its own read-only connection, so that the engine's thread stays free.
 * Asked with `SearchAsk`, answers with `SearchReply`.
 */
import { parentPort, workerData } from 'node:worker_threads'

import { StorageFailure, failing, openDatabase } from '../open.ts'
import type { Database } from '../open.ts'
import { CATALOGUE_APPLICATION_ID } from './catalogue.ts'
import { openSearchTables } from './search-tables.ts'
import { openTitleSearch } from './search.ts'
import type { SearchAsk, SearchReply, SearchWorkerStart } from './search-messages.ts'

const { path, key } = workerData as SearchWorkerStart
const port = parentPort
if (port === null) throw new Error('search-worker.ts runs as a worker thread')

interface OpenFile {
  readonly db: Database
  readonly search: ReturnType<typeof openTitleSearch>
}
let open: OpenFile | null = null

/** At the first query: a damaged file is then an answer, and not the end of the thread. */
function opened(): OpenFile {
  if (open !== null) return open
  const db = openDatabase({
    path,
    key,
    applicationId: CATALOGUE_APPLICATION_ID,
    access: 'shared-read-only',
  })
  db.pragma('cache_size = -65536')
  open = { db, search: openTitleSearch(db, openSearchTables()) }
  return open
}

const waiting: SearchAsk[] = []
const reply = (message: SearchReply): void => port.postMessage(message)

const isSuperseded = ({ lane }: SearchAsk): boolean =>
  lane !== null && waiting.some((later) => later.lane === lane)

type Asked = Pick<SearchAsk, 'text' | 'limit'>

function searched({ text, limit }: Asked): Pick<SearchReply, 'found' | 'failure'> {
  try {
    const { search } = failing(path, opened)
    return {
      found: limit === null ? search.browse(text) : search.search(text, limit),
      failure: null,
    }
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    return { found: null, failure: error.code }
  }
}

/** One query a turn of the loop, so that those that arrived meanwhile are seen first. */
function answerNext(): void {
  const ask = waiting.shift()
  if (ask === undefined) return
  const { id } = ask
  if (isSuperseded(ask)) {
    reply({ id, found: null, failure: null, ms: 0 })
  } else {
    const began = performance.now()
    const answer = searched(ask)
    reply({ id, ...answer, ms: performance.now() - began })
  }
  if (waiting.length > 0) setImmediate(answerNext)
}

port.on('message', (ask: SearchAsk | 'close') => {
  if (ask === 'close') {
    waiting.length = 0
    open?.db.close()
    port.close()
    return
  }
  waiting.push(ask)
  if (waiting.length === 1) setImmediate(answerNext)
})
