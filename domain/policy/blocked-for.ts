/** How far a suspension reaches. Rules L4, N9, D7 of docs/rules.md. */
import { BlockScope } from '../reader-records.ts'
import type { Reader } from '../records.ts'
import { CalendarDate } from '../words/calendar-date.ts'

/** A block without an end. */
export const NO_END: CalendarDate = CalendarDate.parse('9999-12-31')

/** The last day on which the reader may not; null where they may. */
export const blockedUntil = (
  { blockedUntilOn, blockedFor }: Reader,
  what: BlockScope,
  today: CalendarDate,
): CalendarDate | null =>
  blockedUntilOn !== null && blockedUntilOn >= today && blockedFor.includes(what)
    ? blockedUntilOn
    : null

/** Both together, each once, in the order of the list: two desks come to the same. */
export const widened = (one: readonly BlockScope[], other: readonly BlockScope[]): BlockScope[] =>
  BlockScope.options.filter((scope) => one.includes(scope) || other.includes(scope))
