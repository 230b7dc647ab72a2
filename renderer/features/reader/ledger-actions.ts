/** Performing what changes a ledger, and what came of the last of it. */
import { useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type LedgerKind =
  | 'points.earn'
  | 'points.redeem'
  | 'payment.take'
  | 'payment.refund'
  | 'certificate.issue'
  | 'ledger.reverse'
  | 'lease.request'

/** One of them, its receipt typed by its kind. */
export type Said = { [K in LedgerKind]: { readonly kind: K } & Answer<K> }[LedgerKind]

export interface LedgerActions {
  readonly said: Said | null
  readonly isWorking: boolean
  /** True where it is done. */
  readonly act: <K extends LedgerKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
}

export function useLedgerActions(): LedgerActions {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Said | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const act: LedgerActions['act'] = async (kind, payload) => {
    setIsWorking(true)
    const answer = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setIsWorking(false)
    setSaid({ kind, ...answer } as unknown as Said)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer.receipt?.outcome === 'done'
  }
  return { said, isWorking, act }
}
