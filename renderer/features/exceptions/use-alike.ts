import { useRef, useState } from 'react'
import type { Failure } from '../../../contract/desk-api.ts'
import { failureOf } from '../../app/desk-failure.ts'
import { useServices } from '../../app/services.tsx'
import { settleAlike } from './settle-alike.ts'
import type { Alike, AlikeCounts } from './settle-alike.ts'

/** One run over all of a kind. */
export interface AlikeRun extends AlikeCounts {
  readonly alike: Alike
  /** How many waited as it began. */
  readonly total: number
  readonly isRunning: boolean
  /** Why it broke off. */
  readonly failure: Failure | null
}

export interface AlikeRuns {
  /** The last one; null before the first. */
  readonly run: AlikeRun | null
  /** Answers whether none of them is left. */
  readonly start: (alike: Alike, total: number) => Promise<boolean>
  /** After the one that is at work. */
  readonly stop: () => void
  readonly forget: () => void
}

export function useAlike(): AlikeRuns {
  const { desk, play } = useServices()
  const [run, setRun] = useState<AlikeRun | null>(null)
  const isStopped = useRef(false)
  const start: AlikeRuns['start'] = async (alike, total) => {
    if (run?.isRunning === true) return false
    isStopped.current = false
    const begun = { alike, total, settled: 0, left: 0, isRunning: true, failure: null }
    setRun(begun)
    const tell = (counts: AlikeCounts): void => setRun({ ...begun, ...counts })
    try {
      const counts = await settleAlike(desk, alike, tell, () => isStopped.current)
      setRun({ ...begun, ...counts, isRunning: false })
      play(counts.left === 0 ? 'done' : 'needs-you')
      return counts.left === 0 && !isStopped.current
    } catch (thrown) {
      const { failure } = failureOf(thrown)
      setRun((before) => before && { ...before, isRunning: false, failure })
      play('stop')
      return false
    }
  }
  return {
    run,
    start,
    stop: () => {
      isStopped.current = true
    },
    forget: () => setRun(null),
  }
}
