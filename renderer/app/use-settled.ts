import { useEffect, useState } from 'react'

/** Counting, and looking for what is alike, takes longer than a letter: it waits for the hand to rest. */
const SETTLE_MS = 200

/** The text as it stands once nobody has changed it for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return text === '' ? '' : settled
}
