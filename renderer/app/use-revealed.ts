/** Covered data of one reader, in clear for a moment; each time is in the audit trail. */
import { useEffect, useState } from 'react'
import { useRevealReaderMutation } from './desk-api.ts'

/** Long enough to read a telephone number aloud. */
const SHOWN_MS = 20_000

export interface Revealed {
  readonly isRevealed: boolean
  readonly toggle: () => void
}

export function useRevealed(readerId: string): Revealed {
  const [reveal] = useRevealReaderMutation()
  const [isRevealed, setIsRevealed] = useState(false)
  useEffect(() => {
    if (!isRevealed) return undefined
    const timer = setTimeout(() => setIsRevealed(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isRevealed])
  const toggle = (): void => {
    if (!isRevealed) void reveal({ readerId })
    setIsRevealed(!isRevealed)
  }
  return { isRevealed, toggle }
}
