/** A reader with open loans, soonest due first. Costs the same at 1,000 loans. */
import { get } from '../../domain/gathering.ts'
import type { Gathering } from '../../domain/gathering.ts'
import { holderOf, standingReader } from '../../domain/reader-facts.ts'
import type { CardHolder } from '../../domain/reader-facts.ts'
import type { Card, ReaderMessage } from '../../domain/reader-records.ts'
import type { Fee, Item, Loan, Reader } from '../../domain/records.ts'
import { isPastDue } from '../../domain/policy/effective-due.ts'
import type { EffectiveDue } from '../../domain/policy/effective-due.ts'
import type { CalendarDate, EpochMs } from '../../domain/words/calendar-date.ts'
import type { BranchId } from '../../domain/words/ids.ts'
import type { Rows } from '../replica/rows.ts'
import { gatherFrom } from '../replica/load-facts.ts'
import { dueNow, isOverdue } from './overdue.ts'
import type { AskedAt, Stores } from './stores.ts'
import { titleRows } from './title-row.ts'
import type { TitleRow } from './title-row.ts'

export interface ReaderCard {
  readonly reader: Reader
  readonly categoryNameZh: string
  readonly categoryNameEn: string
  readonly itemsMax: number
  readonly guardian: Reader | null
  readonly loans: readonly LoanRow[]
  readonly loansCount: number
  readonly overdueCount: number
  readonly fees: readonly Fee[]
  readonly cards: readonly Card[]
  readonly messages: readonly { readonly message: ReaderMessage; readonly staffName: string }[]
  readonly scannedCard: Card | null
}

interface LoanRow {
  readonly loan: Loan
  readonly item: Item | null
  readonly title: TitleRow | null
  readonly due: EffectiveDue
  readonly isOverdue: boolean
}

interface Ask {
  readonly card: string | null
  readonly readerId: string | null
  readonly loansLimit: number
}

const FEES_MAX = 200

export function readerCard(
  { replica, catalogue }: Stores,
  ask: Ask,
  { today, at }: AskedAt,
): ReaderCard | null {
  const { rows } = replica
  const { reader, scannedCard } = gatherFrom(rows, holderAsked(ask))
  if (reader === null) return null
  const policy = rows.row('policy', 'city')
  const category = policy?.readerCategories.find((one) => one.id === reader.category)
  const loans = rows.select(
    'loan',
    'WHERE readerId = ? AND returnedAt IS NULL ORDER BY dueOn LIMIT ?',
    reader.id,
    ask.loansLimit,
  )
  const items = loans.map((loan) => rows.row('item', loan.itemId))
  const titleOf = titleRows(
    catalogue,
    items.map((item) => item?.titleId),
  )
  return {
    reader,
    categoryNameZh: category?.nameZh ?? reader.category,
    categoryNameEn: category?.nameEn ?? reader.category,
    itemsMax: category?.itemsMax ?? 0,
    guardian: gatherFrom(rows, guardianOf(reader)),
    loans: loans.map((loan, index) => ({
      loan,
      item: items[index] ?? null,
      title: titleOf(items[index]?.titleId),
      ...dueRow(rows, loan, at),
    })),
    ...counts(replica, reader.id, { today, at }),
    fees: rows.select(
      'fee',
      'WHERE readerId = ? AND settledAt IS NULL ORDER BY openedAt LIMIT ?',
      reader.id,
      FEES_MAX,
    ),
    cards: rows.find('cardsOfReader', [reader.id]),
    messages: rows
      .find('messagesOfReader', [reader.id])
      .filter(({ dismissedAt }) => dismissedAt === null)
      .map((message) => ({ message, staffName: rows.row('staff', message.staffId)?.name ?? '' })),
    scannedCard,
  }
}

/** By any of their cards; whoever was merged into another is that other. */
function* holderAsked({ card, readerId }: Ask): Gathering<CardHolder> {
  if (card !== null) return yield* holderOf(card)
  const named = yield* get('reader', readerId)
  return { reader: yield* standingReader(named), scannedCard: null }
}

function* guardianOf({ guardianReaderId }: Reader): Gathering<Reader | null> {
  return yield* standingReader(yield* get('reader', guardianReaderId))
}

/** As isRunning of domain/item-facts.ts has it. */
const RUNNING = 'AND isDisputed = 0 AND claimedReturnedAt IS NULL AND lostAt IS NULL'

function dueRow(rows: Rows, loan: Loan, at: EpochMs): Pick<LoanRow, 'due' | 'isOverdue'> {
  const due = dueNow(rows, loan)
  return { due, isOverdue: isOverdue(loan, due, at) }
}

/** Counted rather than taken from the reader: a counter may not yet know of a loan just disputed. */
function counts({ rows }: Stores['replica'], readerId: string, { today, at }: AskedAt) {
  const of = 'FROM loan WHERE readerId = ? AND returnedAt IS NULL'
  const [all] = rows.raw(`SELECT count(*) AS count ${of}`, readerId)
  // Few days and places: each is held against its calendar once, whatever the number of loans.
  const late = rows.raw(
    `SELECT lentBranchId, dueOn, dueAt, max(lentAt) AS lentAt, count(*) AS count
     ${of} ${RUNNING} AND (dueOn < ? OR dueAt < ?) GROUP BY lentBranchId, dueOn, dueAt`,
    readerId,
    today,
    at,
  )
  const overdue = late.filter((group) => {
    const dueAt = group['dueAt'] === null ? null : Number(group['dueAt'])
    const dueOn = String(group['dueOn']) as CalendarDate
    const lentAt = Number(group['lentAt'])
    const lentBranchId = String(group['lentBranchId']) as BranchId
    return isPastDue(dueNow(rows, { lentBranchId, lentAt, dueOn, dueAt }), at)
  })
  const overdueCount = overdue.reduce((sum, group) => sum + Number(group['count']), 0)
  return { loansCount: Number(all?.['count']), overdueCount }
}
