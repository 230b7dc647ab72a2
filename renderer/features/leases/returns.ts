/** Giving allowances back, one after the other, and what came of it. */
import { useState } from 'react'
import type { LeaseId } from '../../../domain/words/ids.ts'
import { newRequestId, perform } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export interface Returns {
  readonly answers: readonly Answer<'lease.return'>[]
  /** Set while they are being given back. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly give: (leases: readonly LeaseId[]) => Promise<void>
}

export const isGiven = ({ receipt }: Answer<'lease.return'>): boolean => receipt?.outcome === 'done'

export function useReturns(): Returns {
  const { desk, play } = useServices()
  const [answers, setAnswers] = useState<Returns['answers']>([])
  const [progress, setProgress] = useState<Returns['progress']>(null)
  const give: Returns['give'] = async (leases) => {
    if (leases.length === 0) return
    const given: Answer<'lease.return'>[] = []
    for (const [done, lease] of leases.entries()) {
      setProgress({ done, total: leases.length })
      const request = {
        requestId: newRequestId(),
        kind: 'lease.return',
        payload: { lease },
      } as const
      given.push(await perform(desk, { ...request, overrides: [] }))
    }
    setProgress(null)
    setAnswers(given)
    play(given.every(isGiven) ? 'done' : 'needs-you')
  }
  return { answers, progress, give }
}
