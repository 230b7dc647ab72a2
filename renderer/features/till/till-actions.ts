/** Opening and counting, and what came of the last of it. */
import { useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

type TillKind = 'till.open' | 'till.close'
export type Said = { readonly kind: TillKind } & Answer<TillKind>

export interface TillActions {
  readonly said: Said | null
  readonly isWorking: boolean
  /** True where it is done. */
  readonly act: <K extends TillKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
}

export function useTillActions(): TillActions {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Said | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const act: TillActions['act'] = async (kind, payload) => {
    setIsWorking(true)
    const answer = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setIsWorking(false)
    setSaid({ kind, ...answer })
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer.receipt?.outcome === 'done'
  }
  return { said, isWorking, act }
}
