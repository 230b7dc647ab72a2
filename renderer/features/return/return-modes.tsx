import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDayUntil } from '../../../domain/policy/calendar.ts'
import { addDays } from '../../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import { useToday } from '../../app/use-today.ts'
import { dateFromText } from '../../ui/date-text.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { returnOf } from './return-flow.ts'
import { dropDayChosen, modeChosen, returnModes } from './return-state.ts'
import type { ReturnMode } from './return-state.ts'

/** How it comes back decides as of which day, and whether a use in the building is counted. */
export function ReturnModes() {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const { mode, returnedOn } = useDeskSelector((state) => returnOf(state))
  const today = useToday()
  const lastOpenOn = useLastOpenDay(today)
  const choose = (to: ReturnMode): void => {
    // What lies in the drop in the morning came before the night: the last open day's end.
    const day = {
      drop: lastOpenOn,
      'back-date': addDays(today, -1),
      normal: null,
      'in-house': null,
    }
    dispatch(modeChosen({ mode: to, returnedOn: day[to] }))
  }
  const next = returnModes[(returnModes.indexOf(mode) + 1) % returnModes.length] ?? 'normal'
  useKeys([{ combo: 'Alt+w', label: t('returning.mode'), run: () => choose(next) }])
  return (
    <div className={mode === 'normal' ? 'cd-drop' : 'cd-drop cd-drop-on'} data-testid="book-drop">
      <Radio.Group
        aria-label={t('returning.mode')}
        optionType="button"
        buttonStyle="solid"
        value={mode}
        name="return-mode"
        data-testid="return-mode"
        onChange={(event) => choose(event.target.value as ReturnMode)}
        options={returnModes.map((value) => ({ value, label: t(`returning.modes.${value}`) }))}
      />
      <KeyHint combo="Alt+w" />
      {returnedOn !== null && <DayOfReturn returnedOn={returnedOn} today={today} />}
      <span className="cd-quiet" data-testid="return-mode-hint">
        {hintOf()}
      </span>
    </div>
  )

  function hintOf(): string {
    if (mode === 'in-house') return t('returning.inHouseHint')
    if (returnedOn === null) return t('returning.dropHint')
    const isLastOpen = mode === 'drop' && returnedOn === lastOpenOn
    return t(isLastOpen ? 'returning.dropOn' : 'returning.backDated', { date: returnedOn })
  }
}

/** Before today, as the branch's calendar has it; yesterday until the calendar has arrived. */
function useLastOpenDay(today: CalendarDate): CalendarDate {
  const { data: places } = useBranchesQuery({})
  const { branch } = useSignedIn()
  const calendar = places?.calendars.find(({ id }) => id === branch?.calendarId)
  const yesterday = addDays(today, -1)
  return calendar === undefined ? yesterday : openDayUntil(calendar, yesterday)
}

interface DayOfReturnProps {
  readonly returnedOn: string
  readonly today: CalendarDate
}

function DayOfReturn({ returnedOn, today }: DayOfReturnProps) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const [text, setText] = useState<string | null>(null)
  const days = [
    { day: today, word: t('returning.today') },
    { day: addDays(today, -1), word: t('returning.yesterday') },
    { day: addDays(today, -2), word: t('returning.dayBefore') },
  ]
  const isWrong = text !== null && text.length >= 8 && dateFromText(text) === null
  return (
    <>
      {days.map(({ day, word }) => (
        <Button
          key={day}
          size="small"
          type={day === returnedOn ? 'primary' : 'default'}
          aria-pressed={day === returnedOn}
          onClick={() => {
            setText(null)
            dispatch(dropDayChosen(day))
          }}
        >
          {word}
        </Button>
      ))}
      <Input
        className="cd-date"
        aria-label={t('returning.returnedOn')}
        value={text ?? returnedOn}
        {...(isWrong ? { status: 'error' as const } : {})}
        data-testid="book-drop-date"
        onChange={(event) => {
          const typed = event.target.value
          setText(typed)
          const day = dateFromText(typed)
          if (day !== null) dispatch(dropDayChosen(day))
        }}
        onBlur={() => setText(null)}
      />
    </>
  )
}
