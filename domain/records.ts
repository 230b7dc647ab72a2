/**
 * The records of the city and the only way they move: Change.
 *
 * `null` means "known to be none". Money is in fen. Every record has an `id` that is never a printed
 * label: barcodes and card numbers are replaced, ids are not (reference/domain-cn.md 0.2).
 */
import { z } from 'zod'
import { BibContent, Draft, MarcProfile } from './cataloguing-records.ts'
import { copyingSchemas } from './copying-records.ts'
import { EXCEPTION_COMMENTS_MAX, Evidence } from './evidence.ts'
import { CalendarDate, EpochMs } from './words/calendar-date.ts'
import {
  BranchId,
  CalendarId,
  DeviceId,
  ExceptionId,
  FeeId,
  HoldId,
  ItemId,
  LibraryId,
  LoanId,
  OperationId,
  ReaderId,
  StaffId,
  TitleId,
} from './words/ids.ts'
import { FeeCause } from './policy/charge-shapes.ts'
import { Hold } from './hold-records.ts'
import { CityPolicy, OpeningHours } from './policy/policy-shapes.ts'
import { SorterBin } from './policy/sorter-bins.ts'
import { Role } from './policy/roles.ts'
import { OfflineLine } from './offline-records.ts'
import { serialSchemas } from './serial-records.ts'
import { shelfSchemas } from './shelf-records.ts'
import { SlipTemplate } from './slip-records.ts'
import { PlainText } from './words/plain-text.ts'
import { BlockedCard, Lease, LedgerEntry, NumberSeries } from './ledger-records.ts'
import { BlockScope, Card, ReaderMessage } from './reader-records.ts'
import { Till } from './till-records.ts'
import { titleRecordSchemas } from './title-records.ts'

const Fen = z.int().min(0).max(100_000_000)
const Count = z.int().min(0)

export const Library = z.strictObject({
  id: LibraryId,
  nameZh: PlainText(100),
  nameEn: PlainText(100),
  district: PlainText(40),
  /** Chutes of its sorter, the first that fits counts; empty where nothing is sorted (R19). */
  sorterBins: z.array(SorterBin).max(200),
})

/** A service point: where a desk stands and where an item lives. */
export const Branch = z.strictObject({
  id: BranchId,
  libraryId: LibraryId,
  nameZh: PlainText(100),
  nameEn: PlainText(100),
  calendarId: CalendarId,
  /** A kiosk is a self-service library in the street, open day and night, with no desk in it. */
  kind: z.enum(['library', 'kiosk']),
  /** Of a kiosk: the branch whose staff load and clear it, and whose its items count as (H13). */
  servedByBranchId: BranchId.nullable(),
})

export const Calendar = z.strictObject({
  id: CalendarId,
  /** ISO weekdays (1 Monday … 7 Sunday) on which the doors open. */
  openWeekdays: z.array(z.int().min(1).max(7)).max(7),
  /** No row for a weekday: nobody told. */
  hours: z.array(OpeningHours).max(7),
  /** Days closed by exception: festivals, typhoons. */
  closedOn: z.array(CalendarDate).max(2000),
  /** Why, of the days that somebody gave a reason for. */
  closedWhy: z.array(z.strictObject({ on: CalendarDate, reason: PlainText(100) })).max(2000),
})

export const TitleKind = z.enum([
  'book',
  'serial',
  'audio',
  'video',
  'music',
  'map',
  'e-resource',
  'kit',
  'other',
])

export const Title = z.strictObject({
  id: TitleId,
  controlNumber: PlainText(60).nullable(),
  title: PlainText(2000),
  otherTitle: PlainText(2000).nullable(),
  author: PlainText(1000).nullable(),
  publisher: PlainText(500).nullable(),
  year: PlainText(20).nullable(),
  isbns: z.array(PlainText(20)).max(50),
  issn: PlainText(20).nullable(),
  clc: PlainText(100).nullable(),
  language: PlainText(10).nullable(),
  subjects: z.array(PlainText(300)).max(100),
  series: PlainText(1000).nullable(),
  /** Catalogued pinyin of the title ($9 or $A), where the record has it. */
  pinyin: PlainText(4000).nullable(),
  kind: TitleKind,
  audience: z.enum(['juvenile', 'general', 'adult']),
  /** Static popularity: loans in the last year. Search ranks by it. */
  loansCount: Count,
})

/** The full bibliographic record behind a title, as it was catalogued or imported. */
export const Bib = z.strictObject({
  id: TitleId,
  profile: MarcProfile,
  ...BibContent.shape,
})

export const ItemType = z.enum(['book', 'periodical', 'av', 'braille', 'reference', 'equipment'])

export const ItemState = z.enum([
  'on-shelf',
  'on-loan',
  'in-transit',
  'on-hold-shelf',
  'in-workroom',
  'lost',
  'withdrawn',
  /** Not where it should be, and on nobody's card. */
  'missing',
  /** The reader says that it was returned; nobody has seen it. */
  'claimed-returned',
])

export const Item = z.strictObject({
  id: ItemId,
  barcode: PlainText(64),
  titleId: TitleId.nullable(),
  ownerLibraryId: LibraryId,
  homeBranchId: BranchId,
  /** Where it was last seen. */
  atBranchId: BranchId,
  callNumber: PlainText(100).nullable(),
  shelf: PlainText(100).nullable(),
  itemType: ItemType,
  language: PlainText(10).nullable(),
  audience: z.enum(['juvenile', 'general', 'adult']),
  priceFen: Fen.nullable(),
  state: ItemState,
  condition: z.enum(['good', 'damaged']),
  conditionNote: PlainText(500).nullable(),
  /** False for items that stay in the building. */
  isForLoan: z.boolean(),
  /** The undisputed open loan, or none (I20). */
  openLoanId: LoanId.nullable(),
  /** Event time of the latest return, so that a loan that arrives late is placed before it. */
  lastCheckInAt: EpochMs.nullable(),
  heldForReaderId: ReaderId.nullable(),
  /** What it is kept for. Of an item on loan: the hold that it was lent past (L16). */
  holdId: HoldId.nullable(),
  /** Where it is travelling to, while `in-transit`. */
  transitToBranchId: BranchId.nullable(),
  /** Made from a scan of a label that nobody knew; waits to be bound to a real record. */
  isPlaceholder: z.boolean(),
  /** A set with one label is one item of several parts. */
  partsCount: z.int().min(1).max(999),
  /** Which of its parts are gone. */
  missingParts: PlainText(500).nullable(),
  /** Said wherever it is lent or returned. */
  alertNote: PlainText(500).nullable(),
  /** Since when it travels; a wrong arrival does not begin it anew. */
  transitSentAt: EpochMs.nullable(),
  /** Used in the building, without a loan. */
  inHouseUsesCount: Count,
})

/** A reader of more service points than this is fetched again where the oldest asks. */
export const ACTIVE_AT_MAX = 12

export const Reader = z.strictObject({
  id: ReaderId,
  cardNumber: PlainText(64),
  name: PlainText(60),
  category: PlainText(40),
  homeLibraryId: LibraryId,
  bornOn: CalendarDate.nullable(),
  phone: PlainText(30).nullable(),
  guardianReaderId: ReaderId.nullable(),
  guardianConsentAt: EpochMs.nullable(),
  expiresOn: CalendarDate,
  cardState: z.enum(['valid', 'lost', 'closed']),
  /** Blocked through this day; `9999-12-31` where no end is set. */
  blockedUntilOn: CalendarDate.nullable(),
  blockReason: PlainText(200).nullable(),
  /** What the block stands in the way of; empty where there is none. */
  blockedFor: z.array(BlockScope).max(3),
  /** HMAC of the national ID number under the city's key; the number itself is never stored. */
  idNumberHash: z.string().length(64).nullable(),
  /** Kept with each loan and return, never recounted: the verdict costs the same at 1,000 loans. */
  openLoansCount: z.int(),
  /** Of them, by what limits count (LoanClass); the rest is Chinese. */
  openForeignCount: z.int(),
  openAvCount: z.int(),
  /** In the building until closing: counted for their own limit alone. */
  openReadingRoomCount: z.int(),
  /** How often this reader said that something was returned. */
  claimsCount: z.int(),
  /** Kept as the loans are: holds that are neither collected, cancelled nor expired. */
  openHoldsCount: z.int(),
  feesOwedFen: z.int(),
  /** Free points: earned, less what was spent and what lies in open leases (I24). */
  pointsFree: z.int(),
  /**
   * Service points where this reader was served in the last 24 months, the newest last: who else's
   * desk holds this row (domain/scopes.ts).
   */
  activeAt: z
    .array(z.strictObject({ branchId: BranchId, lastOn: CalendarDate }))
    .max(ACTIVE_AT_MAX),
  note: PlainText(500).nullable(),
  /** Held for the reader, of a card with deposit. */
  depositFen: Fen,
  /** Past loans are shown only where the reader agreed (D15). */
  keepsHistory: z.boolean(),
  /** The record of the same person that took over what stood here (D13). */
  mergedIntoId: ReaderId.nullable(),
})

export const LoanClass = z.enum(['chinese', 'foreign', 'av', 'reading-room'])
export type LoanClass = z.infer<typeof LoanClass>

export const Loan = z.strictObject({
  id: LoanId,
  itemId: ItemId,
  readerId: ReaderId,
  lentAt: EpochMs,
  lentBranchId: BranchId,
  dueOn: CalendarDate,
  /** Of a loan of hours; null of one of days. */
  dueAt: EpochMs.nullable(),
  /** Which limit it counts for, whatever becomes of the item's record (L6). */
  countsAs: LoanClass,
  renewalsCount: Count,
  returnedAt: EpochMs.nullable(),
  returnedBranchId: BranchId.nullable(),
  /** Another open loan claims the same item; the overdue clock stands still until it is settled. */
  isDisputed: z.boolean(),
  /** The policy line that set the due date (P3). */
  policyLine: PlainText(60),
  /** The reader says that it was returned: from here on nothing is overdue. */
  claimedReturnedAt: EpochMs.nullable(),
  /** Told lost, and charged; open until it is found. */
  lostAt: EpochMs.nullable(),
  /** Found after the loss was paid: through this day it is paid back. */
  lossRefundUntilOn: CalendarDate.nullable(),
  /** The loan of another reader that this one went on with, face to face. */
  takenOverFromId: LoanId.nullable(),
})

export const Fee = z.strictObject({
  id: FeeId,
  readerId: ReaderId,
  loanId: LoanId.nullable(),
  itemId: ItemId.nullable(),
  cause: FeeCause,
  amountFen: Fen,
  /** What counts as paid: of the money entered for it, so much as was not waived. */
  paidFen: Fen,
  waivedFen: Fen,
  openedAt: EpochMs,
  /** When the last of it was paid or waived; null while something is owed. */
  settledAt: EpochMs.nullable(),
  note: PlainText(200).nullable(),
  /** Who did so last: another desk may have taken money meanwhile, and a person has to settle it (F6). */
  lastWaiver: z.strictObject({ staffId: StaffId, branchId: BranchId, at: EpochMs }).nullable(),
})

/** Staff of the city. `verifier` is an argon2id hash; it never leaves the engine or the server. */
export const Staff = z.strictObject({
  id: StaffId,
  username: PlainText(40),
  name: PlainText(60),
  role: Role,
  branchIds: z.array(BranchId).max(2000),
  verifier: z.string().max(300),
  isActive: z.boolean(),
})

export const ExceptionKind = z.enum([
  'open-loan-other',
  'open-loan-same',
  'hold-bypassed',
  'reader-blocked',
  'limit-exceeded',
  'item-lost-or-withdrawn',
  'unknown-item',
  'unknown-reader',
  'return-not-on-loan',
  'route-item',
  'double-spend',
  'lease-expired',
  'edit-conflict',
  'duplicate-registration',
  'rule-broken',
  'clock-suspect',
  'device-fork',
  'quarantined',
  'fee-settled-twice',
  'hold-clash',
  'request-refused',
])

/** A fact that clashes with another; kept in front of a person until an operation settles it. */
export const LedgerException = z.strictObject({
  id: ExceptionId,
  kind: ExceptionKind,
  operationId: OperationId,
  operationKind: PlainText(60),
  deviceId: DeviceId,
  branchId: BranchId,
  itemId: ItemId.nullable(),
  readerId: ReaderId.nullable(),
  loanId: LoanId.nullable(),
  /** The loan it clashes with, for `open-loan-other`. */
  otherLoanId: LoanId.nullable(),
  /** Where that loan began, if elsewhere: its desks see the clash as well. */
  otherBranchId: BranchId.nullable(),
  /** Rule ids that the fact broke, e.g. `L4`. */
  rules: z.array(z.string().max(8)).max(50),
  happenedAt: EpochMs,
  openedAt: EpochMs,
  settledAt: EpochMs.nullable(),
  settledBy: StaffId.nullable(),
  settlement: PlainText(60).nullable(),
  /** Said at the settling; of `quarantined`, why it could not be entered. */
  comment: PlainText(500).nullable(),
  /** Who has taken it on. */
  assignedTo: StaffId.nullable(),
  /** The oldest first. */
  comments: z
    .array(z.strictObject({ at: EpochMs, staffId: StaffId, text: PlainText(500) }))
    .max(EXCEPTION_COMMENTS_MAX),
  /** Null where an older program opened it. */
  evidence: Evidence.nullable(),
})

export const recordSchemas = {
  library: Library,
  branch: Branch,
  calendar: Calendar,
  policy: CityPolicy,
  staff: Staff,
  title: Title,
  bib: Bib,
  item: Item,
  reader: Reader,
  loan: Loan,
  fee: Fee,
  exception: LedgerException,
  'ledger-entry': LedgerEntry,
  lease: Lease,
  'number-series': NumberSeries,
  'blocked-card': BlockedCard,
  card: Card,
  'reader-message': ReaderMessage,
  'slip-template': SlipTemplate,
  till: Till,
  hold: Hold,
  'offline-line': OfflineLine,
  draft: Draft,
  ...serialSchemas,
  ...copyingSchemas,
  ...shelfSchemas,
  ...titleRecordSchemas,
} as const

export type RecordKind = keyof typeof recordSchemas
export type Records = { [K in RecordKind]: z.infer<(typeof recordSchemas)[K]> }
export type RecordOf<K extends RecordKind> = Records[K]

export type Library = Records['library']
export type Branch = Records['branch']
export type Calendar = Records['calendar']
export type Policy = Records['policy']
export type Staff = Records['staff']
export type Title = Records['title']
export type Bib = Records['bib']
export type Item = Records['item']
export type Reader = Records['reader']
export type Loan = Records['loan']
export type Fee = Records['fee']
export type LedgerException = Records['exception']
export type ExceptionKind = z.infer<typeof ExceptionKind>

export const recordKinds = Object.keys(recordSchemas) as RecordKind[]
