/**
 * A tiny city for tests: one library, two branches, and records with sensible values that a test
 * overrides by name. Every record passes its own schema.
 */
import type { z } from 'zod'

import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import { recordSchemas } from '../../domain/records.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import { branchScope } from '../../domain/scopes.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'

/** The same fields without brands, so that a test writes plain text. */
export type Unbranded<T> = T extends string & z.core.$brand
  ? string
  : T extends readonly (infer E)[]
    ? Unbranded<E>[]
    : T extends object
      ? { [F in keyof T]: Unbranded<T[F]> }
      : T
type Overrides<K extends RecordKind> = { [F in keyof RecordOf<K>]?: Unbranded<RecordOf<K>[F]> }

/** Sunday 22 November 2026, 10:00 in Shenzhen. */
export const NOW = Date.UTC(2026, 10, 22, 2, 0, 0)
export const TODAY = dateAt(NOW)
export const LIBRARY = '044005'
export const BRANCH = 'branch-futian'
export const OTHER_BRANCH = 'branch-nanshan'
export const KIOSK = 'kiosk-lianhua'
export const CALENDAR = 'calendar-daily'
/** The feed of BRANCH. */
export const FEED = branchScope(BRANCH) as 'branch:branch-futian'

const make =
  <K extends RecordKind>(kind: K, defaults: Record<keyof RecordOf<K>, unknown>) =>
  (overrides: Overrides<K> = {}): RecordOf<K> =>
    recordSchemas[kind].parse({ ...defaults, ...overrides }) as RecordOf<K>

export const aLibrary = make('library', {
  id: LIBRARY,
  nameZh: '福田区图书馆',
  nameEn: 'Futian District Library',
  district: 'Futian',
  sorterBins: [],
})

export const aBranch = make('branch', {
  id: BRANCH,
  libraryId: LIBRARY,
  nameZh: '福田总馆',
  nameEn: 'Futian Main Branch',
  calendarId: CALENDAR,
  kind: 'library',
  servedByBranchId: null,
})

/** Loaded from BRANCH. */
export const aKiosk = (overrides: Overrides<'branch'> = {}) =>
  aBranch({
    id: KIOSK,
    nameZh: '莲花路自助图书馆',
    nameEn: 'Lianhua Road Self-Service Library',
    kind: 'kiosk',
    servedByBranchId: BRANCH,
    ...overrides,
  })

/** Open every day, never closed. */
export const aCalendar = make('calendar', {
  id: CALENDAR,
  openWeekdays: [1, 2, 3, 4, 5, 6, 7],
  hours: [],
  closedOn: [],
  closedWhy: [],
})

export const aPolicy = make('policy', shenzhenPolicy)

export const aStaff = make('staff', {
  id: 'staff-lin',
  username: 'lin',
  name: '林老师',
  role: 'circulation',
  branchIds: [BRANCH, OTHER_BRANCH],
  verifier: 'none',
  isActive: true,
})

export const aTitle = make('title', {
  id: 'title-1',
  controlNumber: '012026000001',
  title: '平凡的世界',
  otherTitle: null,
  author: '路遥',
  publisher: '人民文学出版社',
  year: '2005',
  isbns: ['9787020049295'],
  issn: null,
  clc: 'I247.5',
  language: 'chi',
  subjects: ['长篇小说'],
  series: null,
  pinyin: null,
  kind: 'book',
  audience: 'general',
  loansCount: 0,
})

export const aBib = make('bib', {
  id: 'title-1',
  profile: 'cnmarc',
  leader: '00000nam0 2200000   450 ',
  fields: [
    {
      tag: '200',
      indicators: '1 ',
      value: null,
      subfields: [{ code: 'a', value: '平凡的世界' }],
    },
  ],
})

export const anItem = make('item', {
  id: 'item-1',
  barcode: '04400510000001',
  titleId: 'title-1',
  ownerLibraryId: LIBRARY,
  homeBranchId: BRANCH,
  atBranchId: BRANCH,
  callNumber: 'I247.5/123',
  shelf: 'A-01',
  itemType: 'book',
  language: 'chi',
  audience: 'general',
  priceFen: 3900,
  state: 'on-shelf',
  condition: 'good',
  conditionNote: null,
  isForLoan: true,
  openLoanId: null,
  lastCheckInAt: null,
  heldForReaderId: null,
  holdId: null,
  transitToBranchId: null,
  isPlaceholder: false,
  partsCount: 1,
  missingParts: null,
  alertNote: null,
  transitSentAt: null,
  inHouseUsesCount: 0,
})

/** Both branches share the book numbers of every class. */
export const aSchemes = make('number-schemes', {
  id: 'city',
  schemes: [
    {
      id: 'scheme-1',
      nameZh: '总馆中文图书',
      nameEn: 'Chinese books',
      numbersBy: 'sequence',
      places: [
        { branchId: BRANCH, shelf: null },
        { branchId: OTHER_BRANCH, shelf: null },
      ],
      blockSize: 3,
      blockDays: 14,
    },
  ],
})

export const aReader = make('reader', {
  id: 'reader-1',
  cardNumber: '0440050000017',
  name: '王小明',
  category: 'lidu',
  homeLibraryId: LIBRARY,
  bornOn: '1990-05-01',
  phone: '13800000001',
  guardianReaderId: null,
  guardianConsentAt: null,
  expiresOn: '2036-05-01',
  cardState: 'valid',
  blockedUntilOn: null,
  blockReason: null,
  blockedFor: [],
  idNumberHash: null,
  openLoansCount: 0,
  openForeignCount: 0,
  openAvCount: 0,
  openReadingRoomCount: 0,
  claimsCount: 0,
  openHoldsCount: 0,
  feesOwedFen: 0,
  pointsFree: 0,
  activeAt: [
    { branchId: BRANCH, lastOn: TODAY },
    { branchId: OTHER_BRANCH, lastOn: TODAY },
  ],
  note: null,
  depositFen: 0,
  keepsHistory: false,
  mergedIntoId: null,
})

/** A virtual card of reader-1. */
export const aCard = make('card', {
  id: 'card-1',
  number: 'V0001',
  readerId: 'reader-1',
  kind: 'virtual',
  state: 'valid',
  issuedOn: TODAY,
  replacedByNumber: null,
})

export const aMessage = make('reader-message', {
  id: 'message-1',
  readerId: 'reader-1',
  text: '请补登电话',
  at: NOW,
  staffId: 'staff-lin',
  branchId: BRANCH,
  dismissedAt: null,
  dismissedBy: null,
})

/** Lent ten days ago, due in three weeks. The item and the reader do not know of it by themselves. */
export const aLoan = make('loan', {
  id: 'loan-1',
  itemId: 'item-1',
  readerId: 'reader-1',
  lentAt: NOW - 10 * 86_400_000,
  lentBranchId: BRANCH,
  dueOn: '2026-12-13',
  dueAt: null,
  countsAs: 'chinese',
  renewalsCount: 0,
  returnedAt: null,
  returnedBranchId: null,
  isDisputed: false,
  policyLine: 'city-default',
  claimedReturnedAt: null,
  lostAt: null,
  lossRefundUntilOn: null,
  takenOverFromId: null,
})

/** Placed an hour ago for any copy, to be collected at BRANCH. */
export const aHold = make('hold', {
  id: 'hold-1',
  titleId: 'title-1',
  itemId: null,
  readerId: 'reader-1',
  pickupBranchId: BRANCH,
  placedAt: NOW - 3_600_000,
  placedBranchId: BRANCH,
  priority: 0,
  suspendedUntilOn: null,
  neededByOn: null,
  state: 'waiting',
  trappedItemId: null,
  trappedAt: null,
  keepUntilOn: null,
  missedItemIds: [],
  closedAt: null,
  closeReason: null,
})

export const aFee = make('fee', {
  id: 'fee-1',
  readerId: 'reader-1',
  loanId: 'loan-1',
  itemId: 'item-1',
  cause: 'overdue',
  amountFen: 90,
  paidFen: 0,
  waivedFen: 0,
  lastWaiver: null,
  openedAt: NOW,
  settledAt: null,
  note: null,
})

/** Opened this morning at desk-a with ¥100 of change; nothing taken yet. */
export const aTill = make('till', {
  id: 'till-1',
  branchId: BRANCH,
  deviceId: 'desk-a',
  openedAt: NOW - 3_600_000,
  openedBy: 'staff-lin',
  floatFen: 10_000,
  expectedFen: 10_000,
  closedAt: null,
  closedBy: null,
  countedFen: null,
  note: null,
})

/** Ten points for a visit, today. */
export const aLedgerEntry = make('ledger-entry', {
  id: 'entry-1',
  ledger: 'points',
  readerId: 'reader-1',
  amount: 10,
  cause: 'earned',
  policyLine: 'activity',
  number: null,
  at: NOW,
  branchId: BRANCH,
  leaseId: null,
  reversesId: null,
  feeId: null,
  tender: null,
  tillId: null,
  note: null,
})

/** A hundred points of reader-1 for desk-a, good for another five days. */
export const aLease = make('lease', {
  id: 'lease-1',
  kind: 'points',
  deviceId: 'desk-a',
  epoch: 1,
  readerId: 'reader-1',
  series: null,
  firstNumber: null,
  amount: 100,
  spent: 0,
  grantedAt: NOW - 2 * 86_400_000,
  notAfter: NOW + 5 * 86_400_000,
  closedAt: null,
})

/** Certificates 21 to 40 for desk-a. */
export const aNumberBlock = (overrides: Parameters<typeof aLease>[0] = {}) =>
  aLease({
    id: 'block-1',
    kind: 'numbers',
    readerId: null,
    series: 'certificate',
    firstNumber: 21,
    amount: 20,
    ...overrides,
  })

export const anException = make('exception', {
  id: 'desk-a.1.1.x-open-loan-other',
  kind: 'open-loan-other',
  operationId: 'desk-a.1.1',
  operationKind: 'loan.check-out',
  deviceId: 'desk-a',
  branchId: BRANCH,
  itemId: 'item-1',
  readerId: 'reader-1',
  loanId: 'loan-1',
  otherLoanId: null,
  otherBranchId: null,
  rules: ['L7'],
  happenedAt: NOW,
  openedAt: NOW,
  settledAt: null,
  settledBy: null,
  settlement: null,
  comment: null,
  assignedTo: null,
  comments: [],
  evidence: null,
})

/** What no desk can decide without: library, branches, calendar, policy, one member of staff. */
export const theCity = (): Change[] => [
  put('library', aLibrary()),
  put('branch', aBranch()),
  put('branch', aBranch({ id: OTHER_BRANCH, nameZh: '南山分馆', nameEn: 'Nanshan Branch' })),
  put('calendar', aCalendar()),
  put('policy', aPolicy()),
  put('staff', aStaff()),
]
