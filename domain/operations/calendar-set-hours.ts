/** When the doors open on one weekday. Rule K4 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { askedOfCalendar } from '../edited-rule.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { Calendar } from '../records.ts'
import { inRules } from '../rules-facts.ts'
import { CalendarId } from '../words/ids.ts'
import { aboutNobody } from './policy-set-line.ts'

const Minute = z.int().min(0).max(1440)

/** Shut; open, and nobody told when; or open between two minutes of the day. */
export const DayHours = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('shut') }),
  z.strictObject({ is: z.literal('open') }),
  z.strictObject({ is: z.literal('hours'), opensAtMinute: Minute, closesAtMinute: Minute }),
])
export type DayHours = z.infer<typeof DayHours>

const Payload = z.strictObject({
  calendar: CalendarId,
  weekday: z.int().min(1).max(7),
  /** As the screen showed it. */
  from: DayHours,
  to: DayHours,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ calendar: z.string(), weekday: z.int() })

export function dayHours(calendar: Calendar, weekday: number): DayHours {
  if (!calendar.openWeekdays.includes(weekday)) return { is: 'shut' }
  const told = calendar.hours.find((one) => one.weekday === weekday)
  if (told === undefined) return { is: 'open' }
  const { opensAtMinute, closesAtMinute } = told
  return { is: 'hours', opensAtMinute, closesAtMinute }
}

export const setHours = defineOperation({
  kind: 'calendar.set-hours',
  evidence: 'intent',
  permission: 'edit-calendar',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  asks: ({ calendar }) => askedOfCalendar(calendar),
  subject: ({ calendar }) => aSubject({ rules: inRules({ calendarId: calendar }) }),
  decide({ rules: { calendar } }, payload) {
    const summary = { calendar: payload.calendar as string, weekday: payload.weekday }
    const findings = hoursFindings(calendar, payload)
    const isClear = calendar !== null && findings.length === 0
    const changes = isClear ? [patch('calendar', calendar.id, withDay(calendar, payload))] : []
    return { findings, changes, summary, about: aboutNobody }
  },
})

function hoursFindings(calendar: Calendar | null, { weekday, from, to }: Payload): Finding[] {
  if (calendar === null) return [impossible('unknown-calendar', 'K1')]
  const now = dayHours(calendar, weekday)
  if (!isSame(now, from) && !isSame(now, to)) {
    return [impossible('hours-changed-meanwhile', 'K4', { params: { weekday } })]
  }
  const isReversed = to.is === 'hours' && to.closesAtMinute <= to.opensAtMinute
  if (isReversed) return [impossible('hours-reversed', 'K4')]
  // A library that never opens would push every due date for ever.
  const opensElse = calendar.openWeekdays.some((day) => day !== weekday)
  return to.is === 'shut' && !opensElse ? [impossible('never-open', 'K4')] : []
}

function isSame(one: DayHours, other: DayHours): boolean {
  if (one.is !== 'hours' || other.is !== 'hours') return one.is === other.is
  return one.opensAtMinute === other.opensAtMinute && one.closesAtMinute === other.closesAtMinute
}

function withDay(
  { openWeekdays, hours }: Calendar,
  { weekday, to }: Payload,
): Pick<Calendar, 'openWeekdays' | 'hours'> {
  const others = openWeekdays.filter((day) => day !== weekday)
  const told = hours.filter((one) => one.weekday !== weekday)
  const { is, ...minutes } = to
  return {
    openWeekdays: (is === 'shut' ? others : [...others, weekday]).toSorted(
      (one, other) => one - other,
    ),
    hours:
      'opensAtMinute' in minutes
        ? [...told, { weekday, ...minutes }].toSorted((a, b) => a.weekday - b.weekday)
        : told,
  }
}
