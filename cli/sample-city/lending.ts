/**
 * What is out, what came back late and what stands where it should not: the movement of the sample
 * city before the seed day. Every counter is moved with the loan or fee that moves it.
 */
import type { Hold } from '../../domain/hold-records.ts'
import { classOf, countedLoan } from '../../domain/policy/loan-class.ts'
import { caseOf, termsFor } from '../../domain/policy/loan-rules.ts'
import { isOpenOn, openDayFrom, openDayUntil } from '../../domain/policy/calendar.ts'
import { overdueFeeFen } from '../../domain/policy/overdue-fee.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import type { Branch, Calendar, Fee, Item, Loan, Reader } from '../../domain/records.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate, EpochMs } from '../../domain/words/calendar-date.ts'
import { BranchId, FeeId, HoldId, LoanId } from '../../domain/words/ids.ts'
import { sampleBranches, sampleCalendars } from './libraries.ts'
import type { Random } from './random.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const numbered = (prefix: string, number: number): string =>
  `${prefix}-${String(number).padStart(5, '0')}`

/** The city's books while the sample is made: rows are replaced, never changed in place. */
export class Lending {
  readonly items = new Map<string, Item>()
  readonly readers = new Map<string, Reader>()
  readonly loans: Loan[] = []
  readonly fees: Fee[] = []
  readonly holds: Hold[] = []
  readonly seedOn: CalendarDate
  readonly #calendars: ReadonlyMap<string, Calendar>
  readonly #branches: ReadonlyMap<string, Branch> = new Map(
    sampleBranches.map((branch) => [branch.id, branch]),
  )

  constructor(items: readonly Item[], readers: readonly Reader[], seedOn: CalendarDate) {
    this.seedOn = seedOn
    this.#calendars = new Map(sampleCalendars(seedOn).map((calendar) => [calendar.id, calendar]))
    for (const item of items) this.items.set(item.id, item)
    for (const reader of readers) this.readers.set(reader.id, reader)
  }

  /**
   * Opens a loan on the last open day that is at least `daysAgo` days before the seed day, renewed
   * once where `renewedDaysAgo` says.
   */
  lend(
    itemId: string,
    readerId: string,
    daysAgo: number,
    renewedDaysAgo: number | null = null,
  ): Loan {
    const item = this.item(itemId)
    const reader = this.reader(readerId)
    const { terms, calendar, branch } = this.#terms(item, reader)
    const days = renewedDaysAgo === null ? terms.loanDays : terms.renewalDays
    if (days === null) throw new Error(`no loan period for ${item.barcode}`)
    const lentDaysAgo = this.#openDaysAgo(calendar, daysAgo)
    const from = addDays(this.seedOn, -(renewedDaysAgo ?? lentDaysAgo))
    const loan: Loan = {
      id: LoanId.parse(numbered('loan', this.loans.length + 1)),
      itemId: item.id,
      readerId: reader.id,
      lentAt: this.#instant(lentDaysAgo),
      lentBranchId: BranchId.parse(branch.id),
      dueOn: openDayFrom(calendar, addDays(from, days)),
      dueAt: null,
      countsAs: classOf(item),
      renewalsCount: renewedDaysAgo === null ? 0 : 1,
      returnedAt: null,
      returnedBranchId: null,
      isDisputed: false,
      policyLine: terms.lines[0] ?? '',
      claimedReturnedAt: null,
      lostAt: null,
      lossRefundUntilOn: null,
      takenOverFromId: null,
    }
    this.loans.push(loan)
    const { lastCheckInAt } = item
    this.items.set(item.id, {
      ...item,
      state: 'on-loan',
      openLoanId: loan.id,
      // Nobody lends what has not come back.
      lastCheckInAt:
        lastCheckInAt === null ? null : Math.min(lastCheckInAt, loan.lentAt - 24 * HOUR_MS),
    })
    this.#count(loan, 1)
    return loan
  }

  /** Closes a loan in the same way; a late return opens the fee that the policy asks. */
  takeBack(loan: Loan, daysAgo: number, isFeePaid: boolean): void {
    const item = this.item(loan.itemId)
    const reader = this.reader(loan.readerId)
    const { terms, calendar } = this.#terms(item, reader)
    const returnedDaysAgo = this.#openDaysAgo(calendar, daysAgo)
    const returnedAt = this.#instant(returnedDaysAgo)
    const at = this.loans.findIndex((one) => one.id === loan.id)
    this.loans[at] = { ...loan, returnedAt, returnedBranchId: item.atBranchId }
    this.items.set(item.id, {
      ...item,
      state: 'on-shelf',
      openLoanId: null,
      lastCheckInAt: returnedAt,
    })
    this.#count(loan, -1)
    const returnedOn = addDays(this.seedOn, -returnedDaysAgo)
    const amountFen = overdueFeeFen(terms, calendar, loan.dueOn, returnedOn)
    if (amountFen === 0) return
    this.charge(loan.readerId, {
      loanId: loan.id,
      itemId: loan.itemId,
      cause: 'overdue',
      amountFen,
      paidFen: isFeePaid ? amountFen : 0,
      waivedFen: 0,
      lastWaiver: null,
      openedAt: returnedAt,
      settledAt: isFeePaid ? returnedAt + 5 * MINUTE_MS : null,
      note: null,
    })
  }

  #count(loan: Loan, by: 1 | -1): void {
    const reader = this.reader(loan.readerId)
    const { openLoansCount, openForeignCount = 0, openAvCount = 0 } = countedLoan(loan, by)
    this.readers.set(reader.id, {
      ...reader,
      openLoansCount: reader.openLoansCount + openLoansCount,
      openForeignCount: reader.openForeignCount + openForeignCount,
      openAvCount: reader.openAvCount + openAvCount,
    })
  }

  charge(readerId: string, fee: Omit<Fee, 'id' | 'readerId'>): void {
    const reader = this.reader(readerId)
    const id = FeeId.parse(numbered('fee', this.fees.length + 1))
    this.fees.push({ ...fee, id, readerId: reader.id })
    if (fee.settledAt !== null) return
    this.readers.set(reader.id, { ...reader, feesOwedFen: reader.feesOwedFen + fee.amountFen })
  }

  place(itemId: string, change: Partial<Item>): void {
    this.items.set(itemId, { ...this.item(itemId), ...change })
  }

  /** On the hold shelf of where it is, until that open day or the next: one that is past stays past. */
  keepFor(itemId: string, readerId: string, untilOn: CalendarDate): void {
    const item = this.item(itemId)
    const reader = this.reader(readerId)
    const { calendar } = this.#terms(item, reader)
    const keepUntilOn =
      untilOn < this.seedOn ? openDayUntil(calendar, untilOn) : openDayFrom(calendar, untilOn)
    if (item.titleId === null) throw new Error(`${item.barcode} has no title`)
    const hold: Hold = {
      id: HoldId.parse(numbered('hold', this.holds.length + 1)),
      titleId: item.titleId,
      itemId: null,
      readerId: reader.id,
      pickupBranchId: item.atBranchId,
      placedAt: this.#instant(9),
      placedBranchId: item.atBranchId,
      priority: 0,
      suspendedUntilOn: null,
      neededByOn: null,
      state: 'on-shelf',
      trappedItemId: item.id,
      trappedAt: startOf(addDays(keepUntilOn, -2)) + 10 * HOUR_MS,
      keepUntilOn,
      missedItemIds: [],
      closedAt: null,
      closeReason: null,
    }
    this.holds.push(hold)
    const { id: holdId } = hold
    this.place(item.id, { state: 'on-hold-shelf', heldForReaderId: reader.id, holdId })
    // Whoever collects there is known there.
    const isKnown = reader.activeAt.some(({ branchId }) => branchId === item.atBranchId)
    const visit = { branchId: item.atBranchId, lastOn: this.seedOn }
    this.readers.set(reader.id, {
      ...reader,
      openHoldsCount: reader.openHoldsCount + 1,
      activeAt: isKnown ? reader.activeAt : [...reader.activeAt, visit],
    })
  }

  item(id: string): Item {
    const item = this.items.get(id)
    if (item === undefined) throw new Error(`no item ${id} in the sample city`)
    return item
  }

  reader(id: string): Reader {
    const reader = this.readers.get(id)
    if (reader === undefined) throw new Error(`no reader ${id} in the sample city`)
    return reader
  }

  #terms(item: Item, reader: Reader) {
    const branch = this.#branches.get(item.atBranchId)
    const calendar = branch === undefined ? undefined : this.#calendars.get(branch.calendarId)
    if (branch === undefined || calendar === undefined) {
      throw new Error(`no calendar for ${item.atBranchId}`)
    }
    const terms = termsFor(
      shenzhenPolicy,
      caseOf(item, reader, branch.libraryId, false),
      this.seedOn,
    )
    return { terms, calendar, branch }
  }

  #openDaysAgo(calendar: Calendar, daysAgo: number): number {
    let days = daysAgo
    while (!isOpenOn(calendar, addDays(this.seedOn, -days))) days += 1
    return days
  }

  /** Within the opening hours of that day, a minute apart; never after the seed day began. */
  #instant(daysAgo: number): EpochMs {
    const minutes = (this.loans.length * 7) % 600
    return startOf(addDays(this.seedOn, -daysAgo)) + 9 * HOUR_MS + minutes * MINUTE_MS
  }
}

/** Free copies in a random order; each is taken once. */
export class Pool {
  readonly #items: Item[]

  constructor(items: readonly Item[], random: Random) {
    this.#items = items
      .filter((item) => item.isForLoan)
      .map((item) => ({ item, order: random.next() }))
      .toSorted((one, other) => one.order - other.order)
      .map(({ item }) => item)
  }

  take(): Item {
    const item = this.#items.pop()
    if (item === undefined) throw new Error('the sample city has no free copies left')
    return item
  }

  /** The next free copy that `suits`. */
  takeWhere(suits: (item: Item) => boolean): Item {
    const at = this.#items.findLastIndex(suits)
    const [item] = at === -1 ? [] : this.#items.splice(at, 1)
    if (item === undefined) throw new Error('the sample city has no suitable copy left')
    return item
  }
}
