/** Batches and surveys: work on the whole catalogue that goes on behind its screens. */
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import type { BatchDesk } from './batch-desk.ts'
import type { QualityDesk } from './quality-desk.ts'

export type SurveyQuery = Extract<QueryName, `batch-${string}` | `quality-${string}`>

interface SurveyDesks {
  readonly batches: BatchDesk
  readonly quality: QualityDesk
}

type SurveyAnswers = {
  readonly [Q in SurveyQuery]: (ask: AskOf<Q>) => AnswerOf<Q> | Promise<AnswerOf<Q>>
}

export const surveyAnswers = ({ batches, quality }: SurveyDesks): SurveyAnswers => ({
  'quality-report': ({ scope }) => quality.report(scope),
  'quality-list': (ask) => quality.list(ask),
  'quality-run': ({ scope }) => {
    quality.run(scope)
    return {}
  },
  'quality-stop': ({ scope }) => {
    quality.stop(scope)
    return {}
  },
  'batch-look': (ask) => {
    batches.look(ask)
    return {}
  },
  'batch-jobs': () => batches.jobs(),
  'batch-rows': (ask) => batches.rows(ask),
  'batch-start': ({ batchId, excluded }) => {
    batches.start(batchId, excluded)
    return {}
  },
  'batch-stop': ({ batchId }) => {
    batches.stop(batchId)
    return {}
  },
  'batch-undo': ({ batchId }) => {
    batches.undo(batchId)
    return {}
  },
})
