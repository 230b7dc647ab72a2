/**
 * The sample city: eleven libraries, some 600 real titles, 300 readers who do not exist, and the
 * loans between them on the day the city is seeded. The same day gives the same city.
 *
 * Accounts (password `samplePassword`):
 * - `chen` 陈静, circulation at 044005-01
 * - `lin` 林悦, cataloguer at 044005-01
 * - `wu` 吴敏, branch head, of every branch
 * - `zhao` 赵阳, circulation at 044006-01
 * - `song` 宋清, reviewer at 044005-01 and 044006-01
 *
 * Cards:
 * - 0440050000101 an adult without loans, with 180 points
 * - 0440050000102 three loans, one of them overdue, one due in the next days
 * - 0440050000103 blocked for another 30 days
 * - 0440050000104 expired 20 days ago
 * - 0440050000105 a child of eight, whose guardian is 0440050000106
 * - 0440050000107 an institution with 1,000 open loans
 *
 * Items on the shelf: 04400510000001 … 04400510000020 at 044005-01, 04400610000001 … 04400610000020
 * at 044006-01, F4401000000001 … F4401000000009 at F44010-01 (see items.ts for the titles).
 */
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import { classOf, openOfClass } from '../../domain/policy/loan-class.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import type { Role } from '../../domain/policy/roles.ts'
import type { Item, Reader, Staff } from '../../domain/records.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { BranchId, StaffId } from '../../domain/words/ids.ts'
import { sampleAuthorities } from './authorities.ts'
import { sampleItems } from './items.ts'
import type { SampleItems } from './items.ts'
import { Lending, Pool } from './lending.ts'
import { sampleBranches, sampleCalendars, sampleKiosks, sampleLibraries } from './libraries.ts'
import { samplePoints } from './points.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import { sampleReaders } from './readers.ts'
import { sampleSerials } from './serials.ts'
import { sampleTitles } from './sample-titles.ts'

/** For the sample city only: it is printed in the manual. */
export const samplePassword = 'Sample-2026!'

export interface SampleAccount {
  readonly username: string
  readonly name: string
  readonly role: Role
  /** Where the account works; the branch head may work everywhere. */
  readonly branchIds: readonly string[]
}

export const sampleAccounts: readonly SampleAccount[] = [
  { username: 'chen', name: '陈静', role: 'circulation', branchIds: ['044005-01'] },
  { username: 'lin', name: '林悦', role: 'cataloguer', branchIds: ['044005-01'] },
  {
    username: 'wu',
    name: '吴敏',
    role: 'branch-head',
    branchIds: sampleBranches.map((branch) => branch.id),
  },
  { username: 'zhao', name: '赵阳', role: 'circulation', branchIds: ['044006-01'] },
  { username: 'song', name: '宋清', role: 'reviewer', branchIds: ['044005-01', '044006-01'] },
]

const SEED = 440_300
const MINUTE_MS = 60_000

const DEMO_READERS = 7
const [THREE_LOANS, INSTITUTION] = ['rdr-0002', 'rdr-0007'] as const

function accountToStaff(account: SampleAccount, verifierOf: (username: string) => string): Staff {
  return {
    id: StaffId.parse(`stf-${account.username}`),
    username: account.username,
    name: account.name,
    role: account.role,
    branchIds: account.branchIds.map((id) => BranchId.parse(id)),
    verifier: verifierOf(account.username),
    isActive: true,
  }
}

/** Days since lending: most loans are young, some are about to fall due, some are late. */
function loanAge(random: Random): number {
  const share = random.next()
  if (share < 0.7) return random.between(1, 24)
  return share < 0.85 ? random.between(27, 30) : random.between(34, 52)
}

const categoryOf = (reader: Reader) =>
  shenzhenPolicy.readerCategories.find((one) => one.id === reader.category)

const limitOf = (reader: Reader): number => categoryOf(reader)?.itemsMax ?? 0

function hasRoomFor(item: Item, reader: Reader): boolean {
  const of = classOf(item)
  return openOfClass(reader, of) < (categoryOf(reader)?.maxByClass[of] ?? Infinity)
}

const isBook = (item: Item): boolean => item.itemType === 'book'

function lendToDemoReaders(lending: Lending, pool: Pool, institution: readonly Item[]): void {
  const atCityLibrary = (item: Item) => isBook(item) && item.atBranchId === '044005-01'
  for (const daysAgo of [45, 30, 6]) {
    lending.lend(pool.takeWhere(atCityLibrary).id, THREE_LOANS, daysAgo)
  }
  // The institution fetches a hundred books at a time, the latest a week ago.
  for (const [index, item] of institution.entries()) {
    lending.lend(item.id, INSTITUTION, 7 + 8 * Math.floor(index / 100))
  }
}

function lendToOthers(lending: Lending, pool: Pool, readers: readonly Reader[], random: Random) {
  for (const reader of readers) {
    if (reader.cardState !== 'valid' || reader.category === 'institution') continue
    if (!random.chance(0.6)) continue
    const loansCount = random.between(1, Math.min(limitOf(reader), 7))
    const suits = (item: Item) =>
      hasRoomFor(item, lending.reader(reader.id)) &&
      (item.itemType === 'braille') === (reader.category === 'braille') &&
      (reader.category !== 'juvenile' || item.audience !== 'adult')
    const wanted = reader.category === 'braille' ? 1 : loansCount
    for (let lent = 0; lent < wanted; lent += 1) {
      const item = pool.takeWhere(suits)
      const daysAgo = loanAge(random)
      const isRenewed = isBook(item) && daysAgo > 26 && random.chance(0.5)
      lending.lend(item.id, reader.id, daysAgo, isRenewed ? daysAgo - 20 : null)
    }
  }
}

/** Loans that ended: most in time, some late, and some of those fees are still owed. */
function returnSome(lending: Lending, pool: Pool, readers: readonly Reader[], random: Random) {
  const borrowers = readers.filter(({ category }) => category === 'lidu' || category === 'senior')
  for (let made = 0; made < 120; made += 1) {
    const item = pool.takeWhere(isBook)
    const reader = random.pick(borrowers)
    const lentDaysAgo = random.between(60, 200)
    const loan = lending.lend(item.id, reader.id, lentDaysAgo)
    const heldDays = random.chance(0.7) ? random.between(5, 28) : random.between(36, 55)
    lending.takeBack(loan, lentDaysAgo - heldDays, random.chance(0.5))
  }
}

/** Copies on their way, on the hold shelf, in the workroom, gone. */
function misplaceSome(lending: Lending, pool: Pool, readers: readonly Reader[], random: Random) {
  const noticedAt = startOf(addDays(lending.seedOn, -2))
  const times = (count: number, act: (item: Item, index: number) => void): void => {
    for (let index = 0; index < count; index += 1) act(pool.takeWhere(isBook), index)
  }
  const plain = readers.filter((reader) => reader.category === 'lidu' && limitOf(reader) > 0)
  times(40, (item, index) => {
    const elsewhere = sampleBranches.filter((branch) => branch.id !== item.homeBranchId)
    const atBranchId = BranchId.parse(random.pick(elsewhere).id)
    lending.place(item.id, {
      state: 'in-transit',
      atBranchId,
      transitToBranchId: item.homeBranchId,
      // From two days to eleven: some are late.
      transitSentAt: startOf(addDays(lending.seedOn, -2 - (index % 10))) + 15 * 3_600_000,
    })
  })
  // Some of them nobody collected in time.
  times(15, (item, index) => {
    lending.keepFor(item.id, random.pick(plain).id, addDays(lending.seedOn, (index % 4) - 1))
  })
  times(12, (item) => {
    lending.place(item.id, {
      state: 'in-workroom',
      condition: 'damaged',
      conditionNote: random.pick(['封面脱落', '书页受潮', '内页缺失', '条码破损']),
    })
  })
  times(10, (item) => {
    lending.place(item.id, { condition: 'damaged', conditionNote: '书角磨损' })
  })
  times(8, (item) => lending.place(item.id, { state: 'withdrawn', isForLoan: false }))
  // Lost books are charged three times their price, which puts these readers above the debt limit.
  times(6, (item, index) => {
    lending.place(item.id, { state: 'lost' })
    const reader = random.pick(plain)
    const amountFen = 3 * (item.priceFen ?? 3000)
    const isPaid = index % 3 === 0
    lending.charge(reader.id, {
      loanId: null,
      itemId: item.id,
      cause: 'loss',
      amountFen,
      paidFen: isPaid ? amountFen : 0,
      waivedFen: 0,
      lastWaiver: null,
      openedAt: noticedAt + index * MINUTE_MS,
      settledAt: isPaid ? noticedAt + (60 + index) * MINUTE_MS : null,
      note: null,
    })
  })
}

function circulate(items: SampleItems, readers: readonly Reader[], seedOn: CalendarDate): Lending {
  const random = seededRandom(SEED + 1)
  const lending = new Lending(
    [...items.demo, ...items.general, ...items.institution],
    readers,
    seedOn,
  )
  const pool = new Pool(items.general, random)
  const others = readers.slice(DEMO_READERS)
  lendToDemoReaders(lending, pool, items.institution)
  lendToOthers(lending, pool, others, random)
  returnSome(lending, pool, others, random)
  misplaceSome(lending, pool, others, random)
  return lending
}

/**
 * Every record of the sample city as puts, records before those that refer to them.
 * `verifierOf` gives the stored password hash of an account (argon2id of `samplePassword`).
 */
export function sampleCity(
  seedOn: CalendarDate,
  verifierOf: (username: string) => string,
): Change[] {
  const random = seededRandom(SEED)
  const titles = sampleTitles()
  const readers = sampleReaders(seedOn, random)
  const lending = circulate(sampleItems(titles, seedOn, random), readers, seedOn)
  const points = samplePoints([...lending.readers.values()], seedOn, seededRandom(SEED + 2))
  const serials = sampleSerials(
    titles.map(({ title }) => title),
    seedOn,
  )
  return [
    ...sampleLibraries.map((row) => put('library', row)),
    ...sampleCalendars(seedOn).map((row) => put('calendar', row)),
    ...[...sampleBranches, ...sampleKiosks].map((row) => put('branch', row)),
    put('policy', shenzhenPolicy),
    ...sampleAccounts.map((account) => put('staff', accountToStaff(account, verifierOf))),
    ...titles.map(({ title }) => put('title', title)),
    ...[...lending.items.values()].map((row) => put('item', row)),
    ...points.readers.map((row) => put('reader', row)),
    ...lending.loans.map((row) => put('loan', row)),
    ...lending.fees.map((row) => put('fee', row)),
    ...lending.holds.map((row) => put('hold', row)),
    ...points.entries.map((row) => put('ledger-entry', row)),
    ...sampleAuthorities(seedOn).map((row) => put('authority', row)),
    ...serials.subscriptions.map((row) => put('subscription', row)),
    ...serials.issues.map((row) => put('serial-issue', row)),
  ]
}
