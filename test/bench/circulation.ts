/**
 * What it costs to lend, renew and take back one item of a reader who has few or many others: the
 * verdict must not read the others.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SummaryOf } from '../../domain/operations/index.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { timing, timingTable } from './measure.ts'
import type { Timing } from './measure.ts'
import { barcodeOf, cardOf, must, onFilledDesk } from './perform-desk.ts'

export interface CirculationSizes {
  readonly items: number
  readonly readers: number
  /** Times that each reader borrows, renews and brings back one more item. */
  readonly rounds: number
}

const loans = [1, 100, 1_000] as const
const acts = ['check-out', 'check-in', 'renew'] as const
type Act = (typeof acts)[number]
type Samples = Readonly<Record<Act, number[]>>

interface Circulated {
  readonly byReader: readonly Samples[]
  /** Ms between an answer and the next turn of the event loop. */
  readonly afterwards: readonly number[]
}

const WARM_UP_ROUNDS = 100
const GOAL = 'p50 ≤ 1, p99 ≤ 5'
const RATIO_GOAL = '≤ 1.2'

export async function benchCirculation(sizes: CirculationSizes): Promise<string> {
  const { items, readers, rounds } = sizes
  const { result, flush } = await onFilledDesk({ items, readers, loans }, async (desk) => {
    await goRound(desk, { ...sizes, rounds: WARM_UP_ROUNDS })
    return await goRound(desk, { ...sizes, rounds })
  })
  const { byReader, afterwards } = result
  const rows = acts.flatMap((act) =>
    loans.map((count, place) => timing(nameOf(act, count), byReader[place]?.[act] ?? [])),
  )
  const sizeWords = `${items.toLocaleString('en')} items and ${readers.toLocaleString('en')} readers`
  return [
    timingTable(`perform, ${sizeWords} on the desk`, rows, GOAL),
    ratioTable(rows),
    timingTable('after the answer, before the next scan', [timing('logs carried', afterwards)], ''),
    timingTable('beneath it', [flush], 'of the machine'),
  ].join('\n\n')
}

const nameOf = (act: Act, count: number): string =>
  `${act}, reader with ${count.toLocaleString('en')} open ${count === 1 ? 'loan' : 'loans'}`

/** The readers take turns at each step, so that none has the disk or the caches to itself. */
async function goRound(desk: Headless, { items, rounds }: CirculationSizes): Promise<Circulated> {
  const free = items - lent
  const samples = loans.map((): Samples => ({ 'check-out': [], 'check-in': [], renew: [] }))
  const afterwards: number[] = []
  /** As at a desk, the answer is out before the next scan comes; here it comes at once. */
  const act = async <T>(into: number[], work: () => T): Promise<T> => {
    const result = timed(into, work)
    const began = performance.now()
    await nextTurn()
    afterwards.push(performance.now() - began)
    return result
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, { 'check-out': outs, 'check-in': ins, renew }] of samples.entries()) {
      const barcode = barcodeOf(lent + (((round * loans.length + place) * STRIDE) % free))
      const card = cardOf(place + 1)
      const { summary } = await act(outs, () =>
        must(desk, 'loan.check-out', { barcode, card, dueOn: null }),
      )
      const { loanId } = summary as SummaryOf<'loan.check-out'>
      await act(renew, () => must(desk, 'loan.renew', { loan: loanId }))
      await act(ins, () => must(desk, 'loan.check-in', { barcode, returnedOn: null }))
    }
  }
  return { byReader: samples, afterwards }
}

const lent = loans.reduce((sum, count) => sum + count, 0)
/** A prime: each item from another part of the branch, as books come over a counter. */
const STRIDE = 99_991

function timed<T>(samples: number[], work: () => T): T {
  const began = performance.now()
  const result = work()
  samples.push(performance.now() - began)
  return result
}

function ratioTable(rows: readonly Timing[]): string {
  const lines = acts.map((act) => {
    const [few, many] = [loans[0], loans[2]].map((count) =>
      rows.find(({ name }) => name === nameOf(act, count)),
    )
    const ratio = (of: 'p50' | 'p95' | 'p99'): string =>
      ((many?.[of] ?? Number.NaN) / (few?.[of] ?? Number.NaN)).toFixed(2)
    return `| ${act} | ${ratio('p50')} | ${ratio('p95')} | ${ratio('p99')} | ${RATIO_GOAL} |`
  })
  return [
    '| 1,000 loans : 1 loan | p50 | p95 | p99 | goal |',
    '| --- | ---: | ---: | ---: | --- |',
    ...lines,
  ].join('\n')
}
