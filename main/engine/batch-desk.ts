/** Corrections of many records: looked for off the engine's thread, made a small piece at a time. */
import { setTimeout as pause } from 'node:timers/promises'
import type { PerformRequest, Receipt } from '../../contract/desk-api.ts'
import type { BatchJob } from '../../contract/batch-shapes.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { SummaryOf } from '../../domain/operations/index.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import { TitleId } from '../../domain/words/ids.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Announcer } from './announce.ts'
import { openBatchPlans, piecesOf, requestOf, undoRequestOf } from './batch-plans.ts'
import type { BatchPlan, BatchPlans } from './batch-plans.ts'
import { batchRows } from './batch-rows.ts'
import { lookForBatch } from './batch-search.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import type { Stores } from './stores.ts'

type Ask = AskOf<'batch-look'>
type Act = (request: PerformRequest) => Receipt

export interface BatchDesk {
  readonly look: (ask: Ask) => void
  /** Throws DeskFailure `bad-request` where no such batch is ready, and what `actAs` throws. */
  readonly start: (batchId: string, excluded: readonly string[]) => void
  readonly stop: (batchId: string) => void
  readonly undo: (batchId: string) => void
  readonly jobs: () => BatchJob[]
  readonly rows: (ask: AskOf<'batch-rows'>) => Promise<AnswerOf<'batch-rows'>>
  readonly close: () => void
}

export interface BatchDeps {
  readonly stores: Stores
  readonly clock: Clock
  readonly announcer: Announcer
  /** Of the plans. */
  readonly folder: string
  /** Performs as the person who is signed in now. */
  readonly actAs: () => Act
}

/** Between two pieces: a scan that waits is served first. */
const PAUSE_MS = 10
const KEPT_SHOWN_MAX = 100

interface Batch {
  job: BatchJob
  /** Null while it is looked for. */
  plan: BatchPlan | null
  abort: AbortController
}

export const createBatchDesk = (deps: BatchDeps): BatchDesk => new Batches(deps)

/** Where nobody sits at a screen. */
export const noBatchDesk: BatchDesk = {
  look: () => undefined,
  start: () => undefined,
  stop: () => undefined,
  undo: () => undefined,
  jobs: () => [],
  rows: () => Promise.resolve([]),
  close: () => undefined,
}

class Batches implements BatchDesk {
  readonly #deps: BatchDeps
  readonly #plans: BatchPlans
  readonly #batches = new Map<string, Batch>()

  constructor(deps: BatchDeps) {
    this.#deps = deps
    this.#plans = openBatchPlans(deps.folder)
    for (const plan of this.#plans.all().toReversed()) this.#remember(plan)
  }

  /** After the program ended: what was done is asked of the outbox, whoever is signed in goes on. */
  #remember(plan: BatchPlan): void {
    const { outbox } = this.#deps.stores
    const pieces = piecesOf(plan)
    const made = pieces.filter((_ids, at) => outbox.byRequestId(requestOf(plan, at)) !== null)
    const undone = pieces.filter((_ids, at) => outbox.byRequestId(undoRequestOf(plan, at)) !== null)
    const isWhole = made.length === pieces.length
    const state =
      plan.state === 'ready'
        ? 'ready'
        : plan.state === 'undo-begun' && undone.length === made.length
          ? 'undone'
          : plan.state === 'begun' && isWhole
            ? 'done'
            : 'stopped'
    const job = { ...jobOf(plan, state), doneCount: made.flat().length }
    this.#batches.set(plan.batchId, { job, plan, abort: new AbortController() })
  }

  look = (ask: Ask): void => {
    const { clock, stores } = this.#deps
    if (this.#batches.has(ask.batchId)) throw new DeskFailure('bad-request', 'ask.batchId')
    const startedAt = clock.now()
    const empty = { ids: [], excluded: [], lookedCount: 0, isCut: false } as const
    const year = Number(dateAt(startedAt).slice(0, 4))
    const plan: BatchPlan = {
      ...empty,
      ids: [],
      excluded: [],
      batchId: ask.batchId,
      fix: ask.fix,
      year,
      startedAt,
      state: 'ready',
    }
    const batch: Batch = { job: jobOf(plan, 'looking'), plan: null, abort: new AbortController() }
    this.#batches.set(ask.batchId, batch)
    void this.#following(batch, async () => {
      const found = await lookForBatch(stores, { ...ask, year }, batch.abort.signal, (counts) =>
        this.#tell(batch, counts),
      )
      if (batch.abort.signal.aborted) {
        this.#tell(batch, { state: 'failed' })
        return
      }
      const ids = found.ids.map((id) => TitleId.parse(id))
      batch.plan = { ...plan, ids, lookedCount: found.lookedCount, isCut: found.isCut }
      this.#plans.save(batch.plan)
      this.#tell(batch, jobOf(batch.plan, 'ready'))
    })
  }

  start = (batchId: string, excluded: readonly string[]): void => {
    const { batch, plan: known } = this.#planned(batchId, ['ready', 'stopped'])
    const act = this.#deps.actAs()
    // What was left out is told when it begins; what goes on goes on as it was.
    const plan: BatchPlan =
      known.state === 'ready' ? { ...known, excluded: [...excluded], state: 'begun' } : known
    if (plan.state === 'undo-begun') {
      this.undo(batchId)
      return
    }
    this.#plans.save(plan)
    this.#begin(batch, plan, 'running')
    void this.#following(batch, () => this.#make(batch, plan, act))
  }

  undo = (batchId: string): void => {
    const { batch, plan: known } = this.#planned(batchId, ['done', 'stopped'])
    const act = this.#deps.actAs()
    const plan: BatchPlan = { ...known, state: 'undo-begun' }
    this.#plans.save(plan)
    this.#begin(batch, plan, 'undoing')
    void this.#following(batch, () => this.#takeBack(batch, plan, act))
  }

  stop = (batchId: string): void => {
    this.#batches.get(batchId)?.abort.abort()
  }

  jobs = (): BatchJob[] =>
    [...this.#batches.values()]
      .map(({ job }) => job)
      .toSorted((one, other) => other.startedAt - one.startedAt)

  rows = (ask: AskOf<'batch-rows'>): Promise<AnswerOf<'batch-rows'>> => {
    const plan = this.#batches.get(ask.batchId)?.plan ?? null
    return plan === null ? Promise.resolve([]) : batchRows(this.#deps.stores, plan, ask)
  }

  close = (): void => {
    for (const { abort } of this.#batches.values()) abort.abort()
  }

  #planned(batchId: string, states: readonly BatchJob['state'][]) {
    const batch = this.#batches.get(batchId)
    const plan = batch?.plan ?? null
    if (batch === undefined || plan === null || !states.includes(batch.job.state)) {
      throw new DeskFailure('bad-request', 'ask.batchId')
    }
    return { batch, plan }
  }

  #begin(batch: Batch, plan: BatchPlan, state: 'running' | 'undoing'): void {
    batch.plan = plan
    batch.abort = new AbortController()
    const startedAt = this.#deps.clock.now()
    this.#tell(batch, { ...jobOf(plan, state), startedAt, doneCount: 0 })
  }

  async #make(batch: Batch, plan: BatchPlan, act: Act): Promise<void> {
    for (const [at, titles] of piecesOf(plan).entries()) {
      if (batch.abort.signal.aborted) {
        this.#tell(batch, { state: 'stopped' })
        return
      }
      const { batchId, fix, year } = plan
      const payload = { batch: batchId, fix, year, titles }
      const { corrected } = this.#act(act, requestOf(plan, at), 'title.correct', payload)
      const { doneCount, correctedCount } = batch.job
      this.#tell(batch, {
        doneCount: doneCount + titles.length,
        correctedCount: correctedCount + corrected,
      })
      await pause(PAUSE_MS)
    }
    this.#tell(batch, { state: 'done' })
  }

  /** The last piece first. */
  async #takeBack(batch: Batch, plan: BatchPlan, act: Act): Promise<void> {
    const { outbox, catalogue } = this.#deps.stores
    for (const [at, titles] of [...piecesOf(plan).entries()].toReversed()) {
      if (batch.abort.signal.aborted) {
        this.#tell(batch, { state: 'stopped' })
        return
      }
      const made = outbox.byRequestId(requestOf(plan, at))
      if (made === null) continue
      const payload = { operation: made.id }
      const undone = this.#act(act, undoRequestOf(plan, at), 'title.take-back', payload)
      const { doneCount, restoredCount, kept, keptCount } = batch.job
      const titlesById = catalogue.titles(undone.keptTitleIds)
      const named = undone.keptTitleIds.map((id) => ({
        id,
        title: titlesById.get(id)?.title ?? id,
      }))
      this.#tell(batch, {
        doneCount: doneCount + titles.length,
        restoredCount: restoredCount + undone.restored,
        keptCount: keptCount + undone.keptTitleIds.length,
        kept: [...kept, ...named].slice(0, KEPT_SHOWN_MAX),
      })
      await pause(PAUSE_MS)
    }
    this.#tell(batch, { state: 'undone' })
  }

  #act<K extends 'title.correct' | 'title.take-back'>(
    act: Act,
    requestId: string,
    kind: K,
    payload: unknown,
  ): SummaryOf<K> {
    const receipt = act({ requestId, kind, payload, overrides: [], isDryRun: false })
    if (receipt.outcome !== 'done') throw new DeskFailure('bad-request', kind)
    return receipt.summary as SummaryOf<K>
  }

  /** What was made stays made; the batch says that it did not come to its end. */
  async #following(batch: Batch, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#tell(batch, { state: batch.plan === null ? 'failed' : 'stopped' })
      if (!(error instanceof DeskFailure || error instanceof StorageFailure)) throw error
    }
  }

  #tell(batch: Batch, news: Partial<BatchJob>): void {
    batch.job = { ...batch.job, ...news }
    this.#deps.announcer.announce('batch-progress', batch.job)
  }
}

const jobOf = (plan: BatchPlan, state: BatchJob['state']): BatchJob => ({
  batchId: plan.batchId,
  fix: plan.fix,
  state,
  lookedCount: plan.lookedCount,
  changingCount: plan.ids.length,
  isCut: plan.isCut,
  excludedCount: plan.excluded.length,
  doneCount: 0,
  correctedCount: 0,
  restoredCount: 0,
  kept: [],
  keptCount: 0,
  startedAt: plan.startedAt,
})
