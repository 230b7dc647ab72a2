/** Import from a screen: a file arrives in pieces, becomes a job, and is performed in batches. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { ImportProgress } from '../../contract/topics.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import type { SummaryOf } from '../../domain/operations/index.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import { importFile } from './import/import-file.ts'
import { beginImportRun } from './import/import-run.ts'
import type { ImportRun } from './import/import-run.ts'

/** The largest file a screen may send; the command line reads files of any size. */
const UPLOAD_BYTES_MAX = 2 * 1024 ** 3
const JOBS_KEPT_MAX = 20
/** Files on their way in at once. */
const RECEIVING_MAX = 4

type Upload = AskOf<'import-upload'>
type Submit = (
  batch: readonly ImportedRecord[],
  source: string,
  requestId: string,
) => SummaryOf<'title.import'>

export interface ImportDesk {
  readonly upload: (piece: Upload) => Promise<AnswerOf<'import-upload'>>
  readonly cancel: (jobId: string) => void
  readonly jobs: () => ImportProgress[]
  readonly close: () => void
}

export interface ImportDeps {
  /** A folder for files on their way in; emptied at start and when a job ends. */
  readonly folder: string
  readonly clock: Clock
  readonly announcer: Announcer
  readonly stores: { readonly outbox: Pick<Outbox, 'setting' | 'saveSetting'> }
  /** Performs `title.import` as the person who is signed in now. */
  readonly submitAs: () => Submit
}

interface Receiving {
  readonly path: string
  readonly stream: WriteStream
  received: number
  failure: Error | null
}

export function createImportDesk(deps: ImportDeps): ImportDesk {
  return new Imports(deps)
}

interface Job {
  progress: ImportProgress
  readonly abort: AbortController
}

class Imports implements ImportDesk {
  readonly #deps: ImportDeps
  readonly #receiving = new Map<string, Receiving>()
  readonly #jobs = new Map<string, Job>()

  constructor(deps: ImportDeps) {
    this.#deps = deps
    rmSync(deps.folder, { recursive: true, force: true })
    mkdirSync(deps.folder, { recursive: true, mode: 0o700 })
  }

  upload = async (piece: Upload): Promise<AnswerOf<'import-upload'>> => {
    const known = this.#receiving.get(piece.uploadId)
    if (piece.offset !== (known?.received ?? 0)) throw new DeskFailure('bad-request', 'ask.offset')
    const bytes = Buffer.from(piece.chunkBase64, 'base64')
    if (piece.offset + bytes.length > UPLOAD_BYTES_MAX) {
      throw new DeskFailure('bad-request', 'ask.chunkBase64')
    }
    const into = known ?? this.#startReceiving(piece)
    // Before the wait: a piece that is sent twice at once must be taken once.
    into.received += bytes.length
    await this.#write(piece.uploadId, into, bytes)
    if (!piece.isLast) return { receivedBytes: into.received, jobId: null }
    this.#receiving.delete(piece.uploadId)
    into.stream.end()
    if (!into.stream.closed) await once(into.stream, 'close')
    void this.#run(piece, into.path, this.#begin(piece, into.received))
    return { receivedBytes: into.received, jobId: piece.uploadId }
  }

  #startReceiving({ uploadId }: Upload): Receiving {
    // The oldest was given up by a page that went away.
    const [oldest] = this.#receiving.keys()
    if (this.#receiving.size >= RECEIVING_MAX && oldest !== undefined) this.#giveUp(oldest)
    const path = join(this.#deps.folder, uploadId)
    const stream = createWriteStream(path, { mode: 0o600 })
    const into: Receiving = { path, stream, received: 0, failure: null }
    // Without a listener a full disk would end the engine.
    stream.on('error', (error) => {
      into.failure = error
    })
    this.#receiving.set(uploadId, into)
    return into
  }

  /** Answers when the bytes are with the disk. Throws DeskFailure `disk-full`. */
  async #write(uploadId: string, into: Receiving, bytes: Buffer): Promise<void> {
    await new Promise((resolve) => into.stream.write(bytes, resolve))
    if (into.failure === null) return
    this.#giveUp(uploadId)
    if ((into.failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw into.failure
    throw new DeskFailure('disk-full', '')
  }

  #giveUp(uploadId: string): void {
    const into = this.#receiving.get(uploadId)
    if (into === undefined) return
    this.#receiving.delete(uploadId)
    into.stream.destroy()
    rmSync(into.path, { force: true })
  }

  cancel = (jobId: string): void => {
    this.#jobs.get(jobId)?.abort.abort()
  }

  jobs = (): ImportProgress[] => [...this.#jobs.values()].map((job) => job.progress).toReversed()

  close = (): void => {
    for (const job of this.#jobs.values()) job.abort.abort()
    for (const { stream } of this.#receiving.values()) stream.destroy()
  }

  #begin({ uploadId, fileName }: Upload, totalBytes: number): Job {
    const progress: ImportProgress = {
      jobId: uploadId,
      file: fileName,
      state: 'running',
      readBytes: 0,
      totalBytes,
      read: 0,
      imported: 0,
      updated: 0,
      recovered: 0,
      items: 0,
      refusedCount: 0,
      refused: [],
      startedAt: this.#deps.clock.now(),
      endedAt: null,
    }
    const job = { progress, abort: new AbortController() }
    this.#jobs.set(uploadId, job)
    forgetOldJobs(this.#jobs)
    return job
  }

  /** Null where nothing is to be kept of it. */
  async #beginRun(piece: Upload, path: string): Promise<ImportRun | null> {
    return piece.isDryRun ? null : await beginImportRun(this.#deps.stores.outbox, path, piece)
  }

  async #run(piece: Upload, path: string, job: Job): Promise<void> {
    const { clock } = this.#deps
    try {
      const submit = this.#deps.submitAs()
      const run = await this.#beginRun(piece, path)
      const report = await importFile({
        stream: createReadStream(path),
        format: piece.format,
        profile: piece.profile,
        encoding: piece.encoding,
        isDryRun: piece.isDryRun,
        submit: async (batch) =>
          submit(batch, piece.fileName, run?.nextRequestId(batch) ?? randomUUID()),
        onProgress: (counts) => this.#tell(job, counts),
        signal: job.abort.signal,
      })
      const state = job.abort.signal.aborted ? 'cancelled' : 'done'
      if (state === 'done') run?.end()
      this.#tell(job, { ...report, state, endedAt: clock.now() })
    } catch (error) {
      this.#tell(job, { state: 'failed', endedAt: clock.now() })
      if (!isExpected(error)) throw error
    } finally {
      rmSync(path, { force: true })
    }
  }

  #tell(job: Job, news: Partial<ImportProgress>): void {
    job.progress = { ...job.progress, ...news }
    this.#deps.announcer.announce('import-progress', job.progress)
  }
}

/** What was imported until then stays; the job says that it failed. */
const isExpected = (error: unknown): boolean =>
  error instanceof DeskFailure || (error instanceof StorageFailure && error.code === 'disk-full')

function forgetOldJobs(jobs: Map<string, Job>): void {
  for (const [jobId, { progress }] of jobs) {
    if (jobs.size <= JOBS_KEPT_MAX) return
    if (progress.state !== 'running') jobs.delete(jobId)
  }
}
