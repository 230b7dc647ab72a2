/** The engine's perform: load, decide, apply, append, commit at synchronous=FULL, encrypted. */
import { timeEach, timing } from './measure.ts'
import type { Timing } from './measure.ts'
import { barcodeOf, cardOf, must, onFilledDesk } from './perform-desk.ts'
import type { Performed } from './perform-desk.ts'

export interface PerformSizes {
  readonly items: number
  readonly readers: number
  /** Lendings timed for each reader. */
  readonly rounds: number
}

const LOANS_OF_HEAVY_READER = 1_000

export function benchPerform(sizes: PerformSizes): Promise<Performed<readonly Timing[]>> {
  return onFilledDesk({ ...sizes, loans: [LOANS_OF_HEAVY_READER] }, (desk) => {
    const lend = (name: string, card: string, from: number): Timing => {
      const samples = timeEach(sizes.rounds, (index) => {
        must(desk, 'loan.check-out', { barcode: barcodeOf(from + index), card, dueOn: null })
      })
      return timing(name, samples)
    }
    lend('warm-up', cardOf(3), LOANS_OF_HEAVY_READER)
    const first = LOANS_OF_HEAVY_READER + sizes.rounds
    const none = lend('check-out, reader with no loans at first', cardOf(2), first)
    const many = lend('check-out, reader with 1,000 open loans', cardOf(1), first + sizes.rounds)
    const returns = timeEach(sizes.rounds, (index) => {
      must(desk, 'loan.check-in', { barcode: barcodeOf(first + index), returnedOn: null })
    })
    return [none, many, timing('check-in', returns)]
  })
}
