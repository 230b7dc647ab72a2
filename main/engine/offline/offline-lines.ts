/**
 * What other systems' desks wrote while they were offline: Koha's `.koc` (tabs, times as two of its
 * programs write them) and Evergreen's `pending.xacts` (a JSON object a line). Neither has ids,
 * staff or a zone; the zone is the city's.
 */
import { z } from 'zod'
import { CalendarDate, dateAt, startOf } from '../../../domain/words/calendar-date.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'
import { IN_HOUSE_USES_MAX } from '../../../domain/operations/check-in.ts'
import { PlainText } from '../../../domain/words/plain-text.ts'

export type OfflineLine =
  | {
      readonly is: 'check-out'
      readonly barcode: string
      readonly card: string
      /** What the reader was told, where the file says it. */
      readonly dueOn: CalendarDate | null
      readonly happenedAt: EpochMs
    }
  | {
      readonly is: 'check-in'
      readonly barcode: string
      readonly happenedAt: EpochMs
      /** The day it counts as returned on: the event's, or an earlier one that the file names. */
      readonly returnedOn: CalendarDate
    }
  | {
      /** The reader had it already, and was told a new date. */
      readonly is: 'renewal'
      readonly barcode: string
      /** Null where the file names the item alone. */
      readonly card: string | null
      readonly dueOn: CalendarDate | null
      readonly happenedAt: EpochMs
    }
  | {
      /** Read in the building, without a loan. */
      readonly is: 'in-house'
      readonly barcode: string
      readonly usesCount: number
      readonly happenedAt: EpochMs
    }
  | {
      readonly is: 'payment'
      readonly card: string
      readonly amountFen: number
      readonly happenedAt: EpochMs
    }
  /** Understood, and nothing that this desk can do: `reason` is the file's own word for it. */
  | { readonly is: 'not-taken'; readonly reason: string; readonly happenedAt: EpochMs | null }
  | { readonly is: 'unusable'; readonly reason: string }
  | { readonly is: 'header' }

const unusable = (reason: string): OfflineLine => ({ is: 'unusable', reason })

/** Reads one line of either format; a line that cannot be read says why. */
export function readOfflineLine(text: string): OfflineLine {
  const line = text.replace(/^\ufeff/, '').trimEnd()
  if (line.startsWith('Version=')) {
    return /^Version=1(?:\.|\t|$)/.test(line) ? { is: 'header' } : unusable('koc-version')
  }
  return line.startsWith('{') ? readXact(line) : readKoc(line)
}

/** What a label or a card can hold; no operation takes another. */
const isLabel = (text: string): boolean => PlainText(64).min(1).safeParse(text).success

/** `2026-07-22 10-15-30 000`, `2008-06-11 12:24:11 547`. */
const kocTime = /^(\d{4}-\d{2}-\d{2}) (\d{2})[:-](\d{2})[:-](\d{2})(?: (\d{1,3}))?$/

function readKoc(line: string): OfflineLine {
  const [time = '', action = '', first = '', second = ''] = line
    .split('\t')
    .map((cell) => cell.trim())
  if (!kocTime.test(time)) return unusable('not-of-this-format')
  const happenedAt = instantOf(time)
  if (happenedAt === null) return unusable('time')
  switch (action) {
    case 'issue':
      return !isLabel(first) || !isLabel(second)
        ? unusable('issue-needs-card-and-item')
        : { is: 'check-out', card: first, barcode: second, dueOn: null, happenedAt }
    case 'return':
      return !isLabel(first)
        ? unusable('return-needs-item')
        : { is: 'check-in', barcode: first, happenedAt, returnedOn: dateAt(happenedAt) }
    case 'payment':
      return readPayment(first, second, happenedAt)
    case '':
      return unusable('action-missing')
    default:
      return { is: 'not-taken', reason: action, happenedAt }
  }
}

const AMOUNT_FEN_MAX = 100_000_000

/** `5.00`: yuan, the fen after a point. */
function readPayment(card: string, amount: string, happenedAt: EpochMs): OfflineLine {
  if (!isLabel(card)) return unusable('payment-needs-card')
  const [, yuan, fen = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(amount) ?? []
  const amountFen = Number(yuan) * 100 + Number(fen.padEnd(2, '0'))
  return amountFen > 0 && amountFen <= AMOUNT_FEN_MAX
    ? { is: 'payment', card, amountFen, happenedAt }
    : unusable('amount')
}

function instantOf(time: string): EpochMs | null {
  const [, date, hours, minutes, seconds, ms = '0'] = kocTime.exec(time) ?? []
  const on = CalendarDate.safeParse(date)
  if (!on.success || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const inDay = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(ms)
  return startOf(on.data) + inDay
}

const Text = z.union([z.string(), z.number()]).transform((value) => String(value).trim())

/** What is read of a line of `pending.xacts`; it holds much more. `delta`: seconds the clock was off. */
const Xact = z.object({
  timestamp: z.coerce.number().positive().max(1e11),
  delta: z.coerce.number().default(0),
  type: z.string().max(40),
  barcode: Text.default(''),
  patron_barcode: Text.default(''),
  due_date: z.string().nullish(),
  backdate: z.string().nullish(),
  count: z.coerce.number().int().min(1).max(IN_HOUSE_USES_MAX).catch(1),
  noncat: z.union([z.number(), z.string(), z.boolean()]).nullish(),
})

function readXact(line: string): OfflineLine {
  const read = Xact.safeParse(parseJson(line))
  if (!read.success) return unusable('not-of-this-format')
  const { type, barcode, patron_barcode: card, timestamp, delta } = read.data
  const happenedAt = Math.round((timestamp + delta) * 1000)
  if (happenedAt < 0) return unusable('time')
  const { due_date: dueOn, backdate, noncat } = read.data
  if (type === 'checkout') {
    if (Number(noncat ?? 0) > 0) return { is: 'not-taken', reason: 'noncat', happenedAt }
    if (!isLabel(barcode) || !isLabel(card)) return unusable('checkout-needs-card-and-item')
    return { is: 'check-out', barcode, card, dueOn: dateIn(dueOn), happenedAt }
  }
  if (type === 'checkin') {
    if (!isLabel(barcode)) return unusable('checkin-needs-item')
    const returnedOn = dateIn(backdate) ?? dateAt(happenedAt)
    return { is: 'check-in', barcode, happenedAt, returnedOn }
  }
  if (type === 'renew') {
    if (!isLabel(barcode)) return unusable('renew-needs-item')
    const named = isLabel(card) ? card : null
    return { is: 'renewal', barcode, card: named, dueOn: dateIn(dueOn), happenedAt }
  }
  if (type === 'in_house_use') {
    if (!isLabel(barcode)) return unusable('use-needs-item')
    return { is: 'in-house', barcode, usesCount: read.data.count, happenedAt }
  }
  return { is: 'not-taken', reason: type, happenedAt }
}

/** The date that a date or a time begins with; null where there is none. */
function dateIn(text: string | null | undefined): CalendarDate | null {
  const on = CalendarDate.safeParse((text ?? '').slice(0, 10))
  return on.success ? on.data : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Cut off or garbled: the line is reported, and the next is read.
    return null
  }
}
