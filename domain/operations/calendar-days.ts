/** Days on which a library stays shut, and the way back. Rules K1–K3 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { askedOfCalendar } from '../edited-rule.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Calendar } from '../records.ts'
import { inRules } from '../rules-facts.ts'
import { CalendarDate, addDays, daysBetween } from '../words/calendar-date.ts'
import { CalendarId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutNobody } from './policy-set-line.ts'

/** A rebuilding takes a year; what is longer is a mistyped date. */
const CLOSED_SPAN_MAX = 400
/** A typhoon is entered the week after; what is older was settled with the readers by then. */
const CLOSED_BACK_DAYS = 31
const CLOSED_DAYS_MAX = 2000

const span = { calendar: CalendarId, fromOn: CalendarDate, toOn: CalendarDate }
interface Span {
  readonly fromOn: CalendarDate
  readonly toOn: CalendarDate
}

const Summary = z.strictObject({ calendar: z.string(), daysCount: z.int() })

const calendarSubject = ({ calendar }: { readonly calendar: string }) =>
  aSubject({ rules: inRules({ calendarId: calendar }) })

export const closeDays = defineOperation({
  kind: 'calendar.close-days',
  evidence: 'intent',
  permission: 'edit-calendar',
  audit: 'policy',
  payload: z.strictObject({ ...span, reason: PlainText(100).min(1) }),
  summary: Summary,
  asks: ({ calendar }) => askedOfCalendar(calendar),
  subject: calendarSubject,
  decide: (facts, { reason, ...days }, ctx) =>
    onCalendar(facts, days.calendar, (calendar) => {
      const closed = new Set<string>(calendar.closedOn)
      const added = daysOf(days).filter((day) => !closed.has(day))
      const why = added.map((on) => ({ on, reason }))
      return {
        findings: [
          ...spanFindings(days, ctx),
          ...(added.length === 0 ? [note('closed-already', 'K1')] : []),
          ...tooMany(calendar.closedOn.length + added.length),
        ],
        daysCount: added.length,
        set: {
          closedOn: [...calendar.closedOn, ...added].toSorted(),
          closedWhy: [...calendar.closedWhy, ...why].toSorted((a, b) => (a.on < b.on ? -1 : 1)),
        },
      }
    }),
})

export const reopenDays = defineOperation({
  kind: 'calendar.reopen-days',
  evidence: 'intent',
  permission: 'edit-calendar',
  audit: 'policy',
  payload: z.strictObject(span),
  summary: Summary,
  asks: ({ calendar }) => askedOfCalendar(calendar),
  subject: calendarSubject,
  decide: (facts, days, ctx) =>
    onCalendar(facts, days.calendar, (calendar) => {
      const isReopened = (on: CalendarDate): boolean => on >= days.fromOn && on <= days.toOn
      const daysCount = calendar.closedOn.filter(isReopened).length
      return {
        findings: [
          ...spanFindings(days, ctx),
          ...(daysCount === 0 ? [note('open-already', 'K2')] : []),
        ],
        daysCount,
        set: {
          closedOn: calendar.closedOn.filter((on) => !isReopened(on)),
          closedWhy: calendar.closedWhy.filter(({ on }) => !isReopened(on)),
        },
      }
    }),
})

interface Changed {
  readonly findings: readonly Finding[]
  readonly daysCount: number
  readonly set: Pick<Calendar, 'closedOn' | 'closedWhy'>
}

/** Each day for itself, on the calendar as the city has it: what two desks close is closed. */
function onCalendar(facts: Facts, id: CalendarId, change: (calendar: Calendar) => Changed) {
  const { calendar } = facts.rules
  if (calendar === null) {
    const findings = [impossible('unknown-calendar', 'K1')]
    const summary = { calendar: id as string, daysCount: 0 }
    return { findings, changes: [], summary, about: aboutNobody }
  }
  const { findings, daysCount, set } = change(calendar)
  return {
    findings,
    changes: daysCount === 0 ? [] : [patch('calendar', calendar.id, set)],
    summary: { calendar: id as string, daysCount },
    about: aboutNobody,
  }
}

function* eachDay({ fromOn, toOn }: Span): Generator<CalendarDate> {
  // Decided also where the span is refused: a mistyped year must not run for ever.
  for (let day = fromOn, count = 0; day <= toOn && count < CLOSED_SPAN_MAX; count += 1) {
    yield day
    day = addDays(day, 1)
  }
}
const daysOf = (span: Span): CalendarDate[] => [...eachDay(span)]

function spanFindings({ fromOn, toOn }: Span, ctx: Ctx): Finding[] {
  const found: Finding[] = []
  const days = daysBetween(fromOn, toOn) + 1
  if (days < 1) found.push(impossible('days-reversed', 'K1'))
  if (days > CLOSED_SPAN_MAX) {
    found.push(impossible('closure-too-long', 'K1', { params: { limit: CLOSED_SPAN_MAX } }))
  }
  if (fromOn < addDays(ctx.today, -CLOSED_BACK_DAYS)) {
    found.push(impossible('closure-too-old', 'K3', { params: { days: CLOSED_BACK_DAYS } }))
  }
  return found
}

const tooMany = (count: number): Finding[] =>
  count > CLOSED_DAYS_MAX
    ? [impossible('closure-too-long', 'K1', { params: { limit: CLOSED_DAYS_MAX } })]
    : []
