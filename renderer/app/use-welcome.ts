import { useEffect, useState } from 'react'
import { useSyncStatusQuery } from './desk-api.ts'
import { newRequestId, perform } from './perform.ts'
import { useServices } from './services.tsx'

/** The city answers within milliseconds; a slow line gets this long before the card counts as unknown. */
const ANSWER_MS = 2_500

/**
 * Asks the city for a reader whom this desk does not hold. True while the answer may still come:
 * then the reader's row arrives by the feed. Offline it is asked as well, for the next visit.
 */
export function useWelcome(unknownCard: string | null): boolean {
  const { desk } = useServices()
  const { data: sync } = useSyncStatusQuery({})
  const [givenUp, setGivenUp] = useState<string | null>(null)
  useEffect(() => {
    if (unknownCard === null) return undefined
    void perform(desk, {
      requestId: newRequestId(),
      kind: 'reader.welcome',
      payload: { card: unknownCard },
      overrides: [],
    })
    const timer = setTimeout(() => setGivenUp(unknownCard), ANSWER_MS)
    return () => clearTimeout(timer)
  }, [desk, unknownCard])
  const isOnline = sync?.connection === 'online'
  return unknownCard !== null && isOnline && givenUp !== unknownCard
}
