/** Changing lines and calendars, and what came of the last of it. */
import { useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type RuleKind =
  | 'policy.set-line'
  | 'policy.remove-line'
  | 'calendar.close-days'
  | 'calendar.reopen-days'
  | 'calendar.set-hours'
  | 'library.set-bins'

export type Said = {
  [K in RuleKind]: { readonly kind: K } & Answer<K>
}[RuleKind]

export interface RuleActs {
  readonly said: Said | null
  readonly isWorking: boolean
  /** What came of the last one is out of sight: something else begins. */
  readonly forget: () => void
  /** True where it is done. */
  readonly act: <K extends RuleKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
}

export function useRuleActs(): RuleActs {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Said | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const act: RuleActs['act'] = async (kind, payload) => {
    setIsWorking(true)
    const answer = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setIsWorking(false)
    setSaid({ kind, ...answer } as unknown as Said)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer.receipt?.outcome === 'done'
  }
  return { said, isWorking, act, forget: () => setSaid(null) }
}
