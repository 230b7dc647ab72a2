/**
 * The thread that searches: its own read-only connection, so that the engine's thread stays free.
 * Asked with `SearchAsk`, answers with `SearchReply`.
 */
import { parentPort, workerData } from 'node:worker_threads'

import { openDatabase } from '../open.ts'
import { CATALOGUE_APPLICATION_ID } from './catalogue.ts'
import { openSearchTables } from './search-tables.ts'
import { openTitleSearch } from './search.ts'
import type { SearchAsk, SearchReply, SearchWorkerStart } from './search-messages.ts'

const { path, key } = workerData as SearchWorkerStart
const port = parentPort
if (port === null) throw new Error('search-worker.ts runs as a worker thread')

const db = openDatabase({
  path,
  key,
  applicationId: CATALOGUE_APPLICATION_ID,
  access: 'shared-read-only',
})
db.pragma('cache_size = -65536')
const search = openTitleSearch(db, openSearchTables())

const waiting: SearchAsk[] = []
const reply = (message: SearchReply): void => port.postMessage(message)

const isSuperseded = ({ lane }: SearchAsk): boolean =>
  lane !== null && waiting.some((later) => later.lane === lane)

/** One query a turn of the loop, so that those that arrived meanwhile are seen first. */
function answerNext(): void {
  const ask = waiting.shift()
  if (ask === undefined) return
  const { id, text, limit } = ask
  if (isSuperseded(ask)) {
    reply({ id, found: null, ms: 0 })
  } else {
    const began = performance.now()
    const found = search(text, limit)
    reply({ id, found, ms: performance.now() - began })
  }
  if (waiting.length > 0) setImmediate(answerNext)
}

port.on('message', (ask: SearchAsk | 'close') => {
  if (ask === 'close') {
    waiting.length = 0
    db.close()
    port.close()
    return
  }
  waiting.push(ask)
  if (waiting.length === 1) setImmediate(answerNext)
})
