import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { effectiveDue } from '../../domain/policy/effective-due.ts'
import { caseOf, termsFor } from '../../domain/policy/loan-rules.ts'
import type { LoanTerms } from '../../domain/policy/loan-rules.ts'
import type { LoanRule } from '../../domain/policy/policy-shapes.ts'
import type { Item, Loan, Reader } from '../../domain/records.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { dueText } from '../../domain/words/due-date.ts'
import { Facts } from '../ui/panel.tsx'
import type { Fact } from '../ui/panel.tsx'
import { usePolicyLines } from './policy-line.ts'
import type { PolicyLines } from './policy-line.ts'
import { useToday } from './use-today.ts'
import { yuan } from './words.ts'

interface WhyLoanProps {
  readonly loan: Loan
  readonly item: Item | null
  /** Null on a screen that does not tell who has it: what hangs on the category is left out. */
  readonly reader: Pick<Reader, 'category'> | null
}

/** Which rule said what of a loan: its period, its renewals, what it costs late, the limit (P3). */
export function WhyLoan({ loan, item, reader }: WhyLoanProps) {
  const { t } = useTranslation()
  const lines = usePolicyLines()
  const today = useToday()
  if (lines === null || item === null) return null
  return (
    <div className="cd-why" role="status" data-testid="why">
      <Facts facts={factsOf(t, lines, { loan, item, reader, today })} />
    </div>
  )
}

function factsOf(
  t: TFunction,
  lines: PolicyLines,
  { loan, item, reader, today }: KnownLoan,
): Fact[] {
  const branch = lines.places.branches.find(({ id }) => id === loan.lentBranchId)
  const libraryId = branch?.libraryId ?? ''
  const first = termsFor(lines.policy, caseOf(item, reader, libraryId, false), dateAt(loan.lentAt))
  const again = termsFor(lines.policy, caseOf(item, reader, libraryId, true), today)
  const calendar = lines.places.calendars.find(({ id }) => id === branch?.calendarId)
  const rule = lines.policy.loanRules.find(({ id }) => id === loan.policyLine)
  const due = calendar === undefined ? null : effectiveDue(calendar, loan)
  const printed = dueText({ on: loan.dueOn, at: loan.dueAt })
  const said = (text: string, line: string): string =>
    line === '' ? text : `${text} · ${lines.words(line)}`
  return [
    { name: t('why.period'), value: periodOf(t, loan, { first, again, said, rule }) },
    ...(due === null || dueText(due) === printed
      ? []
      : [{ name: '', value: t('why.moved', { from: printed, to: dueText(due) }) }]),
    { name: t('why.lender'), value: lines.library(libraryId) },
    ...(reader === null ? [] : ofCategory(t, lines, { loan, first, again, said, reader })),
  ]
}

interface OfCategory extends Terms {
  readonly loan: Loan
  readonly reader: Pick<Reader, 'category'>
}

function ofCategory(t: TFunction, lines: PolicyLines, given: OfCategory): Fact[] {
  const { loan, first, again, said, reader } = given
  const now = loan.renewalsCount > 0 ? again : first
  const limit = lines.policy.readerCategories.find(({ id }) => id === reader.category)
  const limits = t('why.limits', { count: limit?.itemsMax ?? 0 })
  return [
    { name: t('why.renewal'), value: said(renewalsOf(t, again), again.lineOf.renewalsMax) },
    { name: t('why.fee'), value: said(feeOf(t, loan, now), feeLineOf(loan, now)) },
    { name: t('why.limit'), value: `${limits} · ${lines.category(reader.category)}` },
  ]
}

interface KnownLoan extends WhyLoanProps {
  readonly item: Item
  readonly today: CalendarDate
}

interface Terms {
  readonly first: LoanTerms
  readonly again: LoanTerms
  readonly said: (text: string, line: string) => string
}

interface Period extends Terms {
  readonly rule: LoanRule | undefined
}

/** The line that the loan itself names set the first period; a renewal's follows from the policy. */
function periodOf(t: TFunction, loan: Loan, { first, again, said, rule }: Period): string {
  if (loan.countsAs === 'reading-room') return t('why.room')
  if (loan.renewalsCount > 0) {
    return said(t('why.days', { days: again.renewalDays }), again.lineOf.renewalDays)
  }
  return loan.dueAt !== null
    ? said(t('why.hours', { hours: first.loanHours }), first.lineOf.loanHours)
    : said(t('why.days', { days: rule?.loanDays ?? first.loanDays ?? 0 }), loan.policyLine)
}

const renewalsOf = (t: TFunction, { renewalsMax, renewalDays }: LoanTerms): string =>
  renewalsMax === 0
    ? t('why.noRenewals')
    : t('why.renewals', { count: renewalsMax, days: renewalDays })

const isByHour = ({ dueAt }: Loan, { overdueFenPerHour }: LoanTerms): boolean =>
  dueAt !== null && overdueFenPerHour > 0

function feeOf(t: TFunction, loan: Loan, terms: LoanTerms): string {
  const isHourly = isByHour(loan, terms)
  const fen = isHourly ? terms.overdueFenPerHour : terms.overdueFenPerDay
  if (fen === 0) return t('why.free')
  const words = { fee: yuan(fen), max: yuan(terms.overdueMaxFen) }
  return t(isHourly ? 'why.perHour' : 'why.perDay', words)
}

const feeLineOf = (loan: Loan, terms: LoanTerms): string =>
  isByHour(loan, terms) ? terms.lineOf.overdueFenPerHour : terms.lineOf.overdueFenPerDay
