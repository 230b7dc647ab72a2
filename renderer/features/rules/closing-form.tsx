import { Button, Input } from 'antd'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpenOn } from '../../../domain/policy/calendar.ts'
import type { Calendar } from '../../../domain/records.ts'
import { addDays } from '../../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useClosureEffectQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import type { RuleActs } from './use-rule-acts.ts'

export interface Days {
  readonly fromOn: CalendarDate
  readonly toOn: CalendarDate
}

export interface ClosingTexts {
  readonly first: string
  readonly last: string
  readonly reason: string
}

interface ClosingFormProps {
  readonly calendar: Calendar
  readonly today: CalendarDate
  readonly texts: ClosingTexts
  readonly onTexts: (texts: ClosingTexts) => void
  /** What the texts mean, or null. */
  readonly days: Days | null
  readonly acts: RuleActs
}

/** Enter closes the days; Alt+o reopens them. */
export function ClosingForm(props: ClosingFormProps) {
  const { calendar, today, texts, onTexts, days, acts } = props
  const { t } = useTranslation()
  const reason = texts.reason.trim()
  const mayClose = days !== null && reason !== '' && !acts.isWorking
  const mayReopen =
    days !== null &&
    !acts.isWorking &&
    calendar.closedOn.some((on) => on >= days.fromOn && on <= days.toOn)
  const clear = (): void => onTexts({ first: '', last: '', reason: '' })
  const close = async (): Promise<void> => {
    if (!mayClose) return
    const payload = { calendar: calendar.id, ...days, reason }
    if (await acts.act('calendar.close-days', payload)) clear()
  }
  const reopen = async (): Promise<void> => {
    if (!mayReopen) return
    if (await acts.act('calendar.reopen-days', { calendar: calendar.id, ...days })) clear()
  }
  useKeys([
    { combo: 'Control+s', label: t('rules.close'), run: () => void close() },
    { combo: 'Alt+o', label: t('rules.reopen'), run: () => void reopen() },
  ])
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    void close()
  }
  const field = (name: keyof ClosingTexts, label: string, hint: string) => (
    <label className="cd-rule-field">
      <span>{label}</span>
      <Input
        value={texts[name]}
        placeholder={hint}
        maxLength={name === 'reason' ? 100 : 20}
        data-testid={`closing-${name}`}
        onChange={({ target }) => onTexts({ ...texts, [name]: target.value })}
      />
    </label>
  )
  return (
    <form className="cd-rule-form" onSubmit={onSubmit} data-testid="closing-form">
      <div className="cd-rule-fields">
        {field('first', t('rules.firstDay'), t('rules.dateHint', { date: today }))}
        {field('last', t('rules.lastDay'), t('rules.dateHint', { date: today }))}
        {field('reason', t('rules.reason'), t('rules.reasonHint'))}
      </div>
      <p role="status" className="cd-rule-effect" data-testid="closure-effect">
        {days !== null && <ClosureEffect calendar={calendar} days={days} />}
      </p>
      <div className="cd-row-of-buttons">
        <Button type="primary" htmlType="submit" disabled={!mayClose} data-testid="close-days">
          {t('rules.close')} <KeyHint combo="Control+s" />
        </Button>
        <Button onClick={() => void reopen()} disabled={!mayReopen} data-testid="reopen-days">
          {t('rules.reopen')} <KeyHint combo="Alt+o" />
        </Button>
      </div>
    </form>
  )
}

const DAYS_SHOWN_MAX = 400

/** Told before it is saved. */
function ClosureEffect({
  calendar,
  days: { fromOn, toOn },
}: {
  readonly calendar: Calendar
  readonly days: Days
}) {
  const { t } = useTranslation()
  const { data: effect } = useClosureEffectQuery({ calendarId: calendar.id, fromOn, toOn })
  if (effect === undefined) return null
  let days = 0
  for (let day = fromOn, seen = 0; day <= toOn && seen < DAYS_SHOWN_MAX; seen += 1) {
    if (isOpenOn(calendar, day)) days += 1
    day = addDays(day, 1)
  }
  return t('rules.closureEffect', { days, due: effect.dueCount, late: effect.lateCount })
}
