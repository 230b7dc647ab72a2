/** One search in other catalogues: begun by a scan or by typing, followed as answers come. */
import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import type { AnswerOf, AskOf } from '../../../contract/queries.ts'
import {
  useCopyFoundQuery,
  useCopySearchMutation,
  useCopyStopMutation,
} from '../../app/desk-api.ts'
import { newRequestId } from '../../app/perform.ts'

type By = AskOf<'copy-search'>['by']
export type Found = NonNullable<AnswerOf<'copy-found'>>

export interface CopySearch {
  readonly searchId: string | null
  /** What was looked for, as the desk reads it; null before the first. */
  readonly found: Found | null
  readonly isAsking: boolean
  readonly begin: (text: string, by: By) => void
  readonly stop: () => void
}

export function useCopySearch(): CopySearch {
  // In the address: whoever comes back from the items finds the answers again.
  const [params, setParams] = useSearchParams()
  const searchId = params.get('search')
  const [search] = useCopySearchMutation()
  const [stopAsking] = useCopyStopMutation()
  const { data: found } = useCopyFoundQuery(
    { searchId: searchId ?? '' },
    { skip: searchId === null },
  )
  const begun = useRef<string | null>(searchId)
  const stop = (): void => {
    if (begun.current !== null) void stopAsking({ searchId: begun.current })
  }
  return {
    searchId,
    found: searchId === null ? null : (found ?? null),
    isAsking: found?.answers.some(({ state }) => state === 'asking') ?? false,
    begin(text, by) {
      stop()
      const next = newRequestId()
      begun.current = next
      void search({ searchId: next, text, by }).then(() =>
        setParams({ search: next }, { replace: true }),
      )
    },
    stop,
  }
}
