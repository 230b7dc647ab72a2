import { useEffect, useState } from 'react'
import { useSyncStatusQuery } from './desk-api.ts'
import { newRequestId, perform } from './perform.ts'
import { useServices } from './services.tsx'

/** The city answers within milliseconds; a slow line gets this long before the card counts as unknown. */
const ANSWER_MS = 2_500

/** A card, or the keyed hash of an ID card's number. */
export type Comer = { readonly card: string } | { readonly idNumberHash: string }

const nameOf = (comer: Comer): string => ('card' in comer ? comer.card : comer.idNumberHash)

/**
 * Asks the city for a reader whom this desk does not hold. True while the answer may still come:
 * then the reader's row arrives by the feed. Offline it is asked as well, for the next visit.
 */
export function useWelcome(unknown: Comer | null): boolean {
  const { desk } = useServices()
  const { data: sync } = useSyncStatusQuery({})
  const [givenUp, setGivenUp] = useState<string | null>(null)
  const name = unknown === null ? null : nameOf(unknown)
  const isCard = unknown !== null && 'card' in unknown
  useEffect(() => {
    if (name === null) return undefined
    void perform(desk, {
      requestId: newRequestId(),
      kind: 'reader.welcome',
      payload: isCard ? { card: name } : { card: '', idNumberHash: name },
      overrides: [],
    })
    const timer = setTimeout(() => setGivenUp(name), ANSWER_MS)
    return () => clearTimeout(timer)
  }, [desk, name, isCard])
  const isOnline = sync?.connection === 'online'
  return name !== null && isOnline && givenUp !== name
}
