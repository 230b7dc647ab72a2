/** Export of records, over the same Desk as all others. */
import { deskApi } from './desk-api.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'

const exportApi = deskApi.injectEndpoints({
  endpoints: (build) => ({
    exportJobs: build.query<AnswerOf<'export-jobs'>, AskOf<'export-jobs'>>({
      query: (question) => ({ query: 'export-jobs', ask: question }),
      providesTags: ['import'],
    }),
    exportStart: build.mutation<AnswerOf<'export-start'>, AskOf<'export-start'>>({
      query: (question) => ({ query: 'export-start', ask: question }),
      invalidatesTags: [],
    }),
    exportCancel: build.mutation<AnswerOf<'export-cancel'>, AskOf<'export-cancel'>>({
      query: (question) => ({ query: 'export-cancel', ask: question }),
      invalidatesTags: [],
    }),
  }),
})

export { exportApi }
export const { useExportJobsQuery, useExportStartMutation, useExportCancelMutation } = exportApi
