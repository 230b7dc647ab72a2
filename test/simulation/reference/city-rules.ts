/** What must hold between the rows of the city after every commit. */
import type { Item, LedgerException, Loan, Reader } from '../../../domain/records.ts'
import type { CityRows } from './city-rows.ts'
import { holdsBroken } from './hold-rules.ts'
import { ledgersBroken } from './ledger-rules.ts'
import { moneyBroken } from './money-rules.ts'
import { rowsOf } from './table.ts'
import { serialsBroken } from './serial-rules.ts'
import { shelvesBroken } from './shelf-rules.ts'
import { titlesBroken } from './title-rules.ts'

interface Rows {
  readonly items: readonly Item[]
  readonly readers: readonly Reader[]
  readonly loans: readonly Loan[]
  readonly exceptions: readonly LedgerException[]
}

export function rowsBroken(city: CityRows): string[] {
  const rows: Rows = {
    items: rowsOf(city.rows, 'item'),
    readers: rowsOf(city.rows, 'reader'),
    loans: rowsOf(city.rows, 'loan'),
    exceptions: rowsOf(city.rows, 'exception'),
  }
  return [
    ...labelsBroken(rows, city),
    ...loansBroken(rows),
    ...disputesBroken(rows),
    ...exceptionsBroken(rows, city),
    ...readersBroken(rows, city),
    ...feesBroken(city),
    ...parcelsBroken(rows),
    ...ledgersBroken(city),
    ...moneyBroken(city),
    ...holdsBroken(city),
    ...titlesBroken(city),
    ...shelvesBroken(city),
    ...serialsBroken(city),
  ]
}

/** A label is of one item: whoever scans it must get that one. */
function labelsBroken({ items }: Rows, { restored }: CityRows): string[] {
  // Whoever undoes a binding gets the placeholder back, whatever was scanned meanwhile.
  const lasting = items.filter(({ id }) => !restored.has(`item:${id}`))
  return [...Map.groupBy(lasting, ({ barcode }) => barcode)].flatMap(([barcode, twins]) =>
    twins.length > 1 ? [`label: ${barcode} is on ${twins.map(({ id }) => id).join(' and ')}`] : [],
  )
}

/** I20 */
function loansBroken({ items, loans }: Rows): string[] {
  const broken: string[] = []
  const undisputed = new Map<string, Loan[]>()
  for (const loan of loans) {
    if (loan.returnedAt !== null || loan.isDisputed) continue
    undisputed.set(loan.itemId, [...(undisputed.get(loan.itemId) ?? []), loan])
  }
  for (const { id, openLoanId } of items) {
    const open = undisputed.get(id) ?? []
    if (open.length > 1) broken.push(`I20 ${id} has ${open.length} undisputed open loans`)
    else if ((open[0]?.id ?? null) !== openLoanId) {
      broken.push(`I20 ${id} names ${openLoanId}, open is ${open[0]?.id ?? null}`)
    }
  }
  return broken
}

/** I21 */
function disputesBroken({ loans, exceptions }: Rows): string[] {
  const broken: string[] = []
  const named = new Map<string, number>()
  for (const { kind, settledAt, loanId, otherLoanId } of exceptions) {
    if (kind !== 'open-loan-other' || settledAt !== null) continue
    for (const id of [loanId, otherLoanId]) {
      if (id !== null) named.set(id, (named.get(id) ?? 0) + 1)
    }
  }
  for (const { id, isDisputed, returnedAt } of loans) {
    if (isDisputed && returnedAt === null && !named.has(id)) {
      broken.push(`I21 ${id} is disputed and no open exception names it`)
    }
    if (isDisputed && returnedAt !== null) broken.push(`I21 ${id} is closed and still disputed`)
  }
  return broken
}

const outcomeOpening: Partial<Record<LedgerException['kind'], string>> = {
  quarantined: 'quarantined',
  'request-refused': 'refused',
}

/** I22 */
function exceptionsBroken({ exceptions }: Rows, { operations, setAside }: CityRows): string[] {
  return exceptions.flatMap(({ id, kind, operationId }) => {
    const outcome = operations.get(operationId)?.outcome
    if (kind === 'device-fork') return setAside.size > 0 ? [] : [`I22 ${id}, and nothing put aside`]
    const wanted = outcomeOpening[kind] ?? 'applied-with-exception'
    const fits = outcome === wanted
    return fits ? [] : [`I22 ${id} stands, ${operationId} has outcome ${outcome}`]
  })
}

/** Counters that are kept and never recounted. */
function readersBroken({ readers, loans }: Rows, city: CityRows): string[] {
  const broken: string[] = []
  const fees = rowsOf(city.rows, 'fee')
  for (const reader of readers) {
    const { id, openLoansCount, openForeignCount, openAvCount, feesOwedFen } = reader
    const open = loans.filter((loan) => loan.readerId === id && loan.returnedAt === null)
    if (open.length !== openLoansCount) {
      broken.push(`counter: ${id} counts ${openLoansCount} loans, has ${open.length}`)
    }
    const foreign = open.filter(({ countsAs }) => countsAs === 'foreign').length
    const av = open.filter(({ countsAs }) => countsAs === 'av').length
    if (foreign !== openForeignCount || av !== openAvCount) {
      broken.push(`counter: ${id} counts ${openForeignCount} foreign and ${openAvCount} av loans`)
    }
    const inRoom = open.filter(({ countsAs }) => countsAs === 'reading-room').length
    if (inRoom !== reader.openReadingRoomCount) {
      broken.push(`counter: ${id} counts ${reader.openReadingRoomCount} reading-room loans`)
    }
    const owed = fees
      .filter((fee) => fee.readerId === id && fee.settledAt === null)
      .reduce((sum, fee) => sum + fee.amountFen - fee.paidFen - fee.waivedFen, 0)
    if (owed !== feesOwedFen) broken.push(`counter: ${id} owes ${feesOwedFen}, fees say ${owed}`)
  }
  return broken
}

/** A parcel goes somewhere, and a find is one: nobody is still said to have lost what was returned. */
const parcelsBroken = ({ items }: Rows): string[] =>
  items.flatMap(({ id, state, transitToBranchId, openLoanId }) => {
    const broken: string[] = []
    if (state === 'in-transit' && transitToBranchId === null)
      broken.push(`parcel: ${id} goes nowhere`)
    if (state === 'missing' && openLoanId !== null) broken.push(`parcel: ${id} is missing, on loan`)
    return broken
  })

/** I29, I30: one fee for one late return, none while the loan is disputed. */
function feesBroken(city: CityRows): string[] {
  const byLoan = Map.groupBy(
    rowsOf(city.rows, 'fee').filter(({ cause }) => cause === 'overdue'),
    ({ loanId }) => loanId,
  )
  return [...byLoan].flatMap(([loanId, fees]) =>
    loanId !== null && fees.length > 1 ? [`I29 ${loanId} was charged ${fees.length} times`] : [],
  )
}
