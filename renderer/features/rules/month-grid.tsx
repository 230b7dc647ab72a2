import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenOn } from '../../../domain/policy/calendar.ts'
import type { Calendar } from '../../../domain/records.ts'
import { CalendarDate, addDays, weekdayOf } from '../../../domain/words/calendar-date.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKeys } from '../../app/keys.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** The first of the month that is `by` months from the one of `date`. */
function firstOfMonth(date: CalendarDate, by: number): CalendarDate {
  const [year = 2000, month = 1] = date.split('-').map(Number)
  const at = year * 12 + (month - 1) + by
  const [toYear, toMonth] = [Math.floor(at / 12), (at % 12) + 1]
  return CalendarDate.parse(`${toYear}-${String(toMonth).padStart(2, '0')}-01`)
}

function daysOfMonth(first: CalendarDate): CalendarDate[] {
  const next = firstOfMonth(first, 1)
  const days: CalendarDate[] = []
  for (let day = first; day < next; day = addDays(day, 1)) days.push(day)
  return days
}

interface MonthGridProps {
  readonly calendar: Calendar
  readonly today: CalendarDate
  /** About to be changed. */
  readonly isChosen: (day: CalendarDate) => boolean
}

/** One month: a word beside the colour says why a day is shut. */
export function MonthGrid({ calendar, today, isChosen }: MonthGridProps) {
  const { t } = useTranslation()
  const [by, setBy] = useState(0)
  const first = firstOfMonth(today, by)
  const days = daysOfMonth(first)
  const [year = '', month = ''] = first.split('-')
  const why = new Map<string, string>(calendar.closedWhy.map(({ on, reason }) => [on, reason]))
  useKeys([
    { combo: 'PageUp', label: t('rules.earlier'), run: () => setBy(by - 1) },
    { combo: 'PageDown', label: t('rules.later'), run: () => setBy(by + 1) },
  ])
  return (
    <div className="cd-month" data-testid="month">
      <div className="cd-month-head">
        <Button onClick={() => setBy(by - 1)}>
          {t('rules.earlier')} <KeyHint combo="PageUp" />
        </Button>
        <strong>{t('rules.month', { year, month: Number(month) })}</strong>
        <Button onClick={() => setBy(by + 1)}>
          {t('rules.later')} <KeyHint combo="PageDown" />
        </Button>
      </div>
      <ol className="cd-month-days">
        {weekdays.map((weekday) => (
          <li key={weekday} className="cd-month-weekday" aria-hidden>
            {t(`rules.weekday.d${weekday}`)}
          </li>
        ))}
        {days.map((day) => {
          const isClosed = calendar.closedOn.includes(day)
          const kind = isClosed ? 'closed' : isOpenOn(calendar, day) ? 'open' : 'weekly'
          const said = why.get(day) ?? t(`rules.day.${kind}`)
          return (
            <li
              key={day}
              className={`cd-day cd-day-${kind}${isChosen(day) ? ' cd-day-chosen' : ''}`}
              style={day === first ? { gridColumnStart: weekdayOf(first) } : {}}
              aria-current={day === today ? 'date' : undefined}
              data-day={day}
              data-kind={kind}
              title={said}
            >
              <span className="cd-number">{Number(day.slice(8))}</span>
              {kind !== 'open' && <small translate="no">{said}</small>}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
