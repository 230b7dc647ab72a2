/** The thread that looks through and encrypts a catalogue: some seconds for a city, none of them the desk's. */
import { parentPort, workerData } from 'node:worker_threads'
import { StorageFailure } from '../open.ts'
import { adoptCatalogueFile } from './catalogue-file.ts'
import type { Adopted, Adopting } from './adopt-catalogue.ts'

const port = parentPort
if (port === null) throw new Error('adopt-worker.ts runs as a worker thread')

const { path, key } = workerData as Adopting

function adopted(): Adopted {
  try {
    adoptCatalogueFile(path, key)
    return { failure: null }
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    return { failure: { code: error.code, says: error.message } }
  }
}

port.postMessage(adopted())
