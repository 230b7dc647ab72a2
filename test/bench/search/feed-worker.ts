/** The engine's side of a search under way: takes the city's feed at a steady pace, and merges when idle. */
import { parentPort, workerData } from 'node:worker_threads'

import { openCatalogue } from '../../../db/catalogue/catalogue.ts'
import { patch, put } from '../../../domain/change.ts'
import type { Change } from '../../../domain/change.ts'
import type { Title } from '../../../domain/records.ts'

export interface FeedStart {
  readonly path: string
  readonly key: Uint8Array
  readonly sample: readonly Title[]
  readonly updatesPerSecond: number
}

const PAGE_MS = 100
const MERGE_MS = 10

const { path, key, sample, updatesPerSecond } = workerData as FeedStart
const port = parentPort
if (port === null) throw new Error('feed-worker.ts runs as a worker thread')
const catalogue = openCatalogue(path, key)
const began = performance.now()
let taken = 0

/** Half new titles, half loans counted on known ones. */
function changeOf(number: number): Change {
  const title = sample[number % sample.length] as Title
  return number % 2 === 0
    ? put('title', { ...title, id: `fed-${number}` as Title['id'], controlNumber: null })
    : patch('title', title.id, {}, { loansCount: 1 })
}

/** What is due by now, and no more: a page that came late is followed by a longer one. */
const timer = setInterval(() => {
  const due = Math.floor(((performance.now() - began) / 1_000) * updatesPerSecond)
  const changes: Change[] = []
  while (taken < due) {
    changes.push(changeOf(taken))
    taken += 1
  }
  if (changes.length > 0) catalogue.apply(changes, { cursor: taken, localSeq: null })
  catalogue.indexIdle(MERGE_MS)
}, PAGE_MS)

port.once('message', () => {
  clearInterval(timer)
  const seconds = (performance.now() - began) / 1_000
  catalogue.close()
  port.postMessage(Math.round(taken / seconds))
})
