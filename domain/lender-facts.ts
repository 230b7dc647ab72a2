/**
 * Who lent a loan: that library's rules and calendar decide its renewals and its fines, wherever it
 * is brought back (R22). The loan names its branch; branches and calendars are on every desk.
 */
import { get, known, together } from './gathering.ts'
import type { Gathering } from './gathering.ts'
import { effectiveDue, endOfDue, isPastDue } from './policy/effective-due.ts'
import type { EffectiveDue, LentUntil } from './policy/effective-due.ts'
import type { Branch, Calendar, Library, Loan } from './records.ts'
import type { EpochMs } from './words/calendar-date.ts'

export interface Lender {
  readonly libraryId: string
  readonly calendar: Calendar
}
/** By branch; without the one where the operation happens. */
export type Lenders = ReadonlyMap<string, Lender>

interface Here {
  readonly lenders: Lenders
  readonly library: Pick<Library, 'id'>
  readonly calendar: Calendar
}
type Lent = Pick<Loan, 'lentBranchId'>
type LentThere = Lent & LentUntil

const nobodyElse: Gathering<Lenders> = known(new Map())

/** Costs nothing where all of them were lent here, as most are. */
export function gatherLenders(
  here: Pick<Branch, 'id'>,
  loans: readonly (Lent | null)[],
): Gathering<Lenders> {
  const ids = new Set(loans.flatMap((loan) => loan?.lentBranchId ?? []))
  ids.delete(here.id)
  return ids.size === 0 ? nobodyElse : gatherFar([...ids])
}

function* gatherFar(branchIds: readonly string[]): Gathering<Lenders> {
  const found = yield* together(...branchIds.map(gatherLender))
  return new Map(
    found.flatMap((lender, index) =>
      lender === null ? [] : [[branchIds[index] as string, lender] as const],
    ),
  )
}

function* gatherLender(branchId: string): Gathering<Lender | null> {
  const branch = yield* get('branch', branchId)
  const calendar = yield* get('calendar', branch?.calendarId ?? null)
  return branch === null || calendar === null ? null : { libraryId: branch.libraryId, calendar }
}

/** A branch that the city has given up is judged by the one that asks. */
export const lenderOf = ({ lenders, library, calendar }: Here, loan: Lent): Lender =>
  lenders.get(loan.lentBranchId) ?? { libraryId: library.id, calendar }

export const dueOf = (here: Here, loan: LentThere): EffectiveDue =>
  effectiveDue(lenderOf(here, loan).calendar, loan)

export const isLate = (here: Here, loan: LentThere, at: EpochMs): boolean =>
  isPastDue(dueOf(here, loan), at)

/** The earliest of them by what holds: a library that closed meanwhile has moved its own. */
export function firstDue(here: Here, loans: readonly Loan[]): Loan | null {
  const endOf = (loan: Loan): EpochMs => endOfDue(dueOf(here, loan))
  return loans.toSorted((one, other) => endOf(one) - endOf(other))[0] ?? null
}
