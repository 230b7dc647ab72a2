/** Questions about headings, over the same Desk as all others. */
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'

const authorityApi = deskApi.injectEndpoints({
  endpoints: (build) => {
    const ask = <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
      build.query<AnswerOf<Q>, AskOf<Q>>({
        query: (question) => ({ query, ask: question }),
        providesTags: [...tags],
      })
    return {
      authorities: ask('authorities', ['authority']),
      variantsUsed: ask('variants-used', ['authority']),
    }
  },
})

export const { useAuthoritiesQuery, useVariantsUsedQuery } = authorityApi
