/** Drawing a number from a block: in order, and none twice. Rules Z4, Z6, Z10. */
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import type { Facts } from '../facts.ts'
import { impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { nextNumberOf } from '../policy/points-leases.ts'
import { leaseFindings, spentFrom } from './lease-spending.ts'

export interface Drawing {
  readonly lease: string
  readonly series: string
  /** As printed: a fact, not to be counted again by whoever decides later. */
  readonly number: number
}

const spendOf = ({ lease, series }: Drawing) =>
  ({ leaseId: lease, kind: 'numbers', of: series }) as const

export function numberFindings(facts: Facts, drawing: Drawing, ctx: Ctx): Finding[] {
  const found = leaseFindings(facts, spendOf(drawing), ctx)
  const lease = facts.ledger.leases.get(drawing.lease)
  const first = lease?.firstNumber ?? null
  if (lease === undefined || first === null) return found
  const { number } = drawing
  if (number < first || number >= first + lease.amount) {
    return [...found, impossible('number-not-leased', 'Z10', { exception: 'double-spend' })]
  }
  if (number < first + lease.spent) {
    return [...found, impossible('number-taken', 'Z10', { exception: 'double-spend' })]
  }
  // Where a drawing before this one is in quarantine, the city sees a hole that is none.
  const isNext = number === nextNumberOf(lease)
  return isNext || ctx.mode === 'record' ? found : [...found, impossible('number-taken', 'Z10')]
}

export function drawn(facts: Facts, drawing: Drawing, ctx: Ctx): Change[] {
  const lease = spentFrom(facts, spendOf(drawing), ctx)
  if (lease === null || lease.firstNumber === null) return []
  const spent = drawing.number - lease.firstNumber + 1
  if (spent <= lease.spent || spent > lease.amount) return []
  return [patch('lease', lease.id, { spent })]
}
