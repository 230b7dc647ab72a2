/**
 * The thread that looks over the whole catalogue: a connection of its own, so that neither the engine
 * nor a search waits for a minute of reading.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { StorageFailure, failing, openDatabase, statementCache } from '../open.ts'
import type { Database } from '../open.ts'
import { CATALOGUE_APPLICATION_ID } from './catalogue.ts'
import { scanDuplicates } from './duplicate-scan.ts'
import { fixRecords, lintRecords } from './record-survey.ts'
import { matchingTitles } from './matching-titles.ts'
import { nearTitles } from './near-titles.ts'
import type { SearchWorkerStart } from './search-messages.ts'
import { openSearchTables } from './search-tables.ts'
import type { SurveyAsk, SurveyName, SurveyReply, Surveys } from './survey-messages.ts'

const { path, key } = workerData as SearchWorkerStart
const port = parentPort
if (port === null) throw new Error('survey-worker.ts runs as a worker thread')

let open: Database | null = null
const tables = openSearchTables()

/** At the first question: a damaged file is then an answer, and not the end of the thread. */
const opened = (): Database =>
  (open ??= openDatabase({
    path,
    key,
    applicationId: CATALOGUE_APPLICATION_ID,
    access: 'shared-read-only',
  }))

type Answering = {
  readonly [S in SurveyName]: (
    sql: ReturnType<typeof statementCache>,
    ask: Surveys[S]['ask'],
  ) => Surveys[S]['answer']
}

const answering: Answering = {
  duplicates: (sql, { after, limit }) => scanDuplicates(sql, tables, after, limit),
  near: (sql, { title }) => nearTitles(sql, tables, title),
  lint: lintRecords,
  match: (sql, { text, limit }) => {
    const ids: string[] = []
    for (const slice of matchingTitles(sql, tables, text)) {
      ids.push(...slice)
      if (ids.length >= limit) break
    }
    return ids.slice(0, limit)
  },
  fix: fixRecords,
}

function answer({ number, name, ask }: SurveyAsk): SurveyReply {
  try {
    const answered = failing(path, () => {
      const ofKind = answering[name] as (sql: unknown, ask: unknown) => SurveyReply['answer']
      return ofKind(statementCache(opened()), ask)
    })
    return { number, answer: answered, failure: null }
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    return { number, answer: null, failure: error.code }
  }
}

port.on('message', (ask: SurveyAsk | 'close') => {
  if (ask === 'close') {
    open?.close()
    port.close()
    return
  }
  port.postMessage(answer(ask))
})
