/** The desk's own log under every kind of damage: nothing unsent lost, and lending goes on. */
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SalvageReport } from '../../contract/storage-status.ts'
import { put } from '../../domain/change.ts'
import { backUpDaily } from '../../db/backup.ts'
import { StorageFailure } from '../../db/open.ts'
import { NOW, aReader, anItem } from '../../test/builders/city.ts'
import { local } from '../../test/builders/desk.ts'
import { hashOf } from './chain.ts'
import type { Clock } from './clock.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { SALVAGE_SETTING } from './storage-outbox.ts'

const LENT = 40
const SETTLED = 15
const key = randomBytes(32)
const clock: Clock = { now: () => NOW, monotonic: () => 0 }
const barcode = (n: number) => `044005${String(n).padStart(8, '0')}`
const card = aReader().cardNumber
const journalOf = (home: string) => join(home, 'journal')

let pristine = ''
/** What the server has not answered: id and hash of each, in order. */
let unsent: string[] = []
let home = ''

const open = (folder: string, under: Uint8Array | null = key) => openHeadless(folder, under, clock)
const lend = (desk: Headless, n: number) =>
  desk.perform({
    kind: 'loan.check-out',
    payload: { barcode: barcode(n), card, dueOn: null },
    overrides: [],
    isDryRun: false,
  })
const unsentIn = ({ stores: { outbox } }: Headless) =>
  outbox.unsent(1_000).map(({ id, hash }) => `${id} ${hash}`)

/** A desk that lent 40 items, of which the server has 15; killed with its log and files as they are. */
beforeAll(() => {
  pristine = mkdtempSync(join(tmpdir(), 'citydesk-salvage-'))
  const desk = open(join(pristine, 'alive'))
  const { replica, outbox } = desk.stores
  const items = Array.from({ length: LENT + 1 }, (_, n) =>
    put('item', anItem({ ...local, id: `item-${n}`, barcode: barcode(n), titleId: null })),
  )
  const reader = put('reader', aReader({ homeLibraryId: 'local', category: 'institution' }))
  replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: [...items, reader] }],
    settled: [],
    redecide: () => [],
  })
  for (let n = 0; n < LENT; n += 1) {
    if (n === 25) backUpDaily(outbox, journalOf(join(pristine, 'alive')), NOW)
    const { outcome } = lend(desk, n)
    if (outcome !== 'done') throw new Error(`item ${n}: ${outcome}`)
  }
  const seqs = Array.from({ length: SETTLED }, (_, n) => n + 1)
  outbox.saveOutcomes(
    seqs.map((seq) => ({ seq, outcome: 'applied', positions: {}, findings: [] })),
    NOW,
  )
  outbox.settle(seqs)
  unsent = unsentIn(desk)
  cpSync(join(pristine, 'alive'), join(pristine, 'killed'), { recursive: true })
  desk.close().then(
    () => undefined,
    () => undefined,
  )
})
afterAll(() => {
  rmSync(pristine, { recursive: true, force: true })
})
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'citydesk-damage-')), 'desk')
  cpSync(join(pristine, 'killed'), home, { recursive: true })
})
afterEach(() => {
  rmSync(join(home, '..'), { recursive: true, force: true })
})

const db = () => join(home, 'outbox.db')
/** Into the file itself, as a clean stop leaves it. */
async function checkpointed(): Promise<void> {
  await open(home).close()
}
const overwrite = (from: number, length: number, fill: (at: number) => number) => {
  const bytes = readFileSync(db())
  for (let at = from; at < Math.min(bytes.length, from + length); at += 1) bytes[at] = fill(at)
  writeFileSync(db(), bytes)
}
const page = (n: number) => n * 4096
const last = () => statSync(db()).size
const noJournal = () => {
  for (const name of readdirSync(journalOf(home))) {
    if (name.endsWith('.journal')) rmSync(join(journalOf(home), name))
  }
}
const backupName = () => readdirSync(journalOf(home)).find((name) => name.endsWith('.backup')) ?? ''
const noBackup = () => {
  for (const name of readdirSync(journalOf(home))) {
    if (name.endsWith('.backup')) rmSync(join(journalOf(home), name))
  }
}

/** Chained from the first to the last, each body as its hash says. */
function assertChained({ stores: { outbox } }: Headless): void {
  let before = '0'.repeat(64)
  for (let seq = 1; seq <= outbox.lastSeq(); seq += 1) {
    const stored = outbox.bySeq(seq)
    const body = stored?.body as { prevHash: string }
    expect([seq, body.prevHash, hashOf(body as never)]).toEqual([seq, before, stored?.hash])
    before = stored?.hash ?? ''
  }
}

async function assertNothingLost(): Promise<SalvageReport | null> {
  const desk = open(home)
  expect(unsentIn(desk)).toEqual(unsent)
  assertChained(desk)
  expect(lend(desk, LENT).outcome).toBe('done')
  expect(desk.stores.outbox.lastSeq()).toBe(LENT + 1)
  expect(desk.stores.outbox.auditFirstBroken()).toBeNull()
  expect(desk.stores.outbox.isWhole()).toBe(true)
  const text = desk.stores.outbox.setting(SALVAGE_SETTING)
  await desk.close()
  // And it opens as any other afterwards.
  const again = open(home)
  expect(again.stores.outbox.lastSeq()).toBe(LENT + 1)
  await again.close()
  return text === null ? null : SalvageReport.parse(JSON.parse(text))
}

/** Applied to a file that was closed, and to one whose program was killed. */
const damages: readonly (readonly [name: string, damage: () => void])[] = [
  ['a flipped bit in the middle', () => overwrite(page(9) + 77, 1, (at) => at & 0xff)],
  ['a flipped bit in the first page', () => overwrite(200, 1, () => 0x5a)],
  ['five zeroed pages', () => overwrite(page(6), 5 * 4096, () => 0)],
  ['a zeroed first page', () => overwrite(0, 4096, () => 0)],
  ['random bytes over the last third', () => overwrite((last() * 2) / 3, last(), (at) => at % 251)],
  ['a file cut in half', () => truncateSync(db(), Math.floor(last() / 2))],
  ['a file cut within a page', () => truncateSync(db(), page(5) + 99)],
  ['an empty file', () => truncateSync(db(), 0)],
  ['a missing file', () => rmSync(db())],
  ['a file that is something else', () => writeFileSync(db(), randomBytes(50_000))],
]

describe('a closed outbox.db', () => {
  test.each(damages)('%s', async (_name, damage) => {
    await checkpointed()
    damage()
    // A flipped bit in a page that nobody reads shows at the latest after an unclean stop.
    writeFileSync(join(home, 'desk.lock'), '{"pid":1,"started":"another boot/1"}')
    const report = await assertNothingLost()
    if (report === null) return
    expect(report.missing).toEqual([])
    expect(report.unsent).toBe(LENT - SETTLED)
  })
})

describe('a killed outbox.db, its log beside it', () => {
  test.each(damages)('%s', async (_name, damage) => {
    damage()
    const report = await assertNothingLost()
    expect(report?.missing ?? []).toEqual([])
  })

  test('a deleted log', async () => {
    rmSync(`${db()}-wal`)
    const report = await assertNothingLost()
    expect(report?.missing ?? []).toEqual([])
  })

  test('a torn log', async () => {
    truncateSync(`${db()}-wal`, Math.floor(statSync(`${db()}-wal`).size / 2) + 33)
    const report = await assertNothingLost()
    expect(report?.missing ?? []).toEqual([])
  })

  test('random bytes in the log', async () => {
    const bytes = readFileSync(`${db()}-wal`)
    writeFileSync(`${db()}-wal`, Buffer.concat([bytes.subarray(0, 10_000), randomBytes(60_000)]))
    const report = await assertNothingLost()
    expect(report?.missing ?? []).toEqual([])
  })
})

test('damaged under a running desk: it ends there, and its next start has all that it said', async () => {
  await checkpointed()
  const running = open(home)
  writeFileSync(db(), Buffer.concat([readFileSync(db()).subarray(0, 4096), randomBytes(200_000)]))
  const said: string[] = []
  let failure: unknown = null
  for (let n = 0; failure === null && n < 500; n += 1) {
    try {
      const kind = n % 2 === 0 ? 'loan.check-out' : 'loan.check-in'
      const payload =
        n % 2 === 0
          ? { barcode: barcode(LENT), card, dueOn: null }
          : { barcode: barcode(LENT), returnedOn: null }
      const receipt = running.perform({ kind, payload, overrides: [], isDryRun: false })
      said.push(receipt.operationId ?? '')
    } catch (error) {
      failure = error
    }
  }
  expect(failure === null || failure instanceof StorageFailure).toBe(true)
  // The program is gone: nothing of it is closed.
  const next = join(home, '..', 'next')
  cpSync(home, next, { recursive: true })
  const desk = open(next)
  for (const id of said) expect(desk.stores.outbox.byId(id)?.id).toBe(id)
  expect(unsentIn(desk).slice(0, unsent.length)).toEqual(unsent)
  assertChained(desk)
  expect(lend(desk, 0).outcome).not.toBe('refused')
  await desk.close()
  await running.stores.storage.close()
})

describe('what the sources are worth', () => {
  test('the file alone gives what its whole pages hold, and says what is missing', async () => {
    await checkpointed()
    rmSync(journalOf(home), { recursive: true })
    overwrite(page(Math.floor(last() / 4096 / 2)), 4 * 4096, () => 0)
    writeFileSync(join(home, 'desk.lock'), '{"pid":1,"started":"another boot/1"}')
    const desk = open(home)
    const text = desk.stores.outbox.setting(SALVAGE_SETTING) ?? '{}'
    const report = SalvageReport.parse(JSON.parse(text))
    const lost = report.missing.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    expect(lost).toBeGreaterThan(0)
    expect(report.operations).toEqual({ file: LENT - lost, backup: 0, journal: 0 })
    for (const { epoch, from, to } of report.missing) {
      expect(epoch).toBe(1)
      for (let seq = from; seq <= to; seq += 1) expect(desk.stores.outbox.bySeq(seq)).toBeNull()
    }
    expect(lend(desk, LENT).outcome).toBe('done')
    await desk.close()
  })

  test('the journal alone', async () => {
    noBackup()
    rmSync(db())
    const report = await assertNothingLost()
    expect(report).toMatchObject({ reason: 'missing', operations: { file: 0, backup: 0 } })
    expect(report?.operations.journal).toBe(LENT)
  })

  test('backup and journal: settled work comes from either', async () => {
    rmSync(db())
    const report = await assertNothingLost()
    expect(report?.operations).toEqual({ file: 0, backup: 25, journal: LENT - 25 })
  })

  test('the backup alone has the day until it was made', async () => {
    noJournal()
    rmSync(db())
    rmSync(`${db()}-wal`)
    const desk = open(home)
    expect(desk.stores.outbox.lastSeq()).toBe(25)
    await desk.close()
  })

  test('a damaged line of the journal is missing only where the file has it not either', async () => {
    noBackup()
    const [name = ''] = readdirSync(journalOf(home))
    const lines = readFileSync(join(journalOf(home), name), 'latin1').split('\n')
    // The first two lines say who the desk is; the 31st is operation 29.
    lines[30] = lines[30]?.replace(/ [^ ]{50}/g, (text) => ` ${'!'.repeat(text.length)}`) ?? ''
    writeFileSync(join(journalOf(home), name), lines.join('\n'), 'latin1')
    rmSync(db())
    rmSync(`${db()}-wal`)
    const desk = open(home)
    const report = SalvageReport.parse(
      JSON.parse(desk.stores.outbox.setting(SALVAGE_SETTING) ?? '{}'),
    )
    expect(report.journal.damagedLines).toBe(1)
    expect(report.missing).toEqual([{ epoch: 1, from: 29, to: 29 }])
    await desk.close()
  })

  test('an old copy is filled even where the journal begins after it', async () => {
    await checkpointed()
    const [name = ''] = readdirSync(journalOf(home)).filter((one) => one.endsWith('.journal'))
    const [first, , ...operations] = readFileSync(join(journalOf(home), name), 'latin1').split('\n')
    // The copy has 25 operations, the journal begins with the 31st.
    const late = [first, ...operations.slice(30)].join('\n')
    writeFileSync(join(journalOf(home), name), late, 'latin1')
    cpSync(join(journalOf(home), backupName()), db())
    noBackup()
    const desk = open(home)
    const report = SalvageReport.parse(
      JSON.parse(desk.stores.outbox.setting(SALVAGE_SETTING) ?? '{}'),
    )
    expect(report.missing).toEqual([{ epoch: 1, from: 26, to: 30 }])
    expect(desk.stores.outbox.lastSeq()).toBe(LENT)
    await desk.close()
  })

  test('the audit trail is kept as far as it goes, and a line says how far', async () => {
    await checkpointed()
    noBackup()
    rmSync(db())
    const desk = open(home)
    const actions = desk.stores.outbox.auditTail(10).map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['audit-salvaged', 'outbox-salvaged']))
    expect(desk.stores.outbox.auditFirstBroken()).toBeNull()
    await desk.close()
  })

  test('the damaged file is put aside with its log, not deleted', async () => {
    await checkpointed()
    overwrite(0, 4096, () => 0)
    const report = await assertNothingLost()
    const aside = join(home, 'quarantine', report?.quarantine ?? '?')
    expect(readdirSync(aside)).toContain('outbox.db')
  })
})

describe('what is not salvaged', () => {
  test('a wrong key touches nothing: the right one finds all as it was', async () => {
    const before = readFileSync(db())
    expect(() => open(home, randomBytes(32))).toThrow('wrong-key')
    expect(readFileSync(db()).equals(before)).toBe(true)
    expect(existsSync(join(home, 'quarantine'))).toBe(false)
    await assertNothingLost()
  })

  test('a file of which nobody knows anything stays where it is', () => {
    rmSync(journalOf(home), { recursive: true })
    overwrite(0, last(), () => 0x11)
    rmSync(`${db()}-wal`)
    expect(() => open(home)).toThrow('wrong-key')
    expect(existsSync(db())).toBe(true)
  })

  test('a desk without a past is a new desk', async () => {
    rmSync(home, { recursive: true })
    const desk = open(home)
    expect(desk.stores.outbox.lastSeq()).toBe(0)
    expect(desk.stores.outbox.setting(SALVAGE_SETTING)).toBeNull()
    await desk.close()
  })
})

describe('a power cut during the rebuild', () => {
  test('before the old file was moved: it begins again', async () => {
    overwrite(0, 4096, () => 0)
    rmSync(`${db()}-wal`)
    writeFileSync(join(home, 'outbox.rebuilt.db'), randomBytes(9_000))
    expect(await assertNothingLost()).toMatchObject({ missing: [] })
  })

  test('between the two: the new file takes its place', async () => {
    await assertNothingLost()
    cpSync(db(), join(home, 'outbox.ready.db'))
    rmSync(db())
    const desk = open(home)
    expect(desk.stores.outbox.lastSeq()).toBe(LENT + 1)
    await desk.close()
  })
})
