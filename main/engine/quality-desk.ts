/** Surveys of the catalogue by the rules of quality: read on another thread, counted here. */
import { join } from 'node:path'
import type { QualityProgress, QualityScope } from '../../contract/quality-shapes.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { LintedPiece } from '../../db/catalogue/survey-messages.ts'
import { StorageFailure } from '../../db/open.ts'
import { branchTitles } from '../../db/queries/branch-titles.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { openKeptCounts } from './quality-counts.ts'
import type { KeptCounts } from './quality-counts.ts'
import type { Stores } from './stores.ts'

export interface QualityDesk {
  readonly report: (scope: QualityScope) => AnswerOf<'quality-report'>
  /** Nothing where a survey of the scope runs already. */
  readonly run: (scope: QualityScope) => void
  readonly stop: (scope: QualityScope) => void
  readonly list: (ask: AskOf<'quality-list'>) => AnswerOf<'quality-list'>
  readonly close: () => void
}

export interface QualityDeps {
  readonly stores: Stores
  readonly clock: Clock
  readonly announcer: Announcer
  readonly home: string
}

/** Of each rule so many records are named; a batch finds all of them. */
const NAMED_MAX = 2_000

interface Named {
  readonly id: string
  readonly isError: boolean
}

interface Found {
  readonly named: Named[]
  errors: number
  warnings: number
}

interface Survey {
  progress: QualityProgress
  readonly abort: AbortController
  readonly byRule: Map<string, Found>
  faultyCount: number
  wrongCount: number
}

export const createQualityDesk = (deps: QualityDeps): QualityDesk => new Qualities(deps)

/** Where nobody looks at a screen. */
export const noQualityDesk: QualityDesk = {
  report: () => ({ progress: null, latest: null, trend: [] }),
  run: () => undefined,
  stop: () => undefined,
  list: () => ({ rows: [], total: 0 }),
  close: () => undefined,
}

class Qualities implements QualityDesk {
  readonly #deps: QualityDeps
  readonly #kept: KeptCounts
  readonly #surveys = new Map<QualityScope, Survey>()

  constructor(deps: QualityDeps) {
    this.#deps = deps
    this.#kept = openKeptCounts(join(deps.home, 'quality', 'counts.json'))
  }

  report = (scope: QualityScope): AnswerOf<'quality-report'> => {
    const trend = this.#kept.of(scope)
    const progress = this.#surveys.get(scope)?.progress ?? null
    return { progress, latest: trend.at(-1) ?? null, trend: [...trend] }
  }

  run = (scope: QualityScope): void => {
    if (this.#surveys.get(scope)?.progress.state === 'running') return
    const { clock, stores } = this.#deps
    const survey: Survey = {
      progress: {
        scope,
        state: 'running',
        readCount: 0,
        totalCount: scope === 'all' ? stores.catalogue.count() : 0,
        startedAt: clock.now(),
      },
      abort: new AbortController(),
      byRule: new Map(),
      faultyCount: 0,
      wrongCount: 0,
    }
    this.#surveys.set(scope, survey)
    void this.#survey(survey)
  }

  stop = (scope: QualityScope): void => {
    this.#surveys.get(scope)?.abort.abort()
  }

  list = ({ scope, rule, limit }: AskOf<'quality-list'>): AnswerOf<'quality-list'> => {
    const found = this.#surveys.get(scope)?.byRule.get(rule)
    if (found === undefined) return { rows: [], total: 0 }
    const shown = found.named.slice(0, limit)
    const titles = this.#deps.stores.catalogue.titles(shown.map(({ id }) => id))
    const rows = shown.flatMap(({ id, isError }) => {
      const title = titles.get(id)
      if (title === undefined) return []
      return [{ id, title: title.title, controlNumber: title.controlNumber, isError }]
    })
    return { rows, total: found.errors + found.warnings }
  }

  close = (): void => {
    for (const { abort } of this.#surveys.values()) abort.abort()
  }

  async #survey(survey: Survey): Promise<void> {
    const { clock } = this.#deps
    const { scope, startedAt } = survey.progress
    try {
      for await (const piece of this.#pieces(scope, Number(dateAt(startedAt).slice(0, 4)))) {
        if (survey.abort.signal.aborted) {
          this.#tell(survey, { state: 'stopped' })
          return
        }
        countIn(survey, piece)
        const readCount = survey.progress.readCount + piece.readCount
        const totalCount = Math.max(survey.progress.totalCount, readCount)
        this.#tell(survey, { readCount, totalCount })
      }
    } catch (error) {
      this.#tell(survey, { state: 'failed' })
      if (!(error instanceof StorageFailure)) throw error
      return
    }
    this.#kept.keep({
      on: dateAt(clock.now()),
      scope,
      recordsCount: survey.progress.readCount,
      faultyCount: survey.faultyCount,
      wrongCount: survey.wrongCount,
      byRule: [...survey.byRule]
        .map(([rule, { errors, warnings }]) => ({ rule, errors, warnings }))
        .toSorted((one, other) => (one.rule < other.rule ? -1 : 1)),
    })
    this.#tell(survey, { state: 'done' })
  }

  async *#pieces(scope: QualityScope, year: number): AsyncGenerator<LintedPiece> {
    const { stores, clock } = this.#deps
    if (scope === 'all') {
      let after: number | null = 0
      while (after !== null) {
        const piece: LintedPiece = await stores.survey.ask('lint', { ids: null, after, year })
        yield piece
        after = piece.next
      }
      return
    }
    const branchId = stores.outbox.identity()?.branchId ?? ''
    let after: string | null = ''
    while (after !== null) {
      const at = clock.now()
      const page = branchTitles(stores, { branchId, after }, { at, today: dateAt(at) })
      yield await stores.survey.ask('lint', { ids: page.titleIds, after: 0, year })
      after = page.next
    }
  }

  #tell(survey: Survey, news: Partial<QualityProgress>): void {
    survey.progress = { ...survey.progress, ...news }
    this.#deps.announcer.announce('quality-progress', survey.progress)
  }
}

function countIn(survey: Survey, { faulty }: LintedPiece): void {
  survey.faultyCount += faulty.length
  for (const { id, faults } of faulty) {
    if (faults.some(({ severity }) => severity === 'error')) survey.wrongCount += 1
    for (const { rule, severity } of faults) {
      const found = survey.byRule.get(rule) ?? { named: [], errors: 0, warnings: 0 }
      survey.byRule.set(rule, found)
      const isError = severity === 'error'
      if (isError) found.errors += 1
      else found.warnings += 1
      if (found.named.length < NAMED_MAX) found.named.push({ id, isError })
    }
  }
}
