/**
 * What a city of 20 million readers asks of the servers: tables for docs/scale-out.md.
 *
 *   node test/bench/scale-out.ts [--parameters FILE] [--seed 1]
 *
 * Loads are arithmetic on the parameters; the storms are simulated event by event: desks that all
 * come back at once, the turnstile of each server, what it refuses, and the desks' own back-off. The
 * service rates in scale-out.json are measured by `npm run bench -- sync`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seededRandom } from '../../cli/sample-city/random.ts'
import { timing } from './measure.ts'
import { simulateStorm } from './scale-out-storm.ts'
import type { StormRates, StormSummary } from './scale-out-storm.ts'

export interface ScaleParameters {
  readonly city: {
    readonly readers: number
    readonly loansAndReturnsPerReaderYear: number
    /** Renewals, payments, registrations, points: as a part of loans and returns. */
    readonly otherOperationsShare: number
    readonly servicePoints: number
    readonly desks: number
    readonly kiosks: number
    readonly paperItems: number
    readonly busiestDayFactor: number
    /** 24 numbers whose sum is 1. */
    readonly shareOfHour: readonly number[]
  }
  /** Of one desk: what a busy desk does in eight hours. */
  readonly offlineOperationsOfADay: number
  readonly server: {
    readonly nodes: number
    readonly nodeCpuUsPerOperation: number
    readonly databaseCpuUsPerOperation: number
    readonly databaseCores: number
    /** Part of the database's cores that pushes may fill. */
    readonly databaseUse: number
    readonly pushesRunning: number
    readonly pushesWaiting: number
    readonly batch: number
    readonly liveDesksPerNode: number
  }
  readonly bytes: {
    readonly ledgerPerOperation: number
    readonly feedPerOperation: number
    readonly briefPerItem: number
    /** Were the digest to tell only what changed. */
    readonly briefPatchPerItem: number
    readonly packedTo: number
    readonly itemOnDesk: number
  }
  readonly feedDays: number
}

export interface CityLoad {
  readonly operationsPerYear: number
  readonly busiestDay: number
  readonly busiestHourPerSecond: number
  readonly peakPerSecond: number
  readonly itemsToldPerDay: number
}

/** The busiest second of the busiest hour, by drawing each of its seconds. */
export function cityLoad({ city }: ScaleParameters, random: () => number): CityLoad {
  const moves = city.readers * city.loansAndReturnsPerReaderYear
  const operationsPerYear = moves * (1 + city.otherOperationsShare)
  const busiestDay = (operationsPerYear / 365) * city.busiestDayFactor
  const busiestHourPerSecond = (busiestDay * Math.max(...city.shareOfHour)) / 3_600
  let peakPerSecond = 0
  for (let second = 0; second < 3_600; second += 1) {
    peakPerSecond = Math.max(peakPerSecond, poisson(busiestHourPerSecond, random))
  }
  const itemsToldPerDay = (moves / 365) * city.busiestDayFactor
  return { operationsPerYear, busiestDay, busiestHourPerSecond, peakPerSecond, itemsToldPerDay }
}

/** Near enough a normal draw for the rates that a city has. */
function poisson(mean: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
}

export const ratesOf = ({ server }: ScaleParameters, nodes = server.nodes): StormRates => ({
  nodes,
  nodePerSecond: 1e6 / server.nodeCpuUsPerOperation,
  databasePerSecond:
    (1e6 / server.databaseCpuUsPerOperation) * server.databaseCores * server.databaseUse,
  running: server.pushesRunning,
  waiting: server.pushesWaiting,
  batch: server.batch,
})

const count = (amount: number): string => Math.round(amount).toLocaleString('en')
const gigabytes = (bytes: number): string =>
  bytes >= 1e12
    ? `${(bytes / 1e12).toFixed(1)} TB`
    : bytes >= 1e9
      ? `${(bytes / 1e9).toFixed(1)} GB`
      : `${(bytes / 1e6).toFixed(0)} MB`
const perSecond = (bytes: number): string =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB/s` : `${(bytes / 1e3).toFixed(1)} KB/s`

export function loadTable(parameters: ScaleParameters, load: CityLoad): string {
  const { city, bytes, feedDays, server } = parameters
  const rates = ratesOf(parameters)
  const capacity = Math.min(rates.nodePerSecond * rates.nodes, rates.databasePerSecond)
  const screens = city.desks + city.kiosks
  const rows: [string, string][] = [
    [
      'service points, desks, kiosks',
      `${count(city.servicePoints)}, ${count(city.desks)}, ${count(city.kiosks)}`,
    ],
    ['operations a year', `${count(load.operationsPerYear / 1e6)} M`],
    ['operations on the busiest day', count(load.busiestDay)],
    [
      'operations/s in its busiest hour; in its busiest second',
      `${load.busiestHourPerSecond.toFixed(0)}; ${load.peakPerSecond}`,
    ],
    [
      `capacity, ${rates.nodes} servers and one PostgreSQL of ${server.databaseCores} cores`,
      `${count(capacity)} operations/s, ${(capacity / load.peakPerSecond).toFixed(0)} × the busiest second`,
    ],
    [
      'ledger a year (operations, for ever)',
      gigabytes(load.operationsPerYear * bytes.ledgerPerOperation),
    ],
    ['ledger on the busiest day', gigabytes(load.busiestDay * bytes.ledgerPerOperation)],
    [
      `feeds, kept ${feedDays} days`,
      gigabytes((load.operationsPerYear / 365) * feedDays * bytes.feedPerOperation),
    ],
    [
      'live lines; servers for them',
      `${count(screens)}; ${Math.ceil(screens / server.liveDesksPerNode)}`,
    ],
  ]
  return table(['a city of 20 million readers', ''], rows)
}

/** What the city's brief facts cost, as they are told and as they could be. */
export function digestTable({ city, bytes }: ScaleParameters, load: CityLoad): string {
  const screens = city.desks + city.kiosks
  const peak = (load.itemsToldPerDay * Math.max(...city.shareOfHour)) / 3_600
  const row = (name: string, each: number, share: number): string[] => [
    name,
    gigabytes(load.itemsToldPerDay * each * share),
    perSecond(peak * each * share),
    perSecond(peak * each * share * screens),
    gigabytes(load.itemsToldPerDay * each * share * screens),
  ]
  const { briefPerItem, briefPatchPerItem, packedTo } = bytes
  const rows = [
    row('whole rows, as today', briefPerItem, 1),
    row('whole rows, packed once for all', briefPerItem * packedTo, 1),
    row('what changed only, packed once', briefPatchPerItem * packedTo, 1),
    row('… of the own district and its neighbours (a fifth)', briefPatchPerItem * packedTo, 0.2),
  ]
  return table(
    [
      'brief facts told',
      'a desk, busiest day',
      'a desk, busiest hour',
      'all desks, busiest hour',
      'all desks, busiest day',
    ],
    rows,
  )
}

export function storageOnDeskTable({ city, bytes }: ScaleParameters): string {
  const sizes: [string, number][] = [
    ['1 million items (today’s goal)', 1e6],
    ['a fifth of the city', city.paperItems / 5],
    ['all items of the city', city.paperItems],
  ]
  const rows = sizes.map(([name, items]) => [
    name,
    count(items),
    gigabytes(items * bytes.itemOnDesk),
    `${count((items * bytes.itemOnDesk * bytes.packedTo * 8) / 50e6 / 60)} min`,
  ])
  return table(
    ['brief facts held by a desk', 'items', 'on the disk', 'first download at 50 Mbit/s'],
    rows,
  )
}

interface StormCase {
  readonly name: string
  readonly desks: number
  readonly operations: number
  readonly nodes: number
}

export function stormTable(parameters: ScaleParameters, load: CityLoad, seed: number): string {
  const { city, offlineOperationsOfADay: day, server } = parameters
  const all = city.desks + city.kiosks
  const usual = Math.round(load.busiestDay / all)
  const cases: StormCase[] = [
    {
      name: 'a district, 8 h, busy desks',
      desks: Math.round(all / 10),
      operations: day,
      nodes: server.nodes,
    },
    { name: 'the city, 8 h, an average desk', desks: all, operations: usual, nodes: server.nodes },
    { name: 'the city, 8 h, busy desks', desks: all, operations: day, nodes: server.nodes },
    {
      name: 'the city, 3 days, an average desk',
      desks: all,
      operations: usual * 3,
      nodes: server.nodes,
    },
    { name: 'the city, 3 days, busy desks', desks: all, operations: day * 3, nodes: server.nodes },
    { name: '… with twice the servers', desks: all, operations: day * 3, nodes: server.nodes * 2 },
  ]
  const rows = cases.map(({ name, desks, operations, nodes }) => {
    const seeded = seededRandom(seed)
    const random = (): number => seeded.next()
    const result = simulateStorm({ desks, operations }, ratesOf(parameters, nodes), random)
    return stormRow(name, desks, operations, result)
  })
  return table(
    [
      'all come back at once',
      'desks',
      'operations each',
      'all in after',
      'operations/s',
      'half the desks done after',
      'told to come again, a desk',
      'p99 of an answered push',
    ],
    rows,
  )
}

function stormRow(name: string, desks: number, operations: number, result: StormSummary): string[] {
  const total = desks * operations
  const seconds = (ms: number): string =>
    ms < 120_000 ? `${(ms / 1000).toFixed(0)} s` : `${(ms / 60_000).toFixed(0)} min`
  return [
    name,
    count(desks),
    count(operations),
    seconds(result.lastMs),
    count((total / result.lastMs) * 1000),
    seconds(timing('', result.doneMs).p50),
    (result.busy / desks).toFixed(1),
    seconds(timing('', result.answerMs).p99),
  ]
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(head.length - 1)}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n')

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      parameters: { type: 'string', default: join(import.meta.dirname, 'scale-out.json') },
      seed: { type: 'string', default: '1' },
    },
  })
  const parameters = JSON.parse(readFileSync(values.parameters, 'utf8')) as ScaleParameters
  const seed = Number(values.seed)
  const seeded = seededRandom(seed)
  const random = (): number => seeded.next()
  const load = cityLoad(parameters, random)
  process.stdout.write(
    `${[
      loadTable(parameters, load),
      digestTable(parameters, load),
      storageOnDeskTable(parameters),
      stormTable(parameters, load, seed),
    ].join('\n\n')}\n`,
  )
}
