/** Which day of this desk is shown, and what is looked for in it. */
import type { TFunction } from 'i18next'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOf } from '../../../contract/queries.ts'
import { operationKinds } from '../../../domain/operations/index.ts'
import { addDays } from '../../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import type { KeyAction } from '../../app/keys.tsx'
import { useToday } from '../../app/use-today.ts'

const PAGE = 500
const ROWS_MAX = 5_000

export interface Day {
  readonly on: CalendarDate
  readonly isToday: boolean
  readonly text: string
  readonly areRefused: boolean
  /** Something is looked for, or another day than today. */
  readonly isNarrowed: boolean
  readonly ask: AskOf<'today'>
  readonly look: (text: string) => void
  /** The day before the first kept one was wanted: there is nothing to show. */
  readonly isFirst: boolean
  /** -1: the day before. Never beyond today, nor before what this desk keeps. */
  readonly step: (days: number, keptSinceOn: CalendarDate) => void
  readonly turnRefused: () => void
  readonly showMore: () => void
}

export function useDay(): Day {
  const { t } = useTranslation()
  const today = useToday()
  const [chosenOn, setChosenOn] = useState<CalendarDate | null>(null)
  const [text, setText] = useState('')
  const [areRefused, setAreRefused] = useState(false)
  const [isFirst, setIsFirst] = useState(false)
  const [limit, setLimit] = useState(PAGE)
  const sought = useDeferredValue(text.trim())
  const isToday = chosenOn === null
  const from = <T>(set: (value: T) => void) => {
    return (value: T): void => {
      setLimit(PAGE)
      set(value)
    }
  }
  return {
    on: chosenOn ?? today,
    isToday,
    text,
    areRefused,
    isFirst,
    isNarrowed: sought !== '' || areRefused || !isToday,
    ask: {
      limit,
      on: chosenOn,
      ...(sought === '' ? {} : { text: sought, kinds: kindsCalled(t, sought) }),
      ...(areRefused ? { areRefused } : {}),
    },
    look: from(setText),
    step: (days, keptSinceOn) => {
      const next = addDays(chosenOn ?? today, days)
      const isBefore = days < 0 && next < keptSinceOn
      setIsFirst(isBefore)
      if (isBefore) return
      setLimit(PAGE)
      setAreRefused(false)
      setChosenOn(next >= today ? null : next)
    },
    turnRefused: () => {
      setLimit(PAGE)
      setAreRefused(!areRefused)
    },
    showMore: () => setLimit(Math.min(ROWS_MAX, limit + PAGE)),
  }
}

/** The desk knows no words: those of the operations are looked for here. */
function kindsCalled(t: TFunction, text: string): string[] {
  const sought = text.toLowerCase()
  return operationKinds.filter((kind) =>
    t(`today.kind.${kind as 'other'}`)
      .toLowerCase()
      .includes(sought),
  )
}

/** `keptSinceOn`: null until the list is there; until then there is no day to go to. */
export const dayKeys = (t: TFunction, day: Day, keptSinceOn: CalendarDate | null): KeyAction[] => [
  ...(keptSinceOn === null ? [] : stepKeys(t, day, keptSinceOn)),
  { combo: 'x', label: t('today.refusedOnly'), run: day.turnRefused, isInFields: false },
  { combo: 'm', label: t('today.moreKey'), run: day.showMore, isInFields: false },
]

function stepKeys(t: TFunction, { step }: Day, keptSinceOn: CalendarDate): KeyAction[] {
  const by = (days: number) => ({ run: () => step(days, keptSinceOn), isInFields: false })
  return [
    { combo: 'ArrowLeft', label: t('today.dayBefore'), ...by(-1) },
    { combo: 'ArrowRight', label: t('today.dayAfter'), ...by(1) },
  ]
}
