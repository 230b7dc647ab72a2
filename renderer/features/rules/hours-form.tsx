import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayHours } from '../../../domain/operations/calendar-set-hours.ts'
import type { DayHours } from '../../../domain/operations/calendar-set-hours.ts'
import type { Calendar } from '../../../domain/records.ts'
import { hoursOfText, minuteWords } from './hours-text.ts'
import type { RuleActs } from './use-rule-acts.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

interface HoursFormProps {
  readonly calendar: Calendar
  readonly acts: RuleActs
  readonly mayEdit: boolean
}

/** One line a weekday; Enter saves the line. */
export function HoursForm({ calendar, acts, mayEdit }: HoursFormProps) {
  const { t } = useTranslation()
  return (
    <ul className="cd-hours" data-testid="hours">
      {weekdays.map((weekday) => {
        const now = dayHours(calendar, weekday)
        return (
          <li key={`${weekday} ${JSON.stringify(now)}`}>
            <span>{t(`rules.weekday.d${weekday}`)}</span>
            {mayEdit ? (
              <DayField calendar={calendar} weekday={weekday} now={now} acts={acts} />
            ) : (
              <HoursText hours={now} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function useHoursText(hours: DayHours): string {
  const { t } = useTranslation()
  if (hours.is === 'shut') return t('rules.shut')
  if (hours.is === 'open') return t('rules.openNoHours')
  return `${minuteWords(hours.opensAtMinute)}-${minuteWords(hours.closesAtMinute)}`
}

const HoursText = ({ hours }: { readonly hours: DayHours }) => (
  <span className="cd-number">{useHoursText(hours)}</span>
)

interface DayFieldProps {
  readonly calendar: Calendar
  readonly weekday: (typeof weekdays)[number]
  readonly now: DayHours
  readonly acts: RuleActs
}

function DayField({ calendar, weekday, now, acts }: DayFieldProps) {
  const { t } = useTranslation()
  const shown = useHoursText(now)
  const [text, setText] = useState(shown)
  const to = hoursOfText(text, t('rules.shut'))
  const maySave = to !== null && text !== shown && !acts.isWorking
  const save = (): void => {
    if (!maySave) return
    void acts.act('calendar.set-hours', { calendar: calendar.id, weekday, from: now, to })
  }
  return (
    <form
      className="cd-hours-day"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Input
        aria-label={t(`rules.weekday.d${weekday}`)}
        title={t('rules.hoursHint')}
        value={text}
        maxLength={20}
        data-testid={`hours-${weekday}`}
        onChange={({ target }) => setText(target.value)}
      />
      <Button htmlType="submit" disabled={!maySave}>
        {t('do.save')}
      </Button>
    </form>
  )
}
