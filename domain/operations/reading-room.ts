/** A loan for the reading room: today until closing, with a limit of its own. Rule L24 of docs/rules.md. */
import type { Facts } from '../facts.ts'
import { isOverridden, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { closingAt } from '../policy/due-date.ts'
import type { Due } from '../policy/due-date.ts'
import type { Calendar } from '../records.ts'
import { promisedDue } from './promised-due.ts'
import type { Refusal } from '../refusals.ts'

/** What speaks of what goes home. */
const ofHome: readonly Refusal[] = [
  'item-limit-reached',
  'class-limit-reached',
  'item-not-for-loan',
  'adult-item-for-juvenile',
]

/** The findings of a lending as they are for the reading room. */
export function inReadingRoom(found: readonly Finding[], facts: Facts, ctx: Ctx): Finding[] {
  return [...found.filter(({ code }) => !ofHome.includes(code)), ...roomLimit(facts, ctx)]
}

function roomLimit({ reader, loan, policy }: Facts, ctx: Ctx): Finding[] {
  if (reader === null || loan?.readerId === reader.id) return []
  const limit = policy.itemRules.readingRoomMax
  const count = reader.openReadingRoomCount
  if (count < limit) return []
  const exception = isOverridden(ctx, 'reading-room-limit-reached') ? null : 'limit-exceeded'
  const params = { count, limit }
  const permission = 'override-limits'
  return [override('reading-room-limit-reached', 'L24', { params, permission, exception })]
}

/** Until the doors close; through the day where nobody told the hours, or they have closed. */
export function roomDue(calendar: Calendar, ctx: Ctx): Due {
  const told = promisedDue(ctx)
  if (told !== null) return { ...told, wanted: told.on }
  const closes = closingAt(calendar, ctx.today)
  const at = closes === null || closes <= ctx.at ? null : closes
  return { on: ctx.today, at, wanted: ctx.today }
}
