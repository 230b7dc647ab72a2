/**
 * Every question a screen asks, and the requests that touch only this desk.
 *
 * Each route has a permission (null: before sign-in), schemas both ways and an audit class;
 * a test enumerates them. `effect: 'desk'` marks a request that changes this desk (a session, the
 * scan queue, an import) but makes no operation.
 */
import { z } from 'zod'
import { CalendarDate } from '../domain/words/calendar-date.ts'
import {
  Branch,
  Calendar,
  ExceptionKind,
  Fee,
  Item,
  Library,
  Loan,
  Reader,
} from '../domain/records.ts'
import { CityPolicy } from '../domain/policy/policy-shapes.ts'
import { SlipTemplate } from '../domain/slip-records.ts'
import { SeeReference } from './authority-shapes.ts'
import { FoundTitleRow, browseQueries } from './browse-shapes.ts'
import { StorageStatus } from './storage-status.ts'
import { ExceptionDetail, ExceptionList } from './exception-shapes.ts'
import { HoldShelf, PullList, ReaderHolds } from './hold-shapes.ts'
import { LeaseList, ReaderLedger } from './ledger-shapes.ts'
import {
  Duplicates,
  FoundReader,
  ReaderHistory,
  RevealedReader,
  cardParts,
} from './reader-shapes.ts'
import { MoneyReceipt, ReaderFees, TillList } from './money-shapes.ts'
import { cataloguingQueries } from './cataloguing-queries.ts'
import { deskRequests } from './desk-requests.ts'
import { limit, nothing, route } from './route.ts'
import { ruleQueries } from './rule-shapes.ts'
import { DeviceStatus, SyncStatus } from './topics.ts'
import { Transfers } from './transfer-shapes.ts'
import { DueShape, LoanRow, OperationRow, SessionShape, TitleRow } from './row-shapes.ts'

export const queries = {
  session: route({
    ask: nothing,
    answer: SessionShape,
    permission: null,
    audit: 'none',
    effect: 'none',
  }),
  'sign-in': route({
    ask: z.strictObject({
      username: z.string().min(1).max(40),
      password: z.string().min(1).max(128),
    }),
    answer: z.strictObject({
      outcome: z.enum([
        'signed-in',
        'wrong-name-or-password',
        'locked',
        'unknown-offline',
        'other-branch',
      ]),
      /** Until when, for `locked`. */
      lockedUntil: z.number().nullable(),
    }),
    permission: null,
    audit: 'session',
    effect: 'desk',
  }),
  'sign-out': route({
    ask: nothing,
    answer: nothing,
    permission: null,
    audit: 'session',
    effect: 'desk',
  }),
  'sync-status': route({
    ask: nothing,
    answer: SyncStatus,
    permission: null,
    audit: 'none',
    effect: 'none',
  }),
  'device-status': route({
    ask: nothing,
    answer: DeviceStatus,
    permission: 'use-devices',
    audit: 'none',
    effect: 'none',
  }),
  policy: route({
    ask: nothing,
    answer: CityPolicy,
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** What each slip says, the shipped text where the city wrote none. */
  slips: route({
    ask: nothing,
    answer: z.array(SlipTemplate),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  branches: route({
    ask: nothing,
    answer: z.strictObject({
      branches: z.array(Branch),
      libraries: z.array(Library),
      calendars: z.array(Calendar),
    }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** A reader by card number or id, with open loans, soonest due first. */
  'reader-card': route({
    ask: z.strictObject({
      card: z.string().max(64).nullable(),
      readerId: z.string().max(80).nullable(),
      /** A school or company card may hold a thousand items. */
      loansLimit: z.int().min(1).max(1000),
    }),
    answer: z
      .strictObject({
        reader: Reader,
        categoryNameZh: z.string(),
        categoryNameEn: z.string(),
        itemsMax: z.int(),
        guardian: Reader.nullable(),
        loans: z.array(LoanRow),
        /** All open loans, of which `loans` shows the first. */
        loansCount: z.int(),
        overdueCount: z.int(),
        fees: z.array(Fee),
        ...cardParts,
      })
      .nullable(),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Points, money and certificates of a reader, the newest entries first. */
  'reader-ledger': route({
    ask: z.strictObject({ readerId: z.string().max(80), limit }),
    answer: ReaderLedger.nullable(),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** What a reader owes, what of it is paid or waived, and what was settled of late. */
  'reader-fees': route({
    ask: z.strictObject({ readerId: z.string().max(80) }),
    answer: ReaderFees,
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** The till of this desk, and those of its branch of late. */
  tills: route({
    ask: z.strictObject({ limit }),
    answer: TillList,
    permission: 'circulate',
    audit: 'asked',
    effect: 'none',
  }),
  /** What this desk may spend without asking, and what would be lost with it. */
  leases: route({
    ask: nothing,
    answer: LeaseList,
    permission: 'settle-exceptions',
    audit: 'reader-seen',
    effect: 'none',
  }),
  'find-readers': route({
    ask: z.strictObject({ text: z.string().max(64), limit }),
    answer: z.array(FoundReader),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Whose ID card was read; also offline (D19). */
  'readers-by-id': route({
    ask: z.strictObject({ idNumberHash: z.string().length(64) }),
    answer: z.array(FoundReader),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Who might be the person that is about to be registered; also offline (D3). */
  'find-duplicates': route({
    ask: z.strictObject({
      card: z.string().max(64),
      name: z.string().max(60),
      bornOn: z.string().max(10).nullable(),
      phone: z.string().max(30),
      idNumber: z.string().max(30),
      /** Of a card that was read, instead of the number. */
      idNumberHash: z.string().length(64).nullable(),
    }),
    answer: Duplicates,
    permission: 'register-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Returned loans, the latest first, where the reader agreed to keep them. */
  'reader-history': route({
    ask: z.strictObject({ readerId: z.string().max(80), limit }),
    answer: ReaderHistory.nullable(),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Asked when staff uncover a name, so that the trail has it. */
  'reveal-reader': route({
    ask: z.strictObject({ readerId: z.string().max(80) }),
    answer: RevealedReader.nullable(),
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  'item-card': route({
    ask: z.strictObject({
      barcode: z.string().max(64).nullable(),
      itemId: z.string().max(80).nullable(),
    }),
    answer: z
      .strictObject({
        item: Item,
        title: TitleRow.nullable(),
        homeBranch: Branch.nullable(),
        atBranch: Branch.nullable(),
        loan: Loan.nullable(),
        /** Of that loan, as it holds. */
        due: DueShape.nullable(),
        loans: z.array(Loan),
      })
      .nullable(),
    permission: 'search-catalogue',
    audit: 'asked',
    effect: 'none',
  }),
  'search-titles': route({
    ask: z.strictObject({ text: z.string().max(400), limit }),
    answer: z.strictObject({
      rows: z.array(FoundTitleRow),
      /** Counted up to 1,000. */
      total: z.int(),
      isTotalExact: z.boolean(),
      /** The pinyin that found these, where what was typed found nothing; else null. */
      spelledAs: z.string().nullable(),
      see: SeeReference.nullable(),
      ms: z.number(),
    }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  ...browseQueries,
  /** Operations of this desk on one day, newest first. */
  today: route({
    ask: z.strictObject({
      limit: z.int().min(1).max(5_000),
      /** Null or absent: today. As far back as the outbox keeps. */
      on: CalendarDate.nullable().optional(),
      /** Of a card, a barcode, a title, a masked name or staff. */
      text: z.string().max(100).optional(),
      /** Operations whose word has the text in it: any of these fits as well. */
      kinds: z.array(z.string().max(60)).max(200).optional(),
      /** Of all days those alone that the city did not take. */
      areRefused: z.boolean().optional(),
    }),
    answer: z.strictObject({
      rows: z.array(OperationRow),
      /** There are more than `limit`. */
      hasMore: z.boolean(),
      /** The first day that the outbox still has. */
      keptSinceOn: CalendarDate,

      lentCount: z.int(),
      returnedCount: z.int(),
      pendingCount: z.int(),
    }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** By severity, then the oldest first; settled ones the latest first. */
  exceptions: route({
    ask: z.strictObject({
      state: z.enum(['open', 'settled']),
      kind: ExceptionKind.nullable(),
      /** Only those that this member of staff has taken on. */
      assignedTo: z.string().max(80).nullable(),
      limit,
    }),
    answer: ExceptionList,
    permission: 'see-exceptions',
    audit: 'asked',
    effect: 'none',
  }),
  /** One exception with both histories, as far as this desk holds them. */
  exception: route({
    ask: z.strictObject({ exceptionId: z.string().max(140) }),
    answer: ExceptionDetail.nullable(),
    permission: 'see-exceptions',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** A receipt by request id: what a screen asks after the engine came back. */
  receipt: route({
    ask: z.strictObject({ requestId: z.string().max(64) }),
    answer: z.strictObject({ receipt: z.unknown() }).nullable(),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Disk, mirror, repairs and clock of this desk. */
  'storage-status': route({
    ask: nothing,
    answer: StorageStatus,
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** What is on its way here, and what was sent from here. */
  transfers: route({
    ask: z.strictObject({ limit }),
    answer: Transfers,
    permission: 'circulate',
    audit: 'none',
    effect: 'none',
  }),
  /** What a reader waits for, with the place in each queue. */
  'reader-holds': route({
    ask: z.strictObject({ readerId: z.string().max(80) }),
    answer: ReaderHolds,
    permission: 'see-readers',
    audit: 'reader-seen',
    effect: 'none',
  }),
  /** Of this branch: what is to be cleared first. */
  'hold-shelf': route({
    ask: nothing,
    answer: HoldShelf,
    permission: 'circulate',
    audit: 'asked',
    effect: 'none',
  }),
  /** What stands on the shelves of this branch and somebody waits for. */
  'pull-list': route({
    ask: nothing,
    answer: PullList,
    permission: 'circulate',
    audit: 'asked',
    effect: 'none',
  }),
  /** The receipt of an operation of this desk; null where it moved no money. */
  'money-receipt': route({
    ask: z.strictObject({ operationId: z.string().max(80) }),
    answer: MoneyReceipt.nullable(),
    permission: 'circulate',
    audit: 'reader-seen',
    effect: 'none',
  }),
  ...ruleQueries,
  ...cataloguingQueries,
  ...deskRequests,
} as const

export type QueryName = keyof typeof queries
export type AskOf<Q extends QueryName> = z.infer<(typeof queries)[Q]['ask']>
export type AnswerOf<Q extends QueryName> = z.infer<(typeof queries)[Q]['answer']>
export const queryNames = Object.keys(queries) as QueryName[]
