import { useEffect, useState } from 'react'

/** True once what is waited for has taken long enough to be worth showing. */
export function useIsSlow(afterMs: number): boolean {
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isSlow
}
