/** The engine's end of the thread that looks over the whole catalogue. */
import { Worker } from 'node:worker_threads'
import { StorageFailure } from '../open.ts'
import type { SearchWorkerStart } from './search-messages.ts'
import type { SurveyAsk, SurveyName, SurveyReply, Surveys } from './survey-messages.ts'

export interface Survey {
  /** One piece; one after the other. Rejects with StorageFailure. */
  readonly ask: <S extends SurveyName>(
    name: S,
    ask: Surveys[S]['ask'],
  ) => Promise<Surveys[S]['answer']>
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** The thread starts with the first question, and again after it died. The catalogue must exist. */
export function openSurvey(path: string, key: Uint8Array | null): Survey {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let asked = 0
  let isClosed = false

  const takeReply = ({ number, answer, failure }: SurveyReply): void => {
    const one = waiting.get(number)
    waiting.delete(number)
    if (waiting.size === 0) worker?.unref()
    if (failure === null) one?.resolve(answer)
    else one?.reject(new StorageFailure(failure, `${path}: cannot be read`, { file: path }))
  }

  const giveUp = (dead: Worker, error: unknown): void => {
    if (worker !== dead) return
    worker = null
    for (const { reject } of waiting.values()) {
      reject(new StorageFailure('io', `${path}: the survey thread died`, { cause: error }))
    }
    waiting.clear()
  }

  const thread = (): Worker => {
    if (worker !== null) return worker
    const start: SearchWorkerStart = { path, key }
    const made = new Worker(new URL('./survey-worker.ts', import.meta.url), { workerData: start })
    let lastError: unknown = null
    made.on('message', takeReply)
    made.on('error', (error) => {
      lastError = error
    })
    made.on('exit', () => giveUp(made, lastError))
    worker = made
    return made
  }

  return {
    ask: <S extends SurveyName>(name: S, ask: Surveys[S]['ask']) => {
      if (isClosed) return Promise.reject(new StorageFailure('io', `${path}: survey is closed`))
      const number = ++asked
      return new Promise<Surveys[S]['answer']>((resolve, reject) => {
        waiting.set(number, { resolve: resolve as Waiting['resolve'], reject })
        const made = thread()
        made.ref()
        const message: SurveyAsk = { number, name, ask }
        made.postMessage(message)
      })
    },
    close: async () => {
      isClosed = true
      const ending = worker
      if (ending === null) return
      ending.ref()
      const exit = new Promise((resolve) => ending.once('exit', resolve))
      ending.postMessage('close')
      await exit
    },
  }
}
