import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { Calendar } from '../../../domain/records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useMay } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { dateFromText } from '../../ui/date-text.ts'
import { Panel } from '../../ui/panel.tsx'
import { Choose } from './choose.tsx'
import { ClosingForm } from './closing-form.tsx'
import type { ClosingTexts, Days } from './closing-form.tsx'
import { HoursForm } from './hours-form.tsx'
import { MonthGrid } from './month-grid.tsx'
import { named } from '../../app/rule-words.ts'
import type { Words } from '../../app/rule-words.ts'
import type { RuleActs } from './use-rule-acts.ts'

interface CalendarViewProps {
  readonly places: AnswerOf<'branches'>
  readonly words: Words
  readonly ownLibraryId: string
  readonly acts: RuleActs
}

export function CalendarView({ places, words, ownLibraryId, acts }: CalendarViewProps) {
  const { t } = useTranslation()
  const today = useToday()
  const mayEdit = useMay('edit-calendar')
  const [libraryId, setLibraryId] = useState(ownLibraryId)
  const [texts, setTexts] = useState<ClosingTexts>({ first: '', last: '', reason: '' })
  const calendarId = places.branches.find((one) => one.libraryId === libraryId)?.calendarId
  const calendar = places.calendars.find(({ id }) => id === calendarId)
  if (calendar === undefined) return null
  const days = daysOf(texts)
  return (
    <div className="cd-rules-body">
      <Panel className="cd-grow cd-scroll" title={t('rules.tab.calendar')}>
        <Choose
          label={t('rules.library')}
          value={libraryId}
          choices={words.libraries.map((one) => ({ value: one.id, label: named(words, one) }))}
          onChoose={(id) => setLibraryId(id ?? ownLibraryId)}
          testId="calendar-library"
        />
        <MonthGrid
          calendar={calendar}
          today={today}
          isChosen={(day) => days !== null && day >= days.fromOn && day <= days.toOn}
        />
        <h3>{t('rules.upcoming')}</h3>
        <Upcoming calendar={calendar} today={today} />
      </Panel>
      <Panel className="cd-grow cd-scroll" title={t('rules.closeTitle')}>
        {mayEdit ? (
          <ClosingForm
            calendar={calendar}
            today={today}
            texts={texts}
            onTexts={setTexts}
            days={days}
            acts={acts}
          />
        ) : (
          <p className="cd-quiet">{t('rules.mayNot')}</p>
        )}
        <h3>{t('rules.hoursTitle')}</h3>
        {mayEdit && <p className="cd-quiet">{t('rules.hoursHint')}</p>}
        <HoursForm calendar={calendar} acts={acts} mayEdit={mayEdit} />
      </Panel>
    </div>
  )
}

/** A single day needs no second date. */
function daysOf({ first, last }: ClosingTexts): Days | null {
  const fromOn = dateFromText(first)
  const toOn = last.trim() === '' ? fromOn : dateFromText(last)
  if (fromOn === null || toOn === null) return null
  return { fromOn: fromOn as CalendarDate, toOn: toOn as CalendarDate }
}

const SHOWN_MAX = 40

function Upcoming({ calendar, today }: { readonly calendar: Calendar; readonly today: string }) {
  const { t } = useTranslation()
  const why = new Map<string, string>(calendar.closedWhy.map(({ on, reason }) => [on, reason]))
  const days = calendar.closedOn.filter((on) => on >= today).slice(0, SHOWN_MAX)
  if (days.length === 0) return <p className="cd-quiet">{t('rules.noneUpcoming')}</p>
  return (
    <ul className="cd-closed-days" data-testid="closed-days">
      {days.map((on) => (
        <li key={on} data-day={on}>
          <span className="cd-number">{on}</span>{' '}
          <span translate="no">{why.get(on) ?? t('rules.noReason')}</span>
        </li>
      ))}
    </ul>
  )
}
