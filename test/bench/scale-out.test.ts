import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../cli/sample-city/random.ts'
import { simulateStorm } from './scale-out-storm.ts'
import { barcodeOf } from './sync/bench-city.ts'
import { itemsOf, offlineLog, readersOf } from './sync/offline-log.ts'

const rates = {
  nodes: 2,
  nodePerSecond: 2_000,
  databasePerSecond: 2_500,
  running: 4,
  waiting: 6,
  batch: 100,
}
const run = (seed: number, given = rates) => {
  const random = seededRandom(seed)
  return simulateStorm({ desks: 200, operations: 250 }, given, () => random.next())
}

describe('a simulated storm', () => {
  test('ends with every desk done, three answered pushes each', () => {
    const { doneMs, answerMs, lastMs, busy } = run(1)

    expect(doneMs).toHaveLength(200)
    expect(answerMs).toHaveLength(600)
    expect(Math.max(...doneMs)).toBe(lastMs)
    expect(busy).toBeGreaterThan(0)
  })

  test('is never faster than the database, and sends nobody away where the line is long', () => {
    const { lastMs, busy } = run(1, { ...rates, waiting: 10_000 })

    expect(lastMs).toBeGreaterThanOrEqual((200 * 250 * 1_000) / rates.databasePerSecond)
    expect(busy).toBe(0)
  })

  test('is the same for the same seed, and another for another', () => {
    expect(run(7)).toEqual(run(7))
    expect(run(7).doneMs).not.toEqual(run(8).doneMs)
  })
})

describe('the log of an offline desk', () => {
  const sizes = { operations: 400, desksPerBranch: 4, clashEvery: 50 }

  test('is chained, and brings back all that it lent but the shared item', () => {
    const log = offlineLog(5, sizes)

    expect(log.map(({ body }) => body.seq)).toEqual(log.map((_, at) => at + 1))
    expect(log.slice(1).map(({ body }) => body.prevHash)).toEqual(
      log.slice(0, -1).map(({ hash }) => hash),
    )
    const barcodes = (kind: string) =>
      log.flatMap(({ body }) =>
        body.kind === kind ? [(body.payload as { barcode: string }).barcode] : [],
      )
    const lent = barcodes('loan.check-out')
    const shared = barcodeOf('b1', 0)
    expect(lent.filter((barcode) => barcode === shared)).toHaveLength(4)
    expect(barcodes('loan.check-in').filter((_, at) => lent[at] !== shared)).toEqual(
      lent.filter((barcode) => barcode !== shared),
    )
  })

  test('shares one item with the other desks of its service point, and no other', () => {
    const barcodesOf = (desk: number) =>
      new Set(
        offlineLog(desk, sizes).map(({ body }) => (body.payload as { barcode: string }).barcode),
      )
    const first = barcodesOf(0)

    expect([...barcodesOf(1)].filter((barcode) => first.has(barcode))).toHaveLength(1)
    expect(first.size + 3 * barcodesOf(1).size - 3).toBeLessThanOrEqual(itemsOf(sizes))
    expect(readersOf(sizes)).toBeGreaterThan(0)
  })
})
