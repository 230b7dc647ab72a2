/** Export from a screen: a job writes a file of this desk's, and the page fetches it in pieces. */
import { once } from 'node:events'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportProgress } from '../../contract/export-shapes.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import { StorageFailure } from '../../db/open.ts'
import { dateAt, startOf } from '../../domain/words/calendar-date.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { exportTitles } from './export/export-titles.ts'
import type { ExportForm, ExportReport, TitleSelection } from './export/export-titles.ts'

const PIECE_BYTES = 256 * 1024
const LISTED_MAX = 200
/** Files that can still be fetched. */
const JOBS_KEPT_MAX = 5
const EXTENSIONS = { iso2709: 'mrc', marcxml: 'xml', csv: 'csv' } as const

type Start = AskOf<'export-start'>

export interface ExportDesk {
  readonly start: (ask: Start) => void
  readonly cancel: (jobId: string) => void
  readonly piece: (ask: AskOf<'export-piece'>) => Promise<AnswerOf<'export-piece'>>
  readonly jobs: () => ExportProgress[]
  readonly close: () => void
}

interface ExportDeps {
  /** Emptied at start: what was not fetched is made again. */
  readonly folder: string
  readonly catalogue: Catalogue
  readonly mergedInto: (titleId: string) => string | null
  readonly clock: Clock
  readonly announcer: Announcer
}

interface Job {
  progress: ExportProgress
  readonly path: string
  readonly abort: AbortController
}

export function createExportDesk(deps: ExportDeps): ExportDesk {
  const { folder, announcer, clock } = deps
  const jobs = new Map<string, Job>()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  const tell = (job: Job, news: Partial<ExportProgress>): void => {
    job.progress = { ...job.progress, ...news }
    announcer.announce('export-progress', job.progress)
  }

  async function run(job: Job, ask: Start): Promise<void> {
    try {
      const report = await writeFile(deps, job, ask, (now) => tell(job, told(now)))
      const state = job.abort.signal.aborted ? 'cancelled' : 'done'
      if (state === 'cancelled') rmSync(job.path, { force: true })
      tell(job, { ...told(report), state, endedAt: clock.now() })
    } catch (error) {
      rmSync(job.path, { force: true })
      tell(job, { state: 'failed', endedAt: clock.now() })
      if (!isExpected(error)) throw error
    }
  }

  return {
    start(ask) {
      if (jobs.has(ask.jobId)) return
      const totalCount = ask.selection.of === 'all' ? deps.catalogue.count() : null
      const job = newJob(join(folder, ask.jobId), ask, clock.now(), totalCount)
      jobs.set(ask.jobId, job)
      forgetOldJobs(jobs)
      tell(job, {})
      void run(job, ask)
    },
    cancel: (jobId) => jobs.get(jobId)?.abort.abort(),
    piece: async ({ jobId, offset }) => {
      const job = jobs.get(jobId)
      return job?.progress.state === 'done' ? await readPiece(job.path, offset) : null
    },
    jobs: () => [...jobs.values()].map(({ progress }) => progress).toReversed(),
    close: () => {
      for (const job of jobs.values()) job.abort.abort()
    },
  }
}

function newJob(path: string, ask: Start, now: number, totalCount: number | null): Job {
  const progress: ExportProgress = {
    jobId: ask.jobId,
    file: `citydesk-${dateAt(now)}.${EXTENSIONS[ask.format]}`,
    state: 'running',
    exported: 0,
    totalCount,
    bytes: 0,
    refusedCount: 0,
    refused: [],
    lossCount: 0,
    losses: [],
    unknownCount: 0,
    unknown: [],
    changesKnownSince: null,
    goneCount: 0,
    gone: [],
    goneKnownSince: null,
    startedAt: now,
    endedAt: null,
  }
  return { progress, path, abort: new AbortController() }
}

async function writeFile(
  { catalogue, mergedInto }: ExportDeps,
  { path, abort }: Job,
  ask: Start,
  onProgress: (report: Readonly<ExportReport>) => void,
): Promise<ExportReport> {
  const stream = createWriteStream(path, { mode: 0o600 })
  await once(stream, 'open')
  try {
    const report = await exportTitles({
      catalogue,
      mergedInto,
      selection: selectionOf(ask.selection),
      form: formOf(ask),
      signal: abort.signal,
      onProgress,
      put: async (bytes) => {
        if (bytes.length > 0 && !stream.write(bytes)) await once(stream, 'drain')
      },
    })
    stream.end()
    await once(stream, 'close')
    return report
  } catch (error) {
    stream.destroy()
    throw error
  }
}

const selectionOf = (selection: Start['selection']): TitleSelection =>
  selection.of === 'changes' ? { of: 'changes', since: startOf(selection.sinceOn) } : selection

/** Whoever opens a table of a screen opens it in Excel, which knows UTF-8 by its mark. */
const formOf = ({ format, encoding, profile }: Start): ExportForm =>
  format === 'csv'
    ? { format, encoding, hasBom: encoding === 'utf-8' }
    : { format, encoding, profile }

/** A report is told while it grows: its lists are copied. */
const told = (report: Readonly<ExportReport>): Partial<ExportProgress> => ({
  exported: report.exported,
  bytes: report.bytes,
  refusedCount: report.refusedCount,
  refused: report.refused
    .slice(0, LISTED_MAX)
    .map(({ controlNumber, reason, tag, unmappable }) => ({
      controlNumber,
      reason,
      tag,
      characters: [...new Set(unmappable.map(({ character }) => character))].slice(0, 20).join(''),
    })),
  lossCount: report.lossCount,
  losses: report.losses
    .slice(0, LISTED_MAX)
    .map(({ controlNumber, field, reason }) => ({ controlNumber, field, reason })),
  unknownCount: report.unknownCount,
  unknown: report.unknown.slice(0, LISTED_MAX),
  changesKnownSince: report.changesKnownSince,
  goneCount: report.goneCount,
  gone: report.gone
    .slice(0, LISTED_MAX)
    .map(({ controlNumber, title, mergedIntoId, mergedIntoControlNumber }) => ({
      controlNumber,
      title,
      isMerged: mergedIntoId !== null,
      mergedIntoControlNumber,
    })),
  goneKnownSince: report.goneKnownSince,
})

async function readPiece(path: string, offset: number): Promise<AnswerOf<'export-piece'>> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, offset)
    return {
      chunkBase64: buffer.subarray(0, bytesRead).toString('base64'),
      isLast: offset + bytesRead >= size,
    }
  } finally {
    await file.close()
  }
}

/** The disk filled, or the catalogue was begun anew under the job: told, and made again. */
const isExpected = (error: unknown): boolean =>
  error instanceof StorageFailure || (error as NodeJS.ErrnoException | null)?.code === 'ENOSPC'

function forgetOldJobs(jobs: Map<string, Job>): void {
  for (const [jobId, { progress, path }] of jobs) {
    if (jobs.size <= JOBS_KEPT_MAX) return
    if (progress.state === 'running') continue
    jobs.delete(jobId)
    rmSync(path, { force: true })
  }
}
