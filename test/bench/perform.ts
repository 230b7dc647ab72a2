/** The engine's perform: load, decide, apply, append, commit at synchronous=FULL, encrypted. */
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change } from '../../domain/change.ts'
import { put } from '../../domain/change.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { aLoan, aReader, anItem } from '../builders/city.ts'
import { timeEach, timing } from './measure.ts'
import type { Timing } from './measure.ts'

export interface PerformSizes {
  readonly items: number
  readonly readers: number
  /** Lendings timed for each reader. */
  readonly rounds: number
}

const LOANS_OF_HEAVY_READER = 1_000
const barcodeOf = (index: number): string => `044005${String(index).padStart(8, '0')}`
const cardOf = (index: number): string => `044005${String(index).padStart(7, '0')}`

export interface PerformResult {
  readonly performed: readonly Timing[]
  /** One flush of a page, on the disk and at the time of the others. */
  readonly flush: Timing
}

export async function benchPerform(sizes: PerformSizes): Promise<PerformResult> {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-bench-'))
  const desk = openHeadless(home, randomBytes(32))
  try {
    seed(desk, sizes)
    const rows: Timing[] = []
    const lend = (name: string, card: string, from: number): void => {
      const samples = timeEach(sizes.rounds, (index) => {
        must(desk, 'loan.check-out', { barcode: barcodeOf(from + index), card, dueOn: null })
      })
      rows.push(timing(name, samples))
    }
    lend('warm-up', cardOf(3), LOANS_OF_HEAVY_READER)
    const first = LOANS_OF_HEAVY_READER + sizes.rounds
    lend('check-out, reader with no loans at first', cardOf(2), first)
    lend('check-out, reader with 1,000 open loans', cardOf(1), first + sizes.rounds)
    const returns = timeEach(sizes.rounds, (index) => {
      must(desk, 'loan.check-in', { barcode: barcodeOf(first + index), returnedOn: null })
    })
    rows.push(timing('check-in', returns))
    return { performed: rows.slice(1), flush: timing('one flush of 4 KB', flushes(home)) }
  } finally {
    await desk.close()
    rmSync(home, { recursive: true, force: true })
  }
}

const LINE_BYTES = 4_096
const FLUSHES = 500

/** What is beneath every commit here and now: without it the figures say little on a busy disk. */
function flushes(folder: string): number[] {
  const fd = openSync(join(folder, 'flushes'), 'a')
  const line = Buffer.alloc(LINE_BYTES, 'line ')
  const samples = timeEach(FLUSHES, () => {
    writeSync(fd, line)
    fdatasyncSync(fd)
  })
  closeSync(fd)
  return samples
}

function must(desk: Headless, kind: string, payload: unknown): void {
  const receipt = desk.perform({ kind, payload, overrides: [], isDryRun: false })
  if (receipt.outcome !== 'done') throw new Error(`${kind}: ${JSON.stringify(receipt.findings)}`)
}

/** Items and readers in pages, as the feed brings them; reader 1 has 1,000 loans. */
function seed(desk: Headless, { items, readers }: PerformSizes): void {
  const local = { ownerLibraryId: 'local', homeBranchId: 'local', atBranchId: 'local' }
  const changes = function* (): Generator<Change> {
    for (let index = 1; index <= readers; index += 1) {
      yield put(
        'reader',
        aReader({
          id: `reader-${index}`,
          cardNumber: cardOf(index),
          category: 'institution',
          homeLibraryId: 'local',
          openLoansCount: index === 1 ? LOANS_OF_HEAVY_READER : 0,
        }),
      )
    }
    for (let index = 0; index < items; index += 1) {
      const isLent = index < LOANS_OF_HEAVY_READER
      yield put(
        'item',
        anItem({
          ...local,
          id: `item-${index}`,
          barcode: barcodeOf(index),
          state: isLent ? 'on-loan' : 'on-shelf',
          openLoanId: isLent ? `loan-${index}` : null,
        }),
      )
      if (!isLent) continue
      const loan = { id: `loan-${index}`, itemId: `item-${index}`, lentBranchId: 'local' }
      yield put('loan', aLoan({ ...loan, dueOn: '2099-01-01' }))
    }
  }
  let number = 0
  for (const page of pagesOf(changes(), 5_000)) {
    desk.stores.replica.applyPage({
      entries: [{ scope: 'branch:local', number: (number += 1), changes: page }],
      settled: [],
      redecide: () => [],
    })
  }
}

function* pagesOf<T>(rows: Iterable<T>, size: number): Generator<T[]> {
  let page: T[] = []
  for (const row of rows) {
    page.push(row)
    if (page.length === size) {
      yield page
      page = []
    }
  }
  if (page.length > 0) yield page
}
