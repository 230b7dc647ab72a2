/** Questions about shelves, numbers and labels, over the same Desk as all others. */
import type { AnswerOf, AskOf, QueryName } from '../../contract/queries.ts'
import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'

const shelfApi = deskApi.injectEndpoints({
  endpoints: (build) => {
    const ask = <Q extends QueryName>(query: Q, tags: readonly Tag[]) =>
      build.query<AnswerOf<Q>, AskOf<Q>>({
        query: (question) => ({ query, ask: question }),
        providesTags: [...tags],
      })
    return {
      shelfList: ask('shelf-list', ['item', 'title']),
      shelves: ask('shelves', ['item']),
      shelfPlace: ask('shelf-place', ['item']),
      numbering: ask('numbering', ['item', 'book-number', 'lease', 'number-schemes']),
      numberSchemes: ask('number-schemes', ['number-schemes']),
      dueLabels: ask('due-labels', ['item', 'spine-label', 'label-sheet', 'book-number']),
    }
  },
})

export const {
  useShelfListQuery,
  useShelvesQuery,
  useLazyShelfPlaceQuery,
  useNumberingQuery,
  useNumberSchemesQuery,
  useDueLabelsQuery,
} = shelfApi
