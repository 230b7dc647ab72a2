/** A home as it was found after the power cut: opened as the desk opens it, and looked through. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalJson } from '../../contract/sync-protocol.ts'
import type { FeedEntry } from '../../contract/sync-protocol.ts'
import type { Scope, ScopeNumbers } from '../../domain/scopes.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { openReplica } from '../../db/replica/replica.ts'
import type { Replica } from '../../db/replica/replica.ts'
import { replicaKinds } from '../../db/replica/tables.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { openHeadless } from '../../main/engine/headless.ts'
import { loggedOperation } from '../../main/engine/logged-operation.ts'
import { catchUp } from '../../main/engine/replay.ts'
import { SALVAGE_SETTING, usableJournalFolder } from '../../main/engine/storage-outbox.ts'
import { closeStores, openStores } from '../../main/engine/stores.ts'
import type { RecordStores, Stores } from '../../main/engine/stores.ts'
import { applyEntries, settleRefused } from '../../main/sync/apply-entries.ts'
import { NOW } from '../builders/city.ts'
import { ITEMS, READERS, barcodeOf, cardOf } from './city-feed.ts'

/** When the power is back. */
const LATER = NOW + 86_400_000

/** What the recorded day knows of itself. */
export interface History {
  /** Of each operation, from number 1 on. */
  readonly hashes: readonly string[]
  /** All that the city told. */
  readonly entries: readonly FeedEntry[]
}

/** What had been told to somebody before the power went. */
export interface Told {
  doneCount: number
  readonly outcomes: Map<number, string>
  cursors: ScopeNumbers
}

export const nothingTold = (): Told => ({ doneCount: 0, outcomes: new Map(), cursors: {} })

/** Lines of desk-day.ts. */
export function hear(told: Told, line: string): void {
  const [verb, first = '', second = ''] = line.split(' ')
  if (verb === 'done') told.doneCount += 1
  if (verb === 'outcome') told.outcomes.set(Number(first), second)
  if (verb === 'cursors') told.cursors = JSON.parse(first) as Told['cursors']
}

export interface Found {
  /** Acknowledged operations that are not in the outbox (I1). */
  readonly lostCount: number
  /** Which files could not be used as they were. */
  readonly damaged: readonly string[]
  /** outbox.db was made anew from its parts and its mirror. */
  readonly isSalvaged: boolean
  /** Operations that only the mirror had. */
  readonly mergedCount: number
  /** Operations that the rows had to be given again. */
  readonly caughtUpCount: number
  /** In a sentence each; a sound home has none. */
  readonly problems: readonly string[]
}

/** `isDeep`: also the comparison with a replay from scratch (I12), and one more loan. */
export async function checkHome(
  root: string,
  told: Told,
  history: History,
  isDeep: boolean,
): Promise<Found> {
  const key = keyIn(join(root, 'keys'))
  const home = join(root, 'home')
  if (key === null) return nothingFound(told, ['key'], 'the key is gone')
  try {
    const found = await lookThrough(home, key, { told, history, isDeep })
    const isSound = found.damaged.length + found.problems.length === 0
    if (!isDeep || !isSound) return found
    return { ...found, problems: await problemsOfLending(home, key) }
  } catch (error) {
    return nothingFound(told, ['outbox'], saysOf(error))
  }
}

async function lookThrough(
  home: string,
  key: Uint8Array,
  { told, history, isDeep }: { told: Told; history: History; isDeep: boolean },
): Promise<Found> {
  const stores = openStores(home, key, {
    journalFolder: usableJournalFolder(home),
    now: () => LATER,
  })
  try {
    const caughtUpCount = catchUp(stores)
    const lostCount = Math.max(0, told.doneCount - stores.outbox.lastSeq())
    const damaged = damagedFiles(stores)
    const isSalvaged = stores.outbox.setting(SALVAGE_SETTING) !== null
    const { mergedCount } = stores.storage
    const problems = problemsOfOutbox(stores.outbox, told, history)
    if (damaged.length === 0) problems.push(...problemsOfCursors(stores, told))
    if (damaged.length === 0 && isDeep) problems.push(...problemsOfRows(stores, history))
    return { lostCount, damaged, isSalvaged, mergedCount, caughtUpCount, problems }
  } finally {
    await closeStores(stores)
  }
}

const nothingFound = (told: Told, damaged: readonly string[], says: string): Found => ({
  lostCount: told.doneCount,
  damaged,
  isSalvaged: false,
  mergedCount: 0,
  caughtUpCount: 0,
  problems: [says],
})

/** An error that nobody expected is a defect, whatever the disk did: it is told apart. */
export const UNTYPED = 'UNTYPED'

const saysOf = (error: unknown): string =>
  error instanceof StorageFailure ? error.message : `${UNTYPED} ${String(error)}`

function keyIn(folder: string): Uint8Array | null {
  if (!existsSync(folder)) return null
  const name = readdirSync(folder).find((file) => file.endsWith('.key'))
  return name === undefined ? null : new Uint8Array(readFileSync(join(folder, name)))
}

function damagedFiles({ outbox, replica, catalogue, storage }: Stores): string[] {
  const damaged = new Set<string>(storage.rebuilt().map(({ file }) => file))
  if (outbox.setting(SALVAGE_SETTING) !== null || !outbox.isWhole()) damaged.add('outbox')
  if (!replica.isWhole()) damaged.add('replica')
  if (!catalogue.isWhole()) damaged.add('catalogue')
  return [...damaged]
}

function problemsOfOutbox(outbox: Outbox, told: Told, { hashes }: History): string[] {
  const problems: string[] = []
  let head = '0'.repeat(64)
  for (let seq = 1; seq <= outbox.lastSeq(); seq += 1) {
    const stored = outbox.bySeq(seq)
    const body = stored?.body as { prevHash?: string } | undefined
    const hash = createHash('sha256')
      .update(canonicalJson(body ?? null))
      .digest('hex')
    if (stored?.hash !== hash || body?.prevHash !== head) problems.push(`chain broken at ${seq}`)
    if (hash !== hashes[seq - 1]) problems.push(`operation ${seq} is another one`)
    const outcome = told.outcomes.get(seq)
    if (outcome !== undefined && stored?.outcome !== outcome) problems.push(`outcome of ${seq}`)
    head = hash
  }
  if (outbox.auditFirstBroken() !== null) problems.push('audit trail broken')
  if (outbox.identity() === null) problems.push('the desk forgot who it is')
  return problems.slice(0, 3)
}

const cursorsOf = ({ replica, catalogue }: RecordStores): ScopeNumbers => ({
  ...replica.cursors(),
  catalogue: catalogue.cursor(),
})

function problemsOfCursors(stores: RecordStores, told: Told): string[] {
  const found = cursorsOf(stores)
  return (Object.entries(told.cursors) as [Scope, number][])
    .filter(([scope, number]) => (found[scope] ?? 0) < number)
    .map(([scope, number]) => `cursor of ${scope} is ${found[scope]}, told ${number}`)
}

/** I12: what is shown equals the city's rows up to the cursors with the own operations on top. */
function problemsOfRows(stores: Stores, { entries }: History): string[] {
  const announcer = createAnnouncer()
  settleRefused(stores, announcer)
  applyEntries(stores, announcer, [])
  const cursors = cursorsOf(stores)
  const known = entries.filter(({ scope, number }) => number <= (cursors[scope] ?? 0))
  const { outbox } = stores
  const catalogue = openCatalogue(':memory:', null, (seq) => outbox.bySeq(seq)?.changes ?? [])
  const replica: Replica = openReplica(':memory:', null, {
    catalogue,
    logged: (id) => loggedOperation(outbox, (seq) => replica.pendingChanges(seq), id),
    ownBranchId: () => outbox.identity()?.branchId ?? null,
  })
  try {
    const titles = known.filter(({ scope }) => scope === 'catalogue')
    const changes = titles.flatMap((entry) => entry.changes)
    catalogue.apply(changes, { cursor: titles.length, localSeq: null })
    replica.applyPage({
      entries: known.filter(({ scope }) => scope !== 'catalogue'),
      settled: [],
      redecide: () => [],
    })
    catchUp({ outbox, replica, catalogue })
    return [
      ...differences('rows', rowsOf(stores.replica), rowsOf(replica)),
      ...differences('titles', titlesOf(stores.catalogue), titlesOf(catalogue)),
    ]
  } finally {
    replica.close()
    catalogue.close()
  }
}

type Shown = ReadonlyMap<string, string>

const rowsOf = ({ rows }: Replica): Shown =>
  new Map(
    replicaKinds.flatMap((kind) =>
      rows
        .select(kind, 'ORDER BY id')
        .map((row) => [`${kind}:${row.id}`, JSON.stringify(row)] as const),
    ),
  )

function titlesOf(catalogue: Catalogue): Shown {
  const { titles } = catalogue.titlesAfter(-1, 1_000_000)
  return new Map(titles.map((title) => [title.id, JSON.stringify(title)]))
}

function differences(what: string, shown: Shown, expected: Shown): string[] {
  const keys = [...new Set([...shown.keys(), ...expected.keys()])]
  const other = keys.filter((key) => shown.get(key) !== expected.get(key))
  if (other.length === 0) return []
  const first = other[0] ?? ''
  const is = shown.get(first) ?? 'nothing'
  return [`${other.length} ${what} differ: ${first} is ${is}, not ${expected.get(first)}`]
}

/** The desk works on: it lends to somebody, and has it after it was closed. */
async function problemsOfLending(home: string, key: Uint8Array): Promise<string[]> {
  const clock = { now: () => LATER, monotonic: () => 0 }
  const desk = openHeadless(home, key, clock, { journalFolder: usableJournalFolder(home) })
  const { outbox } = desk.stores
  const before = outbox.lastSeq()
  let doneCount = 0
  for (let index = 0; index < ITEMS && doneCount === 0; index += 1) {
    const payload = { barcode: barcodeOf(index), card: cardOf(index % READERS), dueOn: null }
    const request = { kind: 'loan.check-out', payload, overrides: [], isDryRun: false }
    if (desk.perform(request).outcome === 'done') doneCount += 1
  }
  const after = outbox.lastSeq()
  await desk.close()
  return doneCount === 1 && after === before + 1 ? [] : ['the desk lends no more']
}
