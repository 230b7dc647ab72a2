import { Button, Input } from 'antd'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { openDayFrom } from '../../../domain/policy/calendar.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useBranchesQuery, useReaderCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import { useToday } from '../../app/use-today.ts'
import { wordsOfFinding } from '../../app/words.ts'
import { dateFromText } from '../../ui/date-text.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { dueByPolicy, dueChoiceOf, dueChosen } from './due-choice.ts'
import type { DueChoice } from './due-choice.ts'
import { lendOf } from './lend-flow.ts'
import { LOANS_SHOWN } from './reader-panel.tsx'

/** L32: a date for the next item, or for this visit; what stands in its way is said while it is typed. */
export function DueChoiceForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const { visitId } = useDeskSelector((state) => lendOf(state))
  const { choice } = useDeskSelector((state) => dueChoiceOf(state))
  const [isOpen, setIsOpen] = useState(false)
  useKeys([{ combo: 'Alt+d', label: t('dueChoice.choose'), run: () => setIsOpen(true) }])
  if (visitId === null) return null
  const standing = choice?.visitId === visitId ? choice : null
  const close = (): void => {
    setIsOpen(false)
    onDone()
  }
  const choose = (dueOn: CalendarDate | null, reach: DueChoice['reach']): void => {
    dispatch(dueOn === null ? dueByPolicy() : dueChosen({ dueOn, reach, visitId }))
    close()
  }
  if (isOpen) return <DayField standing={standing} onChoose={choose} onLeave={close} />
  const word = standing?.reach === 'visit' ? 'dueChoice.standsVisit' : 'dueChoice.standsItem'
  return (
    <>
      {standing !== null && (
        <>
          <strong role="status" data-testid="due-choice">
            {t(word, { dueOn: standing.dueOn })}
          </strong>
          <Button size="small" onClick={() => choose(null, 'item')}>
            {t('dueChoice.clear')}
          </Button>
        </>
      )}
      <Button
        size={standing === null ? 'middle' : 'small'}
        aria-label={t('dueChoice.choose')}
        onClick={() => setIsOpen(true)}
        data-testid="due-choice-open"
      >
        {t('dueChoice.choose')} <KeyHint combo="Alt+d" />
      </Button>
    </>
  )
}

interface DayFieldProps {
  readonly standing: DueChoice | null
  readonly onChoose: (dueOn: CalendarDate | null, reach: DueChoice['reach']) => void
  readonly onLeave: () => void
}

function DayField({ standing, onChoose, onLeave }: DayFieldProps) {
  const { t } = useTranslation()
  const today = useToday()
  const [text, setText] = useState(standing?.dueOn ?? '')
  const said = useSaid()
  const day = dateFromText(text) as CalendarDate | null
  const isEmpty = text.trim() === ''
  const isUsable = isEmpty || (day !== null && day >= today)
  const choose = (reach: DueChoice['reach']): void => {
    if (isUsable) onChoose(isEmpty ? null : day, reach)
  }
  useKeys([
    { combo: 'Escape', label: t('do.leave'), run: onLeave },
    { combo: 'Alt+Enter', label: t('dueChoice.forVisit'), run: () => choose('visit') },
  ])
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    choose('item')
  }
  return (
    <form className="cd-due-choice" onSubmit={onSubmit} data-testid="due-choice-form">
      <Input
        autoFocus
        className="cd-date"
        aria-label={t('dueChoice.day')}
        placeholder={today}
        value={text}
        {...(isUsable || text.length < 8 ? {} : { status: 'error' as const })}
        data-testid="due-choice-day"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!isUsable}>
        {t('dueChoice.forItem')} <KeyHint combo="Enter" />
      </Button>
      <Button disabled={!isUsable} onClick={() => choose('visit')} data-testid="due-choice-visit">
        {t('dueChoice.forVisit')} <KeyHint combo="Alt+Enter" />
      </Button>
      <span className="cd-quiet" role="status" data-testid="due-choice-said">
        {hintOf()}
      </span>
    </form>
  )

  function hintOf(): string {
    if (isEmpty) return t('dueChoice.hint')
    if (day === null) return text.length < 8 ? '' : t('dueChoice.wrong', { example: today })
    return day < today ? t('dueChoice.past') : said(day)
  }
}

/** What the verdict will say of it: a closed day, the end of the card. */
function useSaid(): (day: CalendarDate) => string {
  const { t, i18n } = useTranslation()
  const { card } = useDeskSelector((state) => lendOf(state))
  const { data: found } = useReaderCardQuery(
    { card, readerId: null, loansLimit: LOANS_SHOWN },
    { skip: card === null },
  )
  const { data: places } = useBranchesQuery({})
  const { branch } = useSignedIn()
  const calendar = places?.calendars.find(({ id }) => id === branch?.calendarId)
  return (day) => {
    const to = calendar === undefined ? day : openDayFrom(calendar, day)
    const expiresOn = found?.reader.expiresOn ?? to
    const words = (code: string, params: Record<string, string>): string =>
      wordsOfFinding(t, i18n.language, { code, params }).what
    return [
      to === day ? '' : words('due-date-moved', { from: day, to }),
      expiresOn < to ? words('due-date-after-card', { expiresOn }) : '',
    ].join('')
  }
}
