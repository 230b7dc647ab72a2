/** The engine's perform: load, decide, apply, append, commit at synchronous=FULL, encrypted. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { timing } from './measure.ts'
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
  const { rounds } = sizes
  return onFilledDesk({ ...sizes, loans: [LOANS_OF_HEAVY_READER] }, async (desk) => {
    const lend = (name: string, card: string, from: number): Promise<Timing> =>
      eachAnswered(name, rounds, (index) => {
        must(desk, 'loan.check-out', { barcode: barcodeOf(from + index), card, dueOn: null })
      })
    await lend('warm-up', cardOf(3), LOANS_OF_HEAVY_READER)
    const first = LOANS_OF_HEAVY_READER + rounds
    const none = await lend('check-out, reader with no loans at first', cardOf(2), first)
    const many = await lend('check-out, reader with 1,000 open loans', cardOf(1), first + rounds)
    const returns = await eachAnswered('check-in', rounds, (index) => {
      must(desk, 'loan.check-in', { barcode: barcodeOf(first + index), returnedOn: null })
    })
    return [none, many, returns]
  })
}

/** As at a desk, the answer is out before the next scan comes; here it comes at once. */
async function eachAnswered(
  name: string,
  count: number,
  work: (index: number) => void,
): Promise<Timing> {
  const samples: number[] = []
  for (let index = 0; index < count; index += 1) {
    const began = performance.now()
    work(index)
    samples.push(performance.now() - began)
    await nextTurn()
  }
  return timing(name, samples)
}
