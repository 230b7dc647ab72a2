/** What people do with fees and tills: pay, waive, charge, count, give back. */
import { excessOf } from '../../db/queries/excess.ts'
import { owedFen } from '../../domain/policy/fee-balance.ts'
import type { Stores } from '../../main/engine/stores.ts'
import type { Doing } from './act.ts'
import type { Random } from './random.ts'

export type OfMoney = 'pay' | 'waive' | 'charge' | 'till' | 'refund' | 'return-excess'

export function withMoney(
  what: OfMoney,
  random: Random,
  reader: { readonly id: string },
  { replica, outbox }: Stores,
): Doing | null {
  const deviceId = outbox.identity()?.deviceId ?? ''
  const till = replica.find('openTillsOfDevice', [deviceId, null])[0] ?? null
  const byMoney = {
    tender: random.pick(['cash', 'cash', 'wechat']),
    till: random.chance(0.9) ? (till?.id ?? null) : null,
  }
  const overrides = [{ code: 'no-open-till', reason: '模拟', approvedBy: null }]
  switch (what) {
    case 'pay': {
      const owed = replica.rows.select('fee', 'WHERE settledAt IS NULL ORDER BY id')
      if (owed.length === 0) return null
      const { readerId } = random.pick(owed)
      const fees = owed
        .filter((fee) => fee.readerId === readerId && owedFen(fee) > 0)
        .slice(0, random.int(1, 3))
        .map((fee) => ({ fee: fee.id, amountFen: partOf(random, owedFen(fee)) }))
      return { kind: 'payment.take', payload: { reader: readerId, fees, ...byMoney }, overrides }
    }
    case 'waive': {
      const owed = replica.rows.select('fee', 'WHERE settledAt IS NULL ORDER BY id')
      if (owed.length === 0) return null
      const fee = random.pick(owed)
      const amountFen = partOf(random, owedFen(fee))
      const payload = { reader: fee.readerId, fee: fee.id, amountFen, as: 'waived', reason: '模拟' }
      return { kind: 'fee.waive', payload }
    }
    case 'charge': {
      const payload = { reader: reader.id, cause: 'label', amountFen: 200, item: null, note: null }
      return { kind: 'fee.charge', payload }
    }
    case 'till': {
      if (till === null) {
        return { kind: 'till.open', payload: { device: deviceId, floatFen: 10_000 } }
      }
      const payload = { till: till.id, countedFen: Math.max(0, till.expectedFen), note: '模拟' }
      return { kind: 'till.close', payload }
    }
    case 'refund': {
      const paid = replica.rows.select('ledger-entry', `WHERE cause = 'paid' ORDER BY id LIMIT 50`)
      if (paid.length === 0) return null
      const { id, readerId, amount } = random.pick(paid)
      const payload = { reader: readerId, entry: id, amountFen: amount, reason: '模拟', ...byMoney }
      return { kind: 'payment.refund', payload, overrides }
    }
    case 'return-excess': {
      const open = replica.rows.select('exception', 'WHERE settledAt IS NULL ORDER BY id')
      const found = open.flatMap((one) => {
        const excess = excessOf(replica.rows, one, deviceId)
        return excess === null ? [] : [{ id: one.id, excess }]
      })
      if (found.length === 0) return null
      const { id, excess } = random.pick(found)
      const entries = excess.lines.map((line) => ({ ...line }))
      const { readerId } = excess
      const payload = { exception: id, reader: readerId, entries, ...byMoney, comment: null }
      return { kind: 'payment.return', payload, overrides }
    }
  }
}

const partOf = (random: Random, amountFen: number): number =>
  random.chance(0.7) ? amountFen : Math.ceil(amountFen / 2)
