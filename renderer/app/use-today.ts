import { useEffect, useState } from 'react'
import { useSyncStatusQuery } from './desk-api.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'

const LOOK_MS = 60_000

/**
 * The date of the city, as operations take it: the machine's clock, corrected by what the engine
 * measured. A desk that stays on overnight sees it change.
 */
export function useToday(): CalendarDate {
  const { data: sync } = useSyncStatusQuery({})
  const [wallMs, setWallMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setWallMs(Date.now()), LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return dateAt(Math.max(0, wallMs + (sync?.clockOffsetMs ?? 0)))
}
