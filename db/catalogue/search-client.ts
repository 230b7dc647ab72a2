/** The engine's end of the search thread. */
import { Worker } from 'node:worker_threads'

import { StorageFailure } from '../open.ts'
import type { SearchAsk, SearchReply, SearchWorkerStart } from './search-messages.ts'
import type { BrowsedTitles, FoundTitles } from './search.ts'

/** Spent searching, without the way to the thread and back. */
interface Spent {
  readonly ms: number
}
export type SearchAnswer = FoundTitles & Spent
export type BrowseAnswer = BrowsedTitles & Spent

export interface Search {
  /**
   * Queries of one lane (a search box) supersede each other: only the newest is worth its time, and
   * the older ones that still waited are answered at once with no rows.
   * Rejects with StorageFailure where the file is damaged (it is named then), or where the thread
   * dies twice over the same query.
   */
  readonly search: (text: string, limit: number, lane?: string) => Promise<SearchAnswer>
  /** All that answer, up to 1,000, for a list that is narrowed; fails as `search` does. */
  readonly browse: (text: string, lane?: string) => Promise<BrowseAnswer>
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly ask: SearchAsk
  readonly resolve: (reply: Answered) => void
  readonly reject: (error: Error) => void
  deaths: number
}

type Answered = Pick<SearchReply, 'found' | 'ms'>

const NOTHING_FOUND = { rows: [], total: 0, isTotalExact: false, spelledAs: null }
const NOTHING_TO_BROWSE = { titles: [], isWhole: false, spelledAs: null }

/** Sent once more after the thread died; a query that kills it twice is to blame. */
const DEATHS_MAX = 2

/** The thread starts with the first query and again after it died. The catalogue must exist. */
export function openSearch(path: string, key: Uint8Array | null): Search {
  const waitingById = new Map<number, Waiting>()
  let worker: Worker | null = null
  let asksCount = 0
  let isClosed = false

  const takeReply = ({ id, found, failure, ms }: SearchReply): void => {
    const waiting = waitingById.get(id)
    waitingById.delete(id)
    // A desk that is otherwise done must be able to end, but not before it has its answer.
    if (waitingById.size === 0) worker?.unref()
    if (failure !== null) {
      waiting?.reject(new StorageFailure(failure, `${path}: cannot be searched`, { file: path }))
      return
    }
    waiting?.resolve({ found, ms })
  }

  /** `exit` follows every death, with or without an `error` before it. */
  const takeExit = (dead: Worker, error: Error | null): void => {
    if (worker !== dead) return
    worker = null
    for (const waiting of waitingById.values()) {
      waiting.deaths += 1
      if (!isClosed && waiting.deaths < DEATHS_MAX) continue
      waitingById.delete(waiting.ask.id)
      waiting.reject(new StorageFailure('io', `${path}: the search thread died`, { cause: error }))
    }
    if (waitingById.size === 0) return
    const next = thread()
    for (const { ask } of waitingById.values()) next.postMessage(ask)
  }

  const thread = (): Worker => {
    if (worker !== null) return worker
    const start: SearchWorkerStart = { path, key }
    const made = new Worker(new URL('./search-worker.ts', import.meta.url), { workerData: start })
    let lastError: Error | null = null
    made.on('message', takeReply)
    made.on('error', (error) => {
      lastError = error instanceof Error ? error : new Error(String(error))
    })
    made.on('exit', () => takeExit(made, lastError))
    worker = made
    return made
  }

  const send = (ask: Omit<SearchAsk, 'id'>): Promise<Answered> => {
    if (isClosed) return Promise.reject(new StorageFailure('io', `${path}: search is closed`))
    const id = ++asksCount
    return new Promise((resolve, reject) => {
      waitingById.set(id, { ask: { ...ask, id }, resolve, reject, deaths: 0 })
      const asked = thread()
      asked.ref()
      asked.postMessage({ ...ask, id })
    })
  }

  return {
    search: async (text, limit, lane) => {
      const { found, ms } = await send({ text, limit, lane: lane ?? null })
      return { ...(found !== null && 'rows' in found ? found : NOTHING_FOUND), ms }
    },
    browse: async (text, lane) => {
      const { found, ms } = await send({ text, limit: null, lane: lane ?? null })
      return { ...(found !== null && 'titles' in found ? found : NOTHING_TO_BROWSE), ms }
    },
    close: async () => {
      isClosed = true
      if (worker !== null) await ended(worker)
    },
  }
}

async function ended(worker: Worker): Promise<void> {
  worker.ref()
  const exit = new Promise((resolve) => worker.once('exit', resolve))
  worker.postMessage('close')
  await exit
}
