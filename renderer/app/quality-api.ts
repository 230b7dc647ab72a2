/** Questions about the quality of the catalogue: duplicates, batches, surveys. */
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'

export const qualityApi = deskApi.injectEndpoints({
  endpoints: (build) => {
    const ask = <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
      build.query<AnswerOf<Q>, AskOf<Q>>({
        query: (question) => ({ query, ask: question }),
        providesTags: [...tags],
      })
    const request = <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
      build.mutation<AnswerOf<Q>, AskOf<Q>>({
        query: (question) => ({ query, ask: question }),
        invalidatesTags: [...tags],
      })
    return {
      duplicateTitles: ask('duplicate-titles', ['title-redirect', 'titles-apart']),
      batchJobs: ask('batch-jobs', ['batch']),
      batchRows: ask('batch-rows', []),
      batchLook: request('batch-look', []),
      batchStart: request('batch-start', []),
      batchStop: request('batch-stop', []),
      batchUndo: request('batch-undo', []),
      qualityReport: ask('quality-report', ['quality']),
      qualityList: ask('quality-list', ['quality']),
      qualityRun: request('quality-run', ['quality']),
      qualityStop: request('quality-stop', []),
      cataloguerQuality: ask('cataloguer-quality', ['draft', 'staff']),
    }
  },
})

export const {
  useDuplicateTitlesQuery,
  useBatchJobsQuery,
  useBatchRowsQuery,
  useBatchLookMutation,
  useBatchStartMutation,
  useBatchStopMutation,
  useBatchUndoMutation,
  useQualityReportQuery,
  useQualityListQuery,
  useQualityRunMutation,
  useQualityStopMutation,
  useCataloguerQualityQuery,
} = qualityApi
