/**
 * A desk that was offline for days meets the feed: how long that takes with many operations pending,
 * and for how long nobody is served meanwhile.
 *
 *   node test/bench/sync/rebase.ts [--pending 5000]
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { patch } from '../../../domain/change.ts'
import type { Change } from '../../../domain/change.ts'
import type { Item, Reader } from '../../../domain/records.ts'
import { openHeadless } from '../../../main/engine/headless.ts'
import type { Headless } from '../../../main/engine/headless.ts'
import { redecideSeq } from '../../../main/sync/apply-entries.ts'
import { ENTRIES_WHILE_MANY } from '../../../main/sync/pull.ts'
import { barcodeOf, cardOf, cityOf, itemIdOf } from './bench-city.ts'
import { fillDesk } from '../fill-desk.ts'
import { timing } from '../measure.ts'
import { watchStall } from './event-loop-stall.ts'

const BRANCH = 'local'
const READERS = 1_000

interface PageCost {
  readonly name: string
  /** Operations that were decided again. */
  readonly decided: number
  readonly ms: number
  /** Less noisy than the time where others share the machine. */
  readonly cpuMs: number
  readonly stallMs: number
}

export interface RebaseResult {
  readonly pending: number
  readonly performP50: number
  readonly performP99: number
  /** Appending alone: outbox.db at FULL, and its mirror. */
  readonly appendMs: number
  readonly pages: readonly PageCost[]
  /** The first lending after the last change. */
  readonly nextMs: number
}

export async function measureRebase(pending: number): Promise<RebaseResult> {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-rebase-'))
  const desk = openHeadless(home, randomBytes(32))
  try {
    fill(desk, pending + 1)
    const samples = Array.from({ length: pending }, (_, number) => timed(() => lend(desk, number)))
    const { p50, p99 } = timing('', samples)
    const pages: PageCost[] = []
    const meet = async (name: string, changes: readonly Change[], perPage: number) => {
      const number = (desk.stores.replica.cursors()['branch:local'] ?? 0) + 1
      pages.push(await meetFeed(desk, { name, changes, number, perPage }))
    }
    await meet('500 other items, one page', itemNotes(pending + 1, 500), 500)
    await meet('500 items lent offline, one page', itemNotes(0, 500), 500)
    // Each reader has pending loans: all of them are decided again.
    const all = `${READERS} readers, all with loans made offline`
    await meet(`${all}, one page`, readerNotes(), READERS)
    await meet(`${all}, as it is pulled`, readerNotes(), ENTRIES_WHILE_MANY)
    const nextMs = timed(() => lend(desk, pending))
    return {
      pending,
      performP50: p50,
      performP99: p99,
      appendMs: appendAgain(desk, 2_000),
      pages,
      nextMs,
    }
  } finally {
    await desk.close()
    rmSync(home, { recursive: true, force: true })
  }
}

function timed(work: () => void): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

function fill(desk: Headless, items: number): void {
  const all = [...cityOf([{ id: BRANCH, items: items + 500, readers: READERS }])]
  fillDesk(
    desk,
    all.filter((one) => 'put' in one && (one.put === 'item' || one.put === 'reader')),
  )
}

/** Few at a time for each reader: each lending of the second thousand follows a return. */
function lend(desk: Headless, number: number): void {
  const isReturn = number % 2 === 1
  const barcode = barcodeOf(BRANCH, number >> 1)
  const payload = isReturn
    ? { barcode, returnedOn: null }
    : { barcode, card: cardOf(BRANCH, (number >> 1) % READERS), dueOn: null }
  const kind = isReturn ? 'loan.check-in' : 'loan.check-out'
  const receipt = desk.perform({ kind, payload, overrides: [], isDryRun: false })
  if (receipt.outcome !== 'done') throw new Error(JSON.stringify(receipt.findings))
}

const itemNotes = (from: number, count: number): Change[] =>
  Array.from({ length: count }, (_, at) =>
    patch('item', itemIdOf(BRANCH, from + at) as Item['id'], { shelf: 'B-07' }),
  )
const readerNotes = (): Change[] =>
  Array.from({ length: READERS }, (_, at) =>
    patch('reader', `reader-${BRANCH}-${at}` as Reader['id'], { note: '换新证' }),
  )

interface Met {
  readonly name: string
  readonly changes: readonly Change[]
  /** Of the first change; each is an entry of its own. */
  readonly number: number
  readonly perPage: number
}

async function meetFeed(desk: Headless, met: Met): Promise<PageCost> {
  const { name, changes, number, perPage } = met
  const entries = changes.map((change, at) => ({
    scope: 'branch:local' as const,
    number: number + at,
    changes: [change],
  }))
  const stall = watchStall()
  await wait(20)
  const before = process.cpuUsage()
  let decided = 0
  const redecide = (seq: number): readonly Change[] => {
    decided += 1
    return redecideSeq(desk.stores, seq)
  }
  const began = performance.now()
  for (let from = 0; from < entries.length; from += perPage) {
    const page = entries.slice(from, from + perPage)
    desk.stores.replica.applyPage({ entries: page, settled: [], redecide })
    await nextTurn()
  }
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  const stallMs = await stall()
  return { name, decided, ms, cpuMs: (user + system) / 1_000, stallMs }
}

/** The same rows once more under other numbers: what a commit at FULL costs with its mirror. */
function appendAgain({ stores: { outbox } }: Headless, count: number): number {
  const last = outbox.bySeq(outbox.lastSeq())
  if (last === null) throw new Error('nothing was done')
  const samples = Array.from({ length: count }, (_, at) => {
    const seq = last.seq + 1 + at
    const next = { ...last, seq, id: `${last.id}-${seq}`, requestId: `${last.requestId}-${seq}` }
    const body = { ...(last.body as object), seq, prevHash: outbox.headHash() }
    const hash = seq.toString(16).padStart(64, '0')
    return timed(() => outbox.append({ ...next, body, hash }, null))
  })
  return timing('', samples).p50
}

export async function benchRebase(pending: number): Promise<string> {
  const result = await measureRebase(pending)
  const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0)
  return [
    `| the feed with ${result.pending} operations pending | decided again | ms | CPU ms | longest stall, ms |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...result.pages.map(
      (page) =>
        `| ${page.name} | ${page.decided} | ${ms(page.ms)} | ${ms(page.cpuMs)} | ${ms(page.stallMs)} |`,
    ),
    '',
    `perform while offline: p50 ${ms(result.performP50)} ms, p99 ${ms(result.performP99)} ms; the append alone (outbox.db at FULL and its mirror): p50 ${ms(result.appendMs)} ms; the first operation after it: ${ms(result.nextMs)} ms.`,
  ].join('\n')
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { pending: { type: 'string', default: '5000' } } })
  process.stdout.write(`${await benchRebase(Number(values.pending))}\n`)
}
