/** The questions about serials, as endpoints beside those of desk-api.ts. */
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'

type SerialQuery = 'serials' | 'serial-scan' | 'subscription'

const ofSerials: readonly Tag[] = ['subscription', 'serial-issue', 'title', 'branch']

const asked = <Q extends SerialQuery>(query: Q) => ({
  query: (ask: AskOf<Q>) => ({ query, ask }),
  providesTags: [...ofSerials],
})

const serialsApi = deskApi.injectEndpoints({
  endpoints: (build) => ({
    serials: build.query<AnswerOf<'serials'>, AskOf<'serials'>>(asked('serials')),
    serialScan: build.query<AnswerOf<'serial-scan'>, AskOf<'serial-scan'>>(asked('serial-scan')),
    subscription: build.query<AnswerOf<'subscription'>, AskOf<'subscription'>>(
      asked('subscription'),
    ),
  }),
})

export const { useSerialsQuery, useLazySerialScanQuery, useSubscriptionQuery } = serialsApi
