/** The head of a branch changes a line, takes one out, closes a day and opens it again. */
import { TODAY } from '../builders/city.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

export function withRules(random: Random, replica: Stores['replica']): Doing | null {
  const [calendar] = replica.rows.select('calendar', 'ORDER BY id')
  const policy = replica.row('policy', 'city')
  if (calendar === undefined || policy === null) return null
  const day = addDays(TODAY, random.int(0, 40))
  const days = { calendar: calendar.id, fromOn: day, toOn: addDays(day, random.int(0, 2)) }
  const lines = policy.loanRules.filter(({ id }) => id !== 'city-default')
  switch (random.pick(['set', 'set', 'add', 'remove', 'close', 'close', 'reopen'] as const)) {
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
  }
}
