/** What a change of the rules or of a calendar would do, told before it is saved. */
import { z } from 'zod'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { route } from './route.ts'

const name = z.string().max(80).nullable()
const Count = z.int().min(0)

export const ruleQueries = {
  /** Of the loans that this desk holds: which fall due on the days, which are late by then. */
  'closure-effect': route({
    ask: z.strictObject({
      calendarId: z.string().max(80),
      fromOn: CalendarDate,
      toOn: CalendarDate,
    }),
    answer: z.strictObject({ dueCount: Count, lateCount: Count }),
    permission: 'edit-calendar',
    audit: 'none',
    effect: 'none',
  }),
  /** Open loans that this desk holds and a line would be about. */
  'line-effect': route({
    ask: z.strictObject({
      itemType: name,
      readerCategory: name,
      audience: name,
      lendingLibraryId: name,
      ownerLibraryId: name,
    }),
    answer: z.strictObject({ loansCount: Count }),
    permission: 'edit-policy',
    audit: 'none',
    effect: 'none',
  }),
} as const
