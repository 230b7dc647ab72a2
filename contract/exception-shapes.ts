/** What the exceptions screen is told. */
import { z } from 'zod'
import { ExceptionKind, Item, LedgerException, Loan } from '../domain/records.ts'
import { Settlement, Severity } from '../domain/settlements.ts'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import { ExcessShape } from './money-shapes.ts'

/** An exception as a row of the list. */
const ExceptionRow = z.strictObject({
  exception: LedgerException,
  severity: Severity,
  title: z.string().nullable(),
  barcode: z.string().nullable(),
  assigneeName: z.string().nullable(),
})

/** One step of a history: what happened, where, by whom, to whom. */
const HistoryStep = z.strictObject({
  what: z.enum([
    'lent',
    'returned',
    'done',
    'arrived',
    'seen',
    'held',
    'registered',
    'charged',
    'paid',
    'waits',
    'has-hold',
    'waived',
  ]),
  at: z.number(),
  branchId: z.string().nullable(),
  deviceId: z.string().nullable(),
  staffName: z.string().nullable(),
  /** Masked. */
  reader: z.string().nullable(),
})
export type HistoryStep = z.infer<typeof HistoryStep>

const HistorySide = z.strictObject({
  side: z.enum(['first', 'second', 'desk', 'city']),
  /** Null where no reader is known, or this desk does not hold the row. */
  reader: z.strictObject({ id: z.string(), name: z.string(), cardNumber: z.string() }).nullable(),
  loan: Loan.nullable(),
  /** The earliest first. */
  steps: z.array(HistoryStep),
})
export type HistorySide = z.infer<typeof HistorySide>

export const ExceptionDetail = z.strictObject({
  exception: LedgerException,
  severity: Severity,
  item: Item.nullable(),
  title: z.string().nullable(),
  sides: z.array(HistorySide).length(2),
  /** What fits, the proposed one first; none once it is settled. */
  settlements: z.array(Settlement),
  assigneeName: z.string().nullable(),
  settledByName: z.string().nullable(),
  comments: z.array(z.strictObject({ at: z.number(), by: z.string(), text: z.string() })),
  /** Of `request-refused`: what the desk told the reader. */
  promise: z
    .strictObject({
      dueOn: CalendarDate.nullable(),
      hold: z
        .strictObject({ pickupBranchId: z.string(), neededByOn: CalendarDate.nullable() })
        .nullable(),
      waivedFen: z.int().nullable(),
    })
    .nullable(),
  /** Of `fee-settled-twice`, while something is to be given back. */
  excess: ExcessShape.nullable(),
  /** Who may take it on at its branch. */
  assignees: z.array(z.strictObject({ id: z.string(), name: z.string() })),
})

export const ExceptionList = z.strictObject({
  rows: z.array(ExceptionRow),
  openCount: z.int(),
  /** Of the open ones; kinds that have none are left out. */
  counts: z.array(
    z.strictObject({
      kind: ExceptionKind,
      severity: Severity,
      today: z.int(),
      /** Opened one to three days ago. */
      days: z.int(),
      older: z.int(),
    }),
  ),
})
