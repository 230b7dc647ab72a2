/** Rows that answers are made of. */
import { z } from 'zod'
import { Permission, Role } from '../domain/policy/roles.ts'
import { Branch, Item, Library, Loan, Title } from '../domain/records.ts'
import { CalendarDate, EpochMs } from '../domain/words/calendar-date.ts'
import { FindingShape } from './desk-api.ts'

/** What keeps the key of the databases: the desktop's keychain, or only the rights on a file. */
export const KeyProtection = z.enum(['keychain', 'file'])
export type KeyProtection = z.infer<typeof KeyProtection>

/** A title as a row of a list. */
export const TitleRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  author: z.string().nullable(),
  publisher: z.string().nullable(),
  year: z.string().nullable(),
  isbn: z.string().nullable(),
  clc: z.string().nullable(),
  kind: Title.shape.kind,
})
export type TitleRow = z.infer<typeof TitleRow>

/** `at`: of a loan of hours; null of one of days. */
export const DueShape = z.strictObject({ on: CalendarDate, at: EpochMs.nullable() })

export const LoanRow = z.strictObject({
  loan: Loan,
  item: Item.nullable(),
  title: TitleRow.nullable(),
  /** What holds: a library that closed meanwhile has moved its own (R21). */
  due: DueShape,
  isOverdue: z.boolean(),
})

export const SessionShape = z.strictObject({
  staff: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      username: z.string(),
      role: Role,
      permissions: z.array(Permission),
    })
    .nullable(),
  branch: Branch.nullable(),
  library: Library.nullable(),
  deskName: z.string(),
  deviceId: z.string().nullable(),
  /** The sample city: shows the sample accounts and the "pull the plug" switch. */
  isSampleCity: z.boolean(),
  /** Sample user names, offered on the sign-in screen of the sample city only. */
  sampleAccounts: z.array(
    z.strictObject({ username: z.string(), name: z.string(), role: Role, password: z.string() }),
  ),
  hasVirtualScanner: z.boolean(),
  keyProtection: KeyProtection,
  version: z.string(),
})

/**
 * `payment`, `points`: an entry of a ledger, which is taken back by its reversal · `deposit` goes back with
 * the category · `till` a count is a count · `asked` it asked the city and changed nothing here.
 */
const WhyNot = z.enum([
  'undone',
  'refused',
  'undo',
  'payment',
  'points',
  'certificate',
  'deposit',
  'reversal',
  'till',
  'asked',
  'changed-nothing',
])
export type WhyNot = z.infer<typeof WhyNot>

export const OperationRow = z.strictObject({
  id: z.string(),
  seq: z.int(),
  kind: z.string(),
  at: z.number(),
  staffName: z.string(),
  /** Pending until the server answered. */
  outcome: z.enum(['pending', 'applied', 'applied-with-exception', 'refused', 'quarantined']),
  findings: z.array(FindingShape),
  summary: z.unknown(),
  item: z.strictObject({ id: z.string(), barcode: z.string() }).nullable(),
  reader: z.strictObject({ id: z.string(), name: z.string(), cardNumber: z.string() }).nullable(),
  titleText: z.string().nullable(),
  undoneBy: z.string().nullable(),
  /** May still be offered for undo; the rule has the last word. */
  isUndoable: z.boolean(),
  /** Why not, where it is not; the words are in renderer/language. */
  whyNot: WhyNot.nullable(),
  /** The exception that stands for it, open or settled. */
  exceptionId: z.string().nullable(),
})
