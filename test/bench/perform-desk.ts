/** A desk with a branch on it, for what the engine's perform costs: real files, encrypted, at FULL. */
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Receipt } from '../../contract/desk-api.ts'
import { put } from '../../domain/change.ts'
import type { Change } from '../../domain/change.ts'
import type { Item, Reader } from '../../domain/records.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { aLoan, aReader, anItem } from '../builders/city.ts'
import { fillDesk } from './fill-desk.ts'
import { timeEach, timing } from './measure.ts'
import type { Timing } from './measure.ts'

export interface DeskSizes {
  readonly items: number
  readonly readers: number
  /** Open loans of the first readers, one number each; the items that they have come first. */
  readonly loans: readonly number[]
}

export const barcodeOf = (index: number): string => `044005${String(index).padStart(8, '0')}`
/** Readers count from 1. */
export const cardOf = (index: number): string => `044005${String(index).padStart(7, '0')}`

export interface Performed<R> {
  readonly result: R
  /** One flush of a page, on the disk and at the time of the others. */
  readonly flush: Timing
}

/** The desk is gone afterwards. */
export async function onFilledDesk<R>(
  sizes: DeskSizes,
  work: (desk: Headless) => Promise<R>,
): Promise<Performed<R>> {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-bench-'))
  const desk = openHeadless(home, randomBytes(32))
  try {
    fillDesk(desk, changesOf(sizes))
    const result = await work(desk)
    return { result, flush: timing('one flush of 4 KB', flushes(home)) }
  } finally {
    await desk.close()
    rmSync(home, { recursive: true, force: true })
  }
}

export function must(desk: Headless, kind: string, payload: unknown): Receipt {
  const receipt = desk.perform({ kind, payload, overrides: [], isDryRun: false })
  if (receipt.outcome !== 'done') throw new Error(`${kind}: ${JSON.stringify(receipt.findings)}`)
  return receipt
}

function* changesOf({ items, readers, loans }: DeskSizes): Generator<Change> {
  const reader = aReader({ category: 'institution', homeLibraryId: 'local' })
  for (let index = 1; index <= readers; index += 1) {
    const id = `reader-${index}` as Reader['id']
    const openLoansCount = loans[index - 1] ?? 0
    yield put('reader', { ...reader, id, cardNumber: cardOf(index), openLoansCount })
  }
  const local = { ownerLibraryId: 'local', homeBranchId: 'local', atBranchId: 'local' }
  const item = anItem(local)
  const holders = loans.flatMap((count, place) =>
    Array.from({ length: count }, () => `reader-${place + 1}`),
  )
  for (let index = 0; index < items; index += 1) {
    const named = { id: `item-${index}` as Item['id'], barcode: barcodeOf(index) }
    const holder = holders[index]
    if (holder === undefined) {
      yield put('item', { ...item, ...named })
      continue
    }
    const loan = aLoan({
      id: `loan-${index}`,
      itemId: named.id,
      readerId: holder,
      lentBranchId: 'local',
      dueOn: '2099-01-01',
    })
    yield put('item', { ...item, ...named, state: 'on-loan', openLoanId: loan.id })
    yield put('loan', loan)
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
