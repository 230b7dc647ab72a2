import { LeftOutlined, RightOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import type { Day } from './use-day.ts'

interface DayToolsProps {
  readonly day: Day
  readonly field: RefObject<InputRef | null>
  readonly keptSinceOn: CalendarDate
}

/** What is looked for, on which day; or what the city did not take, of all days. */
export function DayTools({ day, field, keptSinceOn }: DayToolsProps) {
  const { t } = useTranslation()
  return (
    <div className="cd-today-tools">
      <Input
        ref={field}
        value={day.text}
        maxLength={100}
        allowClear
        prefix={<SearchOutlined />}
        suffix={<KeyHint combo="/" />}
        placeholder={t('today.search')}
        aria-label={t('today.search')}
        data-testid="today-search"
        onChange={(event) => day.look(event.target.value)}
        // Down from here are the lines that were found.
        onPressEnter={() => field.current?.blur()}
      />
      <Button
        icon={<LeftOutlined />}
        disabled={day.areRefused || day.on <= keptSinceOn}
        onClick={() => day.step(-1, keptSinceOn)}
        aria-label={t('today.dayBefore')}
        data-testid="today-before"
      >
        <KeyHint combo="←" />
      </Button>
      <strong className="cd-number" data-testid="today-on">
        {day.areRefused ? t('today.allDays') : day.isToday ? t('today.today') : day.on}
      </strong>
      <Button
        icon={<RightOutlined />}
        disabled={day.areRefused || day.isToday}
        onClick={() => day.step(1, keptSinceOn)}
        aria-label={t('today.dayAfter')}
        data-testid="today-after"
      >
        <KeyHint combo="→" />
      </Button>
      <Button
        type={day.areRefused ? 'primary' : 'default'}
        aria-pressed={day.areRefused}
        onClick={day.turnRefused}
        data-testid="today-refused"
      >
        {t('today.refusedOnly')} <KeyHint combo="x" />
      </Button>
      <span role="status" className="cd-quiet" data-testid="today-first">
        {day.isFirst && t('today.firstKept', { date: keptSinceOn })}
      </span>
    </div>
  )
}
