/** A catalogue that came from elsewhere is made this desk's own, while the desk goes on working. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { StorageFailure } from '../open.ts'
import type { StorageFailureCode } from '../open.ts'

export interface Adopting {
  readonly path: string
  readonly key: Uint8Array | null
}

export interface Adopted {
  readonly failure: { readonly code: StorageFailureCode; readonly says: string } | null
}

/** As adoptCatalogueFile, on a thread of its own. Throws StorageFailure. */
export async function adoptCatalogue(path: string, key: Uint8Array | null): Promise<void> {
  const adopting: Adopting = { path, key }
  const worker = new Worker(new URL('./adopt-worker.ts', import.meta.url), { workerData: adopting })
  // `once` rejects where the thread dies of an error.
  const [{ failure }] = (await once(worker, 'message')) as [Adopted]
  await worker.terminate()
  if (failure !== null) throw new StorageFailure(failure.code, failure.says, { file: path })
}
