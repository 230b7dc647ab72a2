/** Fees, money and tills after every commit: what the ledger says is what the fees say. */
import type { CityRows } from './city-rows.ts'
import { rowsOf } from './table.ts'

export function moneyBroken(city: CityRows): string[] {
  const entries = rowsOf(city.rows, 'ledger-entry').filter(({ ledger }) => ledger === 'money')
  const byFee = Map.groupBy(entries, ({ feeId }) => feeId)
  const total = (some: readonly { amount: number }[]): number =>
    some.reduce((sum, { amount }) => sum + amount, 0)
  const isTold = rowsOf(city.rows, 'exception').some(({ kind }) => kind === 'fee-settled-twice')
  const fees = rowsOf(city.rows, 'fee').flatMap((fee) => {
    const broken: string[] = []
    const entered = total(byFee.get(fee.id) ?? [])
    const room = fee.amountFen - fee.waivedFen
    const counted = entered < 0 ? 0 : entered > room ? room : entered
    if (counted !== fee.paidFen) {
      broken.push(`money: ${fee.id} counts ${fee.paidFen} of ${entered} entered, room ${room}`)
    }
    if (room < 0) broken.push(`money: ${fee.id} waives ${fee.waivedFen} of ${fee.amountFen}`)
    const isOpen = fee.amountFen > fee.paidFen + fee.waivedFen
    if (isOpen !== (fee.settledAt === null)) {
      broken.push(`money: ${fee.id} was settled at ${fee.settledAt}, open is ${isOpen}`)
    }
    if (entered > room && !isTold)
      broken.push(`money: ${entered - room} too much for ${fee.id}, untold`)
    return broken
  })
  const tills = rowsOf(city.rows, 'till').flatMap((till) => {
    const cash = entries.filter(({ tillId, tender }) => tillId === till.id && tender === 'cash')
    const expected = till.floatFen + total(cash)
    return expected === till.expectedFen
      ? []
      : [`money: ${till.id} expects ${till.expectedFen}, entries say ${expected}`]
  })
  return [...fees, ...tills]
}
