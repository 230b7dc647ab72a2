/** Changing sources and protection, and how the last of it went. */
import { useState } from 'react'
import type { OperationKind, PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import type { LastAct } from './use-taking.ts'

export interface SettingUp {
  readonly last: LastAct | null
  /** True where it was done. */
  readonly act: <K extends OperationKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
}

export function useSettingUp(): SettingUp {
  const { desk, play } = useServices()
  const [last, setLast] = useState<LastAct | null>(null)
  return {
    last,
    async act(kind, payload) {
      const intention = { requestId: newRequestId(), kind, payload, overrides: [] }
      const { receipt, failure } = await perform(desk, intention)
      const tone = receipt === null ? 'stop' : toneOf(receipt)
      setLast({ tone, findings: receipt?.findings ?? [], failure })
      play(tone)
      return receipt?.outcome === 'done'
    },
  }
}
