/** The questions about pads, beside the desk's others. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { deskApi } from './desk-api.ts'

type PadRequest = 'offer-pad' | 'take-parts' | 'virtual-tag' | 'write-tag' | 'give-up-tag'

export const padApi = deskApi.injectEndpoints({
  endpoints: (build) => {
    const request = <Q extends PadRequest>(query: Q) =>
      build.mutation<AnswerOf<Q>, AskOf<Q>>({ query: (question) => ({ query, ask: question }) })
    return {
      padStatus: build.query<AnswerOf<'pad-status'>, AskOf<'pad-status'>>({
        query: (question) => ({ query: 'pad-status', ask: question }),
        providesTags: ['devices'],
      }),
      offerPad: request('offer-pad'),
      takeParts: request('take-parts'),
      virtualTag: request('virtual-tag'),
      writeTag: request('write-tag'),
      giveUpTag: request('give-up-tag'),
    }
  },
})

export const {
  usePadStatusQuery,
  useOfferPadMutation,
  useTakePartsMutation,
  useVirtualTagMutation,
  useWriteTagMutation,
  useGiveUpTagMutation,
} = padApi
