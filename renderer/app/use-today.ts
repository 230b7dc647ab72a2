import { useEffect, useState } from 'react'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'

const LOOK_MS = 60_000

/** The date on the wall of the city; a desk that stays on overnight sees it change. */
export function useToday(): CalendarDate {
  const [today, setToday] = useState(() => dateAt(Date.now()))
  useEffect(() => {
    const timer = setInterval(() => setToday(dateAt(Date.now())), LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return today
}
