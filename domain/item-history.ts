/**
 * What is known of an item's history, and where an operation stands in it. A clock that is behind
 * says when, not what came first: whoever has the item in hand and knows of its return lends it after
 * that return (docs/decisions/0016).
 */
import type { Facts } from './facts.ts'
import type { Ctx } from './operation.ts'
import type { EpochMs } from './words/calendar-date.ts'

type OfItem = Pick<Facts, 'item' | 'loan' | 'openLoansOfItem'>

/** The latest that is known to have happened to the item, epoch ms; 0 where nothing is. */
export function itemHistoryAt({ item, loan, openLoansOfItem }: OfItem): EpochMs {
  const loans = loan === null ? openLoansOfItem : [loan, ...openLoansOfItem]
  const ofLoans = loans.flatMap(({ lentAt, returnedAt }) => [lentAt, returnedAt ?? 0])
  return Math.max(0, item?.lastCheckInAt ?? 0, item?.transitSentAt ?? 0, ...ofLoans)
}

/** … and the holds that a lending would fill: they were placed before it. */
export function knownAt(facts: Facts): EpochMs {
  const { holdOfItem, openOfReader } = facts.holds
  const placed = [...openOfReader, ...(holdOfItem === null ? [] : [holdOfItem])]
  return Math.max(itemHistoryAt(facts), ...placed.map(({ placedAt }) => placedAt))
}

/** When it stands in the item's history: never before what was known when it was done. */
export const placeInHistory = ({ at, knewAt }: Pick<Ctx, 'at' | 'knewAt'>): EpochMs =>
  Math.max(at, knewAt)
