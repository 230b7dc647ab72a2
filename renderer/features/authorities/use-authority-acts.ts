/** What is done about a heading, and how it went. */
import { useState } from 'react'
import type { OperationKind, PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

type Kind = Extract<OperationKind, `authority.${string}`>

export interface AuthorityActs {
  readonly last: Answer<Kind> | null
  readonly run: <K extends Kind>(kind: K, payload: PayloadOf<K>) => Promise<Answer<K>>
}

export function useAuthorityActs(): AuthorityActs {
  const { desk, play } = useServices()
  const [last, setLast] = useState<Answer<Kind> | null>(null)
  const run = async <K extends Kind>(kind: K, payload: PayloadOf<K>): Promise<Answer<K>> => {
    const answer = await perform(desk, {
      requestId: newRequestId(),
      kind,
      payload,
      overrides: [],
    })
    setLast(answer)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer
  }
  return { last, run }
}
