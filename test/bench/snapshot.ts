/** What a new desk does with the city's ready files, from the downloaded bytes to the first search. */
import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { generateTitles } from '../../cli/sample-city/generated-city.ts'
import { RANGE_BYTES } from '../../contract/sync-protocol.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import { openReplica } from '../../db/replica/replica.ts'
import { assertBriefFile, writeBriefFile } from '../../db/snapshot/brief-file.ts'
import { adoptCatalogue } from '../../db/snapshot/adopt-catalogue.ts'
import { writeCatalogueFile } from '../../db/snapshot/catalogue-file.ts'
import { packFile, unpackFile } from '../../db/snapshot/packed-file.ts'
import type { Item } from '../../domain/records.ts'
import { briefItem } from '../../domain/scopes.ts'
import { anItem } from '../builders/city.ts'

export interface SnapshotSizes {
  readonly items: number
  readonly titles: number
}

interface StepCost {
  readonly scope: string
  readonly step: string
  readonly rows: number
  readonly ms: number
  /** All threads of this program: less noisy than the time where others share the machine. */
  readonly cpuMs: number
  /** For how long at once nobody at the desk is served; null where another thread does it. */
  readonly stallMs: number | null
}

const OWN_BRANCH = 'branch-7'
const BRANCHES = 300
const IMPORT_ITEMS = 100

/** As an import numbers them: items, their titles and their labels rise together. */
const inOrderOfImport = (index: number): Item => {
  const operation = `desk-1.1.${String(Math.floor(index / IMPORT_ITEMS)).padStart(6, '0')}`
  const place = String(index % IMPORT_ITEMS).padStart(2, '0')
  return itemOf(index, `${operation}.i${place}`, `${operation}.t${place}`, index)
}

/** Labels and titles in no relation to the ids: what is worst for the indexes. */
const scattered = (index: number): Item => {
  const id = createHash('md5').update(`item ${index}`).digest('hex')
  return itemOf(index, id, `title-${(index * 31) % 500_000}`, (index * 7_919) % 100_000_000)
}

function itemOf(index: number, id: string, titleId: string, label: number): Item {
  const branch = `branch-${index % BRANCHES}`
  const barcode = `044005${String(label).padStart(8, '0')}`
  const item = anItem({ id, barcode, titleId, homeBranchId: branch, atBranchId: branch })
  return briefItem(item)
}

async function timed(
  parts: { scope: string; step: string; rows: number; isThreaded?: boolean },
  work: () => unknown,
): Promise<StepCost> {
  const { isThreaded = false, ...named } = parts
  const cpu = process.cpuUsage()
  const began = performance.now()
  await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpu)
  return { ...named, ms, cpuMs: (user + system) / 1_000, stallMs: isThreaded ? null : ms }
}

async function benchBrief(folder: string, order: string, rows: readonly Item[]) {
  const at = (name: string): string => join(folder, name)
  const scope = `brief, ${order}`
  const rowsCount = rows.length
  const named = (step: string, isThreaded = false) => ({ scope, step, rows: rowsCount, isThreaded })
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  writeBriefFile(
    at('brief.db'),
    sorted.map((row) => ['item', row] as const),
  )
  const packed = await packFile(at('brief.db'), at('brief.zst'), RANGE_BYTES)
  const costs = [
    await timed(named('unpack', true), () => unpackFile(at('brief.zst'), at('raw.db'), packed)),
    await timed(named('look through'), () => assertBriefFile(at('raw.db'))),
  ]
  const catalogue = openCatalogue(':memory:', null)
  const replica = openReplica(at('replica.db'), randomBytes(32), {
    catalogue,
    logged: () => null,
    ownBranchId: () => OWN_BRANCH,
  })
  let turnAt = performance.now()
  let stallMs = 0
  const turn = (): void => {
    stallMs = Math.max(stallMs, performance.now() - turnAt)
    turnAt = performance.now()
  }
  const imported = await timed(named('into the encrypted replica'), async () => {
    turnAt = performance.now()
    await replica.importBrief(
      { path: at('raw.db'), cursor: 1 },
      () => [],
      async () => {
        turn()
        await nextTurn()
        turnAt = performance.now()
      },
    )
    turn()
  })
  replica.close()
  catalogue.close()
  for (const name of ['replica.db', 'raw.db']) rmSync(at(name))
  return { costs: [...costs, { ...imported, stallMs }], bytes: packed.bytes }
}

async function benchCatalogue(folder: string, titles: number) {
  const at = (name: string): string => join(folder, name)
  const named = (step: string, isThreaded = false) => ({
    scope: 'catalogue',
    step,
    rows: titles,
    isThreaded,
  })
  writeCatalogueFile(at('catalogue.db'), 1, generateTitles({ count: titles, seed: 1 }), [])
  const packed = await packFile(at('catalogue.db'), at('catalogue.zst'), RANGE_BYTES)
  const key = randomBytes(32)
  const costs = [
    await timed(named('unpack', true), () => unpackFile(at('catalogue.zst'), at('raw.db'), packed)),
    await timed(named('adopt: look through, encrypt', true), () =>
      adoptCatalogue(at('raw.db'), key),
    ),
  ]
  copyFileSync(at('catalogue.db'), at('plain.db'))
  costs.push(
    await timed(named('… the looking alone', true), () => adoptCatalogue(at('plain.db'), null)),
    await timed(named('open'), () => openCatalogue(at('raw.db'), key).close()),
  )
  return { costs, bytes: packed.bytes, rawBytes: statSync(at('catalogue.db')).size }
}

export async function benchSnapshot({ items, titles }: SnapshotSizes): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-bench-snapshot-'))
  const rowsOf = (row: (index: number) => Item): Item[] =>
    Array.from({ length: items }, (_, index) => row(index))
  try {
    const ordered = await benchBrief(folder, 'as imported', rowsOf(inOrderOfImport))
    const mixed = await benchBrief(folder, 'in no order', rowsOf(scattered))
    const catalogue = await benchCatalogue(folder, titles)
    const packed = [ordered, mixed, catalogue].map(({ bytes }) => megabytes(bytes)).join(', ')
    return [
      snapshotTable([...ordered.costs, ...mixed.costs, ...catalogue.costs]),
      '',
      `Packed: ${packed} MB. Goal: 400,000 rows/s; 3.6 M titles restored in 5 s.`,
    ].join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

function snapshotTable(costs: readonly StepCost[]): string {
  const whole = (value: number): string => Math.round(value).toString()
  return [
    '| snapshot | step | rows | ms | CPU ms | rows/s | rows per CPU s | longest stall, ms |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...costs.map(({ scope, step, rows, ms, cpuMs, stallMs }) => {
      const speeds = `${whole((rows / ms) * 1_000)} | ${whole((rows / cpuMs) * 1_000)}`
      const stall = stallMs === null ? '' : whole(stallMs)
      return `| ${scope} | ${step} | ${rows} | ${whole(ms)} | ${whole(cpuMs)} | ${speeds} | ${stall} |`
    }),
  ].join('\n')
}
