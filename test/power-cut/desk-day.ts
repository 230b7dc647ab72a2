/**
 * The recorded program: a desk's day over the real engine, with the city answering in between, ended
 * by SIGKILL. `node desk-day.ts <root> <history> <operations> <seed>`
 *
 * A line in `<root>/acks` is what somebody outside was told: `done <operation id>` after a receipt,
 * `outcome <seq> <outcome>` and `cursors <JSON>` after what came from the city was stored for good.
 */
import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { keyFileFor } from '../../db/key-file.ts'
import type { OutcomeOf } from '../../db/outbox/outbox.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { createLogCare } from '../../main/engine/log-care.ts'
import type { LogCare } from '../../main/engine/log-care.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import type { Headless } from '../../main/engine/headless.ts'
import { usableJournalFolder } from '../../main/engine/storage-outbox.ts'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import type { StoresOptions } from '../../main/engine/stores.ts'
import { applyEntries, applyTitles, settleRefused } from '../../main/sync/apply-entries.ts'
import { BRANCH, LIBRARY, NOW, aBib, aTitle } from '../builders/city.ts'
import { seeded } from '../simulation/random.ts'
import type { Random } from '../simulation/random.ts'
import { ITEMS, READERS, barcodeOf, cardOf, startFeed } from './city-feed.ts'
import type { CityFeed } from './city-feed.ts'
import type { History } from './check-home.ts'

const STEP_MS = 20_000
/** Operations between two pauses in which the logs are carried into their files. */
const REST_EVERY = 25
const announcer = createAnnouncer()

interface Day {
  readonly desk: Headless
  readonly feed: CityFeed
  readonly random: Random
  readonly tell: (line: string) => void
  /** Loan by barcode. */
  readonly lent: Map<string, string>
  readonly done: string[]
  readonly clock: { wallMs: number }
}

function enrol(home: string, key: Uint8Array, options: StoresOptions): Promise<void> {
  const stores = openStores(home, key, options)
  stores.outbox.saveIdentity({
    deviceId: 'desk-power',
    epoch: 1,
    branchId: BRANCH,
    libraryId: LIBRARY,
    deskName: '一号台',
    isSampleCity: true,
    serverUrl: 'http://127.0.0.1:9',
    serverEpoch: 'epoch-1',
  })
  return closeStores(stores)
}

function wishOf({ random, lent, done }: Day, number: number): { kind: string; payload: unknown } {
  const drawn = random.next()
  const loans = [...lent]
  if (drawn < 0.04) return { kind: 'title.import', payload: importOf(number) }
  if (drawn < 0.08 && done.length > 0) {
    const operation = random.pick(done.slice(-8))
    return { kind: 'operation.undo', payload: { operation, reason: null } }
  }
  if (drawn < 0.13) {
    const item = `item-${Math.floor(random.next() * ITEMS)}`
    return { kind: 'item.mark-damaged', payload: { item, note: `note ${number}` } }
  }
  if (drawn < 0.25 && loans.length > 0) {
    return { kind: 'loan.renew', payload: { loan: random.pick(loans)[1] } }
  }
  const barcode = barcodeOf(Math.floor(random.next() * ITEMS))
  if (lent.has(barcode) || (drawn < 0.5 && loans.length > 20)) {
    const returned = lent.has(barcode) ? barcode : random.pick(loans)[0]
    return { kind: 'loan.check-in', payload: { barcode: returned, returnedOn: null } }
  }
  const card = cardOf(Math.floor(random.next() * READERS))
  return { kind: 'loan.check-out', payload: { barcode, card, dueOn: null } }
}

function importOf(number: number): unknown {
  const { id: _title, ...title } = aTitle({
    title: `新书 ${number}`,
    controlNumber: `0220260${String(number).padStart(5, '0')}`,
  })
  const { id: _bib, ...bib } = aBib()
  const barcode = `0449900${String(number).padStart(7, '0')}`
  const items = [{ barcode, callNumber: null, shelf: null, itemType: 'book', priceFen: null }]
  return { source: 'new.iso', records: [{ title, bib, items }] }
}

function act(day: Day, number: number): void {
  const wish = wishOf(day, number)
  day.clock.wallMs = NOW + number * STEP_MS
  const receipt = day.desk.perform({ ...wish, overrides: [], isDryRun: false })
  if (receipt.outcome !== 'done' || receipt.operationId === null) return
  day.tell(`done ${receipt.operationId}`)
  day.done.push(receipt.operationId)
  const { barcode } = wish.payload as { barcode?: string }
  if (wish.kind === 'loan.check-in' && barcode !== undefined) day.lent.delete(barcode)
  if (wish.kind === 'loan.check-out' && barcode !== undefined) {
    day.lent.set(barcode, (receipt.summary as { loanId: string }).loanId)
  }
  if (number % 20 === 0) {
    const at = day.clock.wallMs
    const line = { at, staffId: 'staff-lin', action: 'looked-up', subject: null, result: 'ok' }
    day.desk.stores.outbox.audit(line)
  }
}

const REFUSABLE = new Set(['loan.renew', 'title.import', 'operation.undo'])

/** The order of main/sync/loop.ts: push, outcomes, refusals; then pull, titles first. */
async function synchronise(day: Day): Promise<void> {
  const { desk, feed, random } = day
  const { outbox, replica, catalogue } = desk.stores
  const outcomes = outbox.unsent(1 + Math.floor(random.next() * 9)).map((operation): OutcomeOf => {
    const { seq } = operation
    if (REFUSABLE.has(operation.kind) && random.chance(0.2)) {
      return { seq, outcome: 'refused', positions: {}, findings: [] }
    }
    return { seq, outcome: 'applied', positions: feed.accept(operation), findings: [] }
  })
  if (outcomes.length > 0) outbox.saveOutcomes(outcomes)
  for (const { seq, outcome } of outcomes) day.tell(`outcome ${seq} ${outcome}`)
  settleRefused(desk.stores, announcer)
  if (random.chance(0.3)) feed.move(random)
  if (random.chance(0.3)) return
  const cursors = { ...replica.cursors(), catalogue: catalogue.cursor() }
  const page = feed.after(cursors).slice(0, 20 + Math.floor(random.next() * 60))
  await applyTitles(desk.stores, announcer, page, () => Promise.resolve())
  applyEntries(desk.stores, announcer, page)
  tellCursors(day)
}

/** Nothing is written between the two. */
function rest(logs: LogCare): void {
  logs.tick()
  logs.tick()
}

function tellCursors({ desk, tell }: Day): void {
  const { replica, catalogue } = desk.stores
  tell(`cursors ${JSON.stringify({ ...replica.cursors(), catalogue: catalogue.cursor() })}`)
}

function historyOf({ desk, feed }: Day): History {
  const { outbox } = desk.stores
  const hashes: string[] = []
  for (let seq = 1; seq <= outbox.lastSeq(); seq += 1) hashes.push(outbox.bySeq(seq)?.hash ?? '')
  return { hashes, entries: [...feed.entries] }
}

async function run(root: string, historyPath: string, count: number, seed: number): Promise<void> {
  const home = join(root, 'home')
  mkdirSync(root, { recursive: true })
  const key = keyFileFor(home, join(root, 'keys'))
  const options = { journalFolder: usableJournalFolder(home) }
  await enrol(home, key, options)
  const acks = openSync(join(root, 'acks'), 'a')
  const clock = { wallMs: NOW }
  const ticking = { now: () => clock.wallMs, monotonic: () => clock.wallMs - NOW }
  const desk = openHeadless(home, key, ticking, options)
  const day: Day = {
    desk,
    feed: startFeed(),
    random: seeded(seed),
    tell: (line) => writeSync(acks, `${line}\n`),
    lent: new Map(),
    done: [],
    clock,
  }
  await applyTitles(desk.stores, announcer, day.feed.entries, () => Promise.resolve())
  applyEntries(desk.stores, announcer, day.feed.entries)
  tellCursors(day)
  const logs = createLogCare(desk.stores)
  for (let number = 1; day.done.length < count; number += 1) {
    act(day, number)
    if (day.random.chance(0.15)) await synchronise(day)
    if (number % REST_EVERY === 0) rest(logs)
  }
  writeFileSync(historyPath, JSON.stringify(historyOf(day)))
  process.kill(process.pid, 'SIGKILL')
}

const [, , root = '', historyPath = '', count = '', seed = ''] = process.argv
await run(root, historyPath, Number(count), Number(seed))
