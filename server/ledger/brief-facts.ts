/** What the whole city is told of items and cards, by the feed `brief`. */
import { createHmac } from 'node:crypto'
import { put, remove } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { BlockedCard } from '../../domain/ledger-records.ts'
import type { Card } from '../../domain/reader-records.ts'
import type { Item, Reader } from '../../domain/records.ts'
import { briefItem } from '../../domain/scopes.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { BriefDirty } from '../storage/ledger-storage.ts'

const NO_END = '9999-12-31' as CalendarDate

/** Through which day the reader may borrow nothing by any card; null where they may. */
const blockOfReader = (reader: Reader): CalendarDate | null =>
  reader.cardState === 'closed'
    ? NO_END
    : reader.blockedFor.includes('lend')
      ? reader.blockedUntilOn
      : null

/**
 * Through which day the main card may borrow nothing; null where it may. Of a merged record the
 * number is a card of another reader.
 */
export const blockOf = (reader: Reader): CalendarDate | null =>
  reader.mergedIntoId !== null ? null : reader.cardState === 'lost' ? NO_END : blockOfReader(reader)

/** Of any other card. A replaced one is asked about where its reader is known. */
export const blockOfCard = (card: Card, reader: Reader | null): CalendarDate | null =>
  card.state === 'lost' || card.state === 'closed'
    ? NO_END
    : reader === null
      ? null
      : blockOfReader(reader)

/** `key`: hex, of the city's policy. Desks compute the same of a card that they do not know. */
export const blockedCardId = (key: string, card: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(card).digest('hex').slice(0, 32)

/** What stands against whoever carries the card now, and its number: what is told of it. */
export function blockedCard(
  key: string,
  card: string,
  blocks: readonly (CalendarDate | null)[],
): Change {
  const id = blockedCardId(key, card)
  const until = blocks
    .flatMap((block) => block ?? [])
    .toSorted()
    .at(-1)
  if (until === undefined) return remove('blocked-card', id)
  const row: BlockedCard = { id, untilOn: until }
  return put('blocked-card', row)
}

export const toldOfItem = (id: string, item: Item | null): Change =>
  item === null ? remove('item', id) : put('item', briefItem(item))

/** Compared field by field: asked of every item that is lent or comes back. */
function sameInBrief(one: Item, other: Item): boolean {
  const [told, now] = [briefItem(one), briefItem(other)]
  return (Object.keys(now) as (keyof Item)[]).every((field) => told[field] === now[field])
}

export const itemDirty = (id: string, before: Item | null, after: Item | null): BriefDirty[] =>
  (before === null && after === null) ||
  (before !== null && after !== null && sameInBrief(before, after))
    ? []
    : [{ kind: 'item', id, card: null }]

export function readerDirty(id: string, before: Reader | null, after: Reader | null): BriefDirty[] {
  const [was, is] = [before, after].map((reader) =>
    reader === null
      ? null
      : `${blockOf(reader) ?? ''} ${blockOfReader(reader) ?? ''} ${reader.cardNumber}`,
  )
  const isToldOf = [before, after].some(
    (reader) => reader !== null && (blockOf(reader) ?? blockOfReader(reader)) !== null,
  )
  if (was === is || !isToldOf) return []
  const isNumberGone = before !== null && before.cardNumber !== after?.cardNumber
  return [{ kind: 'reader', id, card: isNumberGone ? before.cardNumber : null }]
}

/** A card is told of wherever it moves: whose it is decides whether it is blocked. */
export function cardDirty(id: string, before: Card | null, after: Card | null): BriefDirty[] {
  const [was, is] = [before, after].map((card) =>
    card === null ? null : `${card.state} ${card.readerId}`,
  )
  const card = (after ?? before)?.number ?? null
  return was === is || card === null ? [] : [{ kind: 'card', id, card }]
}
