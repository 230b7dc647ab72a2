/** Performing what changes a reader's own record, and what came of the last of it. */
import { useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer, GivenOverride } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type ReaderAct =
  | 'reader.replace-card'
  | 'reader.add-card'
  | 'reader.report-card-lost'
  | 'reader.report-card-found'
  | 'reader.suspend'
  | 'reader.lift-suspension'
  | 'reader.edit'
  | 'reader.set-category'
  | 'reader.extend'
  | 'reader.message'
  | 'reader.dismiss-message'
  | 'reader.keep-history'
  | 'reader.merge'
  | 'reader.close'

/** One of them, its receipt typed by its kind. */
export type ActSaid = { [K in ReaderAct]: { readonly kind: K } & Answer<K> }[ReaderAct]

export interface ReaderActs {
  readonly said: ActSaid | null
  readonly isWorking: boolean
  /** True where it is done. */
  readonly act: <K extends ReaderAct>(
    kind: K,
    payload: PayloadOf<K>,
    overrides?: readonly GivenOverride[],
  ) => Promise<boolean>
  readonly forget: () => void
}

export function useReaderActs(): ReaderActs {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<ActSaid | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const act: ReaderActs['act'] = async (kind, payload, overrides = []) => {
    setIsWorking(true)
    const answer = await perform(desk, { requestId: newRequestId(), kind, payload, overrides })
    setIsWorking(false)
    setSaid({ kind, ...answer } as unknown as ActSaid)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer.receipt?.outcome === 'done'
  }
  return { said, isWorking, act, forget: () => setSaid(null) }
}
