/** Batches and surveys: work on the whole catalogue that goes on behind its screens. */
import type { QueryName } from '../../contract/queries.ts'
import type { AnswerDeps, Answers } from './answers.ts'

export type SurveyQuery = Extract<QueryName, `batch-${string}` | `quality-${string}`>

export const surveyAnswers = ({
  batches,
  quality,
}: Pick<AnswerDeps, 'batches' | 'quality'>): Pick<Answers, SurveyQuery> => ({
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
