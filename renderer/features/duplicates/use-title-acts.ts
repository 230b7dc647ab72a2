/** What is done about two titles, and how it went. */
import { useState } from 'react'
import type { Failure } from '../../../contract/desk-api.ts'
import type { Finding } from '../../../domain/operation.ts'
import type { PayloadOf, SummaryOf } from '../../../domain/operations/index.ts'
import type { Tone } from '../../app/desk-api.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

type TitleKind = 'title.merge' | 'title.set-apart'

interface Last {
  readonly kind: TitleKind
  readonly tone: Tone
  readonly findings: readonly Finding[]
  readonly failure: Failure | null
  /** Of a merge that was done. */
  readonly merged: SummaryOf<'title.merge'> | null
}

export interface TitleActs {
  readonly last: Last | null
  readonly isBusy: boolean
  readonly merge: (payload: PayloadOf<'title.merge'>) => Promise<boolean>
  readonly setApart: (payload: PayloadOf<'title.set-apart'>) => Promise<boolean>
}

export function useTitleActs(): TitleActs {
  const { desk, play } = useServices()
  const [last, setLast] = useState<Last | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const run = async <K extends TitleKind>(kind: K, payload: PayloadOf<K>) => {
    setIsBusy(true)
    const intention = { requestId: newRequestId(), kind, payload, overrides: [] }
    const { receipt, failure } = await perform(desk, intention)
    const tone = receipt === null ? 'stop' : toneOf(receipt)
    const isDone = receipt?.outcome === 'done'
    const merged =
      isDone && kind === 'title.merge' ? (receipt.summary as SummaryOf<'title.merge'>) : null
    setLast({ kind, tone, findings: receipt?.findings ?? [], failure, merged })
    setIsBusy(false)
    play(tone)
    return isDone
  }
  return {
    last,
    isBusy,
    merge: (payload) => run('title.merge', payload),
    setApart: (payload) => run('title.set-apart', payload),
  }
}
