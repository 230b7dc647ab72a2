/** The head of a branch changes a line or takes one out, closes days, opens them again, sets hours. */
import { TODAY } from '../builders/city.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import { dayHours } from '../../domain/operations/calendar-set-hours.ts'
import type { DayHours } from '../../domain/operations/calendar-set-hours.ts'
import type { Calendar } from '../../domain/records.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

const whats = ['set', 'set', 'add', 'remove', 'close', 'close', 'reopen', 'hours', 'hours'] as const
const hoursOfDay: readonly DayHours[] = [
  { is: 'shut' },
  { is: 'open' },
  { is: 'hours', opensAtMinute: 540, closesAtMinute: 1080 },
  { is: 'hours', opensAtMinute: 600, closesAtMinute: 1260 },
]

export function withRules(random: Random, replica: Stores['replica']): Doing | null {
  const [calendar] = replica.rows.select('calendar', 'ORDER BY id')
  const policy = replica.row('policy', 'city')
  if (calendar === undefined || policy === null) return null
  const day = addDays(TODAY, random.int(0, 40))
  const days = { calendar: calendar.id, fromOn: day, toOn: addDays(day, random.int(0, 2)) }
  const lines = policy.loanRules.filter(({ id }) => id !== 'city-default')
  switch (random.pick(whats)) {
    case 'set': {
      if (lines.length === 0) return null
      const from = random.pick(lines)
      const line = { ...from, loanDays: random.int(5, 40) }
      return { kind: 'policy.set-line', payload: { line, from } }
    }
    case 'add': {
      const [general] = policy.loanRules
      if (general === undefined) return null
      // Two desks write one case under two names, or one name for two cases.
      const id = random.pick(['一', '二'])
      const readerCategory = random.pick(['staff', 'senior'])
      const line = { ...general, id, readerCategory, loanDays: random.int(5, 40) }
      return { kind: 'policy.set-line', payload: { line, from: null } }
    }
    case 'remove':
      if (lines.length === 0) return null
      return { kind: 'policy.remove-line', payload: { from: random.pick(lines) } }
    case 'close':
      return { kind: 'calendar.close-days', payload: { ...days, reason: '台风' } }
    case 'reopen':
      return { kind: 'calendar.reopen-days', payload: days }
    case 'hours':
      return settingHours(random, calendar)
  }
}

/** Few weekdays, so that two desks set the same one apart. */
function settingHours(random: Random, calendar: Calendar): Doing {
  const weekday = random.int(1, 3)
  const payload = {
    calendar: calendar.id,
    weekday,
    from: dayHours(calendar, weekday),
    to: random.pick(hoursOfDay),
  }
  return { kind: 'calendar.set-hours', payload }
}
